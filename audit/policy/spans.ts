/**
 * Where the items of a block sequence stand in a text, as whole lines.
 *
 * A span starts after the span before it, so that the blank lines and comments above an item go with the item; comments
 * below it that are indented deeper than its dash are its own too. The spans of a sequence touch each other. What stands above
 * the first item and a blank line is about the whole sequence, and in no span.
 */
import { isAlias, isCollection, isMap, isNode, isScalar, isSeq, type YAMLSeq } from 'yaml';

import { lineAfter } from './textLines';

export interface Span {
  readonly start: number;
  /** Where the line with the item's dash starts. */
  readonly dashLine: number;
  /** Where the next line after the item starts, or the text's end. */
  readonly end: number;
}

export interface BlockItems {
  /** Columns before the dash. */
  readonly indent: number;
  readonly spans: readonly Span[];
}

/**
 * The spans of a sequence, or undefined when its items can't be moved as lines: flow style, or two items on one line.
 * `above` is where the line starts that holds the sequence's key.
 */
export function blockItemsOf(text: string, seq: YAMLSeq, above: number): BlockItems | undefined {
  const token = seq.srcToken;

  if (token?.type !== 'block-seq') {
    return undefined;
  }
  const dashes = token.items.map((item) => item.start.find((part) => part.type === 'seq-item-ind')?.offset).filter((offset) => offset !== undefined);
  const dashLines = dashes.map((offset) => lineStartOf(text, offset));
  const ownLines = dashes.every((offset, index) => !text.slice(dashLines[index], offset).trim()) && dashLines[0] !== lineStartOf(text, above);

  if (!ownLines || dashes.length !== seq.items.length) {
    return undefined;
  }

  return blockItemsBetween(text, token.indent, lineAfter(text, above), dashLines.map((dashLine, index) => ({ dashLine, contentEnd: lineAfter(text, Math.max(endOf(text, seq.items[index]), dashes[index] ?? 0)) })));
}

/** The spans of items from where the first one may start; `contentEnd` is where the line after an item's content starts. */
export function blockItemsBetween(text: string, indent: number, first: number, items: readonly { readonly dashLine: number; readonly contentEnd: number }[]): BlockItems {
  const spans: Span[] = [];
  let start = items[0] ? belowBlankLines(text, first, items[0].dashLine) : first;

  for (const { dashLine, contentEnd } of items) {
    const end = endWithComments(text, contentEnd, indent);

    spans.push({ start, dashLine, end });
    start = end;
  }

  return { indent, spans };
}

/** Where the line after the last blank one starts between two lines; the first of them where there is none. */
function belowBlankLines(text: string, from: number, to: number): number {
  let start = from;

  for (let line = from; line < to; line = lineAfter(text, line)) {
    start = text.slice(line, lineAfter(text, line)).trim() ? start : lineAfter(text, line);
  }

  return start;
}

/** Where the last character of a node is, without comments and line ends after it. */
export function endOf(text: string, node: unknown): number {
  if (isMap(node) && !node.flow) {
    const last = node.items.at(-1);

    return Math.max(endOf(text, last?.key), endOf(text, last?.value));
  }
  if (isSeq(node) && !node.flow) {
    return endOf(text, node.items.at(-1));
  }
  const end = isNode(node) && (isScalar(node) || isAlias(node) || isCollection(node)) ? node.range?.[1] ?? 0 : 0;

  return end - (/\r?\n$/.exec(text.slice(Math.max(0, end - 2), end))?.[0].length ?? 0); // a block scalar ends with its last line's end
}

/** Offset of the first character of the line that holds an offset. */
export function lineStartOf(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

/** Where the comments end that stand below a line, further right than a column. */
export function endWithComments(text: string, start: number, indent: number): number {
  let end = start;

  for (let line = start; line < text.length; line = lineAfter(text, line)) {
    const content = text.slice(line, lineAfter(text, line));
    const column = content.search(/\S/);

    if (column >= 0 && !(content[column] === '#' && column > indent)) {
      break;
    }
    if (column >= 0) {
      end = lineAfter(text, line);
    }
  }

  return end;
}
