/**
 * Where a text holds what someone looks for, in whatever case.
 */

/** A stretch of a text. Offsets are UTF-16 units. */
export interface TextSpan {
  readonly from: number;
  readonly to: number;
}

/** More than anyone steps through. */
export const MOST_MATCHES = 10_000;

/** Finds the words as they are; undefined where there are none. */
export function patternOf(words: string): RegExp | undefined {
  return words ? new RegExp(words.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&'), 'giu') : undefined;
}

/** The matches in their order, the first `MOST_MATCHES` of them. */
export function matchesIn(text: string, pattern: RegExp): TextSpan[] {
  const matches: TextSpan[] = [];

  for (const { index, 0: { length } } of text.matchAll(pattern)) {
    matches.push({ from: index, to: index + length });
    if (matches.length === MOST_MATCHES) {
      break;
    }
  }

  return matches;
}
