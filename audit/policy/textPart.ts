/**
 * A part of a policy's text that can be edited as a small text of its own, so that an edit costs what it touches.
 */
import { KEY_OF_RULES, ruleReadingsOf, type RuleReadings } from './ruleReadings';
import { blockItemsBetween, type BlockItems } from './spans';
import { lineEndOf, lineAfter } from './textLines';

export interface TextPart {
  readonly text: string;
  /** The whole text with the part edited; undefined where the edited part doesn't fit. */
  readonly joined: (edited: string) => string | undefined;
}

/** One rule, as the only one of a text; undefined where the text has to be edited as a whole. */
export function partOfRule(text: string, index: number): TextPart | undefined {
  const lines = ruleReadingsOf(text)?.lines;
  const start = lines?.starts[index];

  if (!lines || start === undefined) {
    return undefined;
  }
  const end = lines.starts[index + 1] ?? lines.end;
  const key = KEY_OF_RULES + lineEndOf(text);

  return {
    text:   key + text.slice(start, end),
    joined: (edited) => edited.startsWith(key) ? text.slice(0, start) + edited.slice(key.length) + text.slice(end) : undefined
  };
}

/** All but the rules before the last one; undefined where the text has to be edited as a whole. */
export function partWithoutRules(text: string): TextPart | undefined {
  const lines = ruleReadingsOf(text)?.lines;
  const last = lines?.starts.at(-1);

  if (!lines || last === undefined) {
    return undefined;
  }
  const above = text.slice(0, lines.above);
  const rules = text.slice(lines.above, last);
  const below = text.slice(last);

  return {
    text:   above + below,
    joined: (edited) => edited.startsWith(above) ? above + rules + edited.slice(above.length) : edited.endsWith(below) ? edited.slice(0, edited.length - below.length) + rules + below : undefined
  };
}

/** Where the rules stand as whole lines; undefined where the text has to be parsed for that. */
export function itemsOfRules(text: string): BlockItems | undefined {
  const readings = ruleReadingsOf(text);

  return readings && blockItemsBetween(text, readings.lines.indent, readings.lines.above, contentEnds(text, readings));
}

function contentEnds(text: string, { lines, rules }: RuleReadings): { readonly dashLine: number; readonly contentEnd: number }[] {
  return rules.map(({ end }, index) => {
    const dashLine = lines.starts[index] ?? 0;

    return { dashLine, contentEnd: lineAfter(text, dashLine + Math.max(end, lines.indent)) };
  });
}
