/**
 * Rules and the lines of the text that they stand on.
 */
import type { PolicyDocument } from './document';

/** The first and the last line of a rule, counted from 1; undefined where the text has none of that index. */
export function linesOfRule(document: PolicyDocument, index: number): { readonly from: number; readonly to: number } | undefined {
  const range = document.policy?.rules[index] && document.rangeOf(['rules', index]);

  // A range that ends at the beginning of a line has nothing on it.
  return range && { from: range.start.line, to: Math.max(range.start.line, range.end.column === 1 ? range.end.line - 1 : range.end.line) };
}

/** The rule that stands on a line; undefined for a line of none. */
export function ruleAtLine(document: PolicyDocument, line: number): number | undefined {
  let [low, high] = [0, (document.policy?.rules.length ?? 0) - 1];

  while (low <= high) {
    const middle = (low + high) >> 1;
    const lines = linesOfRule(document, middle);

    if (!lines || lines.from > line) {
      high = middle - 1;
    } else if (lines.to < line) {
      low = middle + 1;
    } else {
      return middle;
    }
  }

  return undefined;
}
