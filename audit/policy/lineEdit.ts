/**
 * Edits of block YAML as lines: what is not touched keeps its bytes, comments included.
 *
 * They are right for the styles that people write; the caller checks what the text then means (edit.ts).
 */
import { isMap, isScalar, isSeq, type Pair, type YAMLMap } from 'yaml';

import { lastField, type Path } from './finding';
import { blockText, flowText } from './render';
import { isSameValue } from './sameValue';
import { blockItemsOf, endOf, endWithComments, lineStartOf, type BlockItems } from './spans';
import { lineAfter, lineEndOf } from './textLines';
import { parseForEdit } from './yaml';

export type Fields = Record<string, unknown>;
/** An item of an edited list: an old one by its index, or a new value. */
export type Item = { readonly old: number } | { readonly value: unknown };

/** A wanted list in terms of the old one: what is the same stays the old item, so that it keeps its lines. */
export function itemsOf(old: readonly unknown[], wanted: readonly unknown[]): Item[] {
  const free = new Set(old.keys());

  return wanted.map((value): Item => {
    const same = [...free].find((index) => isSameValue(old[index], value));

    free.delete(same ?? -1);

    return same === undefined ? { value } : { old: same };
  });
}

/** Sets or takes out one field of the map at a path, as lines. */
export function setField(text: string, path: Path, field: string, value: unknown): string {
  const { map, pair } = lookUp(text, path, field);

  if (!map) {
    return text;
  }
  if (map.flow) {
    return hasComments(text, map) ? text : setFlowField(text, map, field, value);
  }
  if (value === undefined) {
    return pair ? setField(removePair(text, map, pair), path, field, value) : text; // a key may stand twice
  }
  if (!pair) {
    return insertPair(text, map, field, value);
  }
  if (isSeq(pair.value) && !pair.value.flow && Array.isArray(value)) {
    return setList(text, path, field, itemsOf(asList(pair.value.toJSON()), value));
  }

  return replacePair(text, pair, field, value);
}

/** Makes a field of the map at a path another one, there or in another map, with its lines and the comments above and below them. */
export function movePair(text: string, path: Path, field: string, to: Path): string {
  const { map, pair } = lookUp(text, path, field);
  const name = lastField(to);
  const home = isSameValue(to.slice(0, -1), path) ? map : lookUp(text, to.slice(0, -1), name).map;

  if (!map || !pair || !home) {
    return text;
  }

  return home === map ? text.slice(0, startOf(pair)) + name + text.slice(endOf(text, pair.key)) : moveLines(text, map, pair, home, name);
}

/** The text as it was for maps in brackets. */
function moveLines(text: string, map: YAMLMap, pair: Pair, home: YAMLMap, name: string): string {
  if (map.flow || home.flow) {
    return text;
  }
  const [start, keyEnd] = [startOf(pair), endOf(text, pair.key)];
  const lineStart = lineStartOf(text, start);
  const column = start - lineStart;
  const isAfterDash = text.slice(lineStart, start).trim() !== '';
  const from = isAfterDash ? start : commentsAbove(text, lineStart, column);
  const end = endWithComments(text, lineAfter(text, Math.max(endOf(text, pair.value), keyEnd)), column);
  const at = endWithComments(text, lineAfter(text, endOf(text, home)), columnOf(text, home));
  const lineEnd = lineEndOf(text);
  const block = withEnd(reindented(`${ isAfterDash ? ' '.repeat(column) : '' }${ text.slice(from, start) }${ name }${ text.slice(keyEnd, end) }`, columnOf(text, home) - column), lineEnd);
  const left = (below: string): string => !isAfterDash ? below : map.items.length > 1 ? below.trimStart() : `{}${ lineEnd }${ below }`;
  const moved = at <= from ? text.slice(0, at) + block + text.slice(at, from) + left(text.slice(end)) : text.slice(0, from) + withEnd(left(text.slice(end, Math.max(at, end))), lineEnd) + block + text.slice(Math.max(at, end));

  return text.endsWith('\n') || !moved.endsWith(lineEnd) ? moved : moved.slice(0, -lineEnd.length);
}

/** Lines of which the last one is ended. */
function withEnd(lines: string, lineEnd: string): string {
  return lines === '' || lines.endsWith('\n') ? lines : lines + lineEnd;
}

/** Where the comments start that stand directly above a line, in its column. */
function commentsAbove(text: string, lineStart: number, column: number): number {
  let first = lineStart;

  for (let above = lineStartOf(text, lineStart - 1); first > 0 && text.startsWith(`${ ' '.repeat(column) }#`, above); above = lineStartOf(text, above - 1)) {
    first = above;
  }

  return first;
}

/** Lines some columns further right, or left where there is space. */
function reindented(lines: string, columns: number): string {
  return columns > 0 ? lines.replaceAll(/^(?=[^\r\n])/gm, ' '.repeat(columns)) : lines.replaceAll(new RegExp(`^ {0,${ -columns }}`, 'gm'), '');
}

/** Puts the items of a block list in a new order, with new ones rendered, and leaves their lines as they are. */
export function setList(text: string, path: Path, field: string, items: readonly Item[]): string {
  const { map, pair } = lookUp(text, path, field);

  if (!map || map.flow) {
    return text;
  }
  const block = pair && isSeq(pair.value) ? blockItemsOf(text, pair.value, startOf(pair)) : undefined;

  if (!pair) {
    return insertPair(text, map, field, items.map((item) => 'value' in item ? item.value : undefined));
  }
  if (!block) {
    return isScalar(pair.value) && pair.value.source === '' ? insertItems(text, pair, items) : items.every((item) => 'value' in item) ? replacePair(text, pair, field, items.map((item) => item.value)) : text;
  }

  return items.length ? withItems(text, block, items) : emptied(text, pair, block);
}

/** The items of a key that has no value yet, below it and the comments there. */
function insertItems(text: string, pair: Pair, items: readonly Item[]): string {
  const lineEnd = lineEndOf(text);
  const indent = startOf(pair) - lineStartOf(text, startOf(pair));
  let at = lineAfter(text, startOf(pair));

  while (/^ *#/.test(text.slice(at, lineAfter(text, at)))) {
    at = lineAfter(text, at);
  }
  const before = text.slice(0, at);
  const [, ...lines] = blockText({ '': items.map((item) => 'value' in item ? item.value : null) }, indent).split('\n');

  return `${ before }${ before.endsWith('\n') ? '' : lineEnd }${ lines.join(lineEnd) }${ before.endsWith('\n') ? lineEnd : '' }${ text.slice(at) }`;
}

/** Without items a key would have no value at all. */
function emptied(text: string, pair: Pair, { spans }: BlockItems): string {
  const colon = text.indexOf(':', endOf(text, pair.key)) + 1;

  return `${ text.slice(0, colon) } []${ text.slice(colon, spans[0]?.start) }${ text.slice(spans.at(-1)?.end) }`;
}

/** The text with the items of a block list in a new order. */
export function withItems(text: string, { indent, spans }: BlockItems, items: readonly Item[]): string {
  const first = spans[0]?.start ?? 0;
  const last = spans.at(-1)?.end ?? 0;
  const lineEnd = lineEndOf(text);
  const lines = items.map((item) => {
    const span = 'old' in item ? spans[item.old] : undefined;
    const part = span ? text.slice(span.start, span.end) : `${ ' '.repeat(indent) }- ${ blockText('value' in item ? item.value : null, indent + 2).replaceAll('\n', lineEnd) }`;

    return part.endsWith('\n') ? part : part + lineEnd;
  }).join('');
  const atEnd = last === text.length && !text.endsWith('\n');

  return text.slice(0, first) + (atEnd ? lines.slice(0, -lineEnd.length) : lines) + text.slice(last);
}

function insertPair(text: string, map: YAMLMap, field: string, value: unknown): string {
  const lineEnd = lineEndOf(text);
  const indent = columnOf(text, map);
  const at = lineAfter(text, endOf(text, map));
  const before = text.slice(0, at);
  const line = `${ ' '.repeat(indent) }${ blockText({ [field]: value }, indent).replaceAll('\n', lineEnd) }`;

  return before.endsWith('\n') ? before + line + lineEnd + text.slice(at) : before + lineEnd + line;
}

function removePair(text: string, map: YAMLMap, pair: Pair): string {
  const start = startOf(pair);
  const next = map.items[map.items.indexOf(pair) + 1];
  const ownLine = !text.slice(lineStartOf(text, start), start).trim();

  if (!ownLine && next) {
    return text.slice(0, start) + text.slice(startOf(next));
  }

  return text.slice(0, lineStartOf(text, start)) + text.slice(lineAfter(text, endOf(text, pair.value ?? pair.key)));
}

function replacePair(text: string, pair: Pair, field: string, value: unknown): string {
  const start = startOf(pair);
  const indent = start - lineStartOf(text, start);
  const end = Math.max(endOf(text, pair.value), endOf(text, pair.key));
  const rendered = blockText({ [field]: value }, indent).replaceAll('\n', lineEndOf(text));
  const colon = text.indexOf(':', endOf(text, pair.key)) + 1;

  return text.slice(0, start) + rendered + text.slice(Math.max(end, colon));
}

/** Whether a map in brackets may have comments inside. */
function hasComments(text: string, { range }: YAMLMap): boolean {
  return /#[^\n]*\n/.test(text.slice(range?.[0], range?.[1]));
}

function setFlowField(text: string, map: YAMLMap, field: string, value: unknown): string {
  const [start = 0, end = 0] = map.range ?? [];
  const { [field]: _, ...others } = map.toJSON() as Fields;

  return text.slice(0, start) + flowText(value === undefined ? others : { ...map.toJSON() as Fields, [field]: value }) + text.slice(end);
}

/** A map in the text and its pair for a field: the last one, where a key stands twice. */
function lookUp(text: string, path: Path, field: string): { map: YAMLMap | undefined; pair: Pair | undefined } {
  const node = parseForEdit(text).getIn(path, true);
  const map = isMap(node) ? node : undefined;

  return { map, pair: map?.items.findLast((pair) => isScalar(pair.key) && pair.key.value === field) };
}

function startOf(pair: Pair): number {
  return isScalar(pair.key) ? pair.key.range?.[0] ?? 0 : 0;
}

function columnOf(text: string, map: YAMLMap): number {
  const [first] = map.items;

  return first ? startOf(first) - lineStartOf(text, startOf(first)) : 0;
}

/** A value as a list: empty where it is none. */
export function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
