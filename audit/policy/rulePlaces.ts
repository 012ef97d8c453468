/**
 * Where the rules of a policy stand in its text, found by the columns of its lines alone.
 *
 * This is for texts in the style that people write: `rules:` in the first column, each rule a block that begins with a dash, and none of
 * what reaches across lines or rules. Whoever uses the lines makes sure that each rule can be read by itself (ruleReadings.ts).
 */
import { lineAfter } from './textLines';

export interface RuleLines {
  /** Columns before each dash. */
  readonly indent: number;
  /** Where the line after `rules:` starts. */
  readonly above: number;
  /** Where the line with each rule's dash starts; at least one. */
  readonly starts: readonly number[];
  /** Where the line after the last rule starts, or the text's end. Comments and blank lines behind a rule are before it. */
  readonly end: number;
}

const KEY = /^rules:[ ]*(?:#.*)?\r?\n/m;
/** The marker of a document, with only comments above it. */
const MARKER = /^(?: *(?:#.*)?\r?\n)*--- *(?:#.*)?\r?\n/;
/** Anchors, tags, merges, tabs and block scalars, but for those in lines of comments; directives, ends of documents and odd white space: where a rule may not be what its lines say. The text may end with a document's end. */
const UNUSUAL = /^(?! *#).*?(?:[\s[{,:-][&!]|<<|\t|[|>][-+\d]* *(?:#.*)?\r?$)|^(?:[&!%]|---|\.\.\.(?!\s*(?![^])))|[\x85\u2028\u2029]|\r(?!\n)/m;

const [SPACE, DASH, HASH, RETURN, NEW_LINE] = [' ', '-', '#', '\r', '\n'].map((character) => character.charCodeAt(0));

/** The lines of the rules; undefined for a text in another style. */
export function ruleLinesOf(text: string): RuleLines | undefined {
  const key = KEY.exec(text);

  return key && !UNUSUAL.test(text.slice(MARKER.exec(text)?.[0].length)) ? linesBelow(text, key.index + key[0].length) : undefined;
}

function linesBelow(text: string, above: number): RuleLines | undefined {
  const starts: number[] = [];
  let indent = -1;
  let line = above;

  for (; line < text.length; line = lineAfter(text, line)) {
    const first = firstCharacter(text, line);
    const column = first - line;
    const isDash = text.charCodeAt(first) === DASH && isWhite(text.charCodeAt(first + 1));

    if (isWhite(text.charCodeAt(first)) || text.charCodeAt(first) === HASH) {
      continue;
    }
    indent = indent < 0 && isDash ? column : indent;
    if (isDash && column === indent) {
      starts.push(line);
    } else if (column <= indent || indent < 0) {
      break;
    }
  }

  return starts.length ? { indent, above, starts, end: line } : undefined;
}

function firstCharacter(text: string, line: number): number {
  let at = line;

  while (text.charCodeAt(at) === SPACE) {
    at++;
  }

  return at;
}

/** Whether a line or a word ends at a character; NaN stands for the text's end. */
function isWhite(code: number): boolean {
  return code === SPACE || code === NEW_LINE || code === RETURN || Number.isNaN(code);
}

/** Where the text of a rule ends without the comments and blank lines after it. */
export function contentEndOf(text: string, start: number, end: number): number {
  let at = end;

  while (at > start) {
    const line = text.lastIndexOf('\n', at - 2) + 1;
    const first = text.charCodeAt(firstCharacter(text, line));

    if (line <= start || !(isWhite(first) || first === HASH)) {
      break;
    }
    at = line;
  }

  return at;
}
