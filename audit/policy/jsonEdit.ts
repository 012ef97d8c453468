/**
 * Edits of JSON text: what is not touched keeps its bytes, numbers too long for JavaScript and fields that stand twice among them.
 *
 * The caller checks what the text then means (edit.ts).
 */
import { moveOf, type FieldEdit, type FieldMove } from './fieldEdit';
import { lastField } from './finding';
import { fieldOf, plainValue, type JsonNode, type Span } from './jsonTree';
import { readJson } from './readJson';
import { lineEndOf } from './textLines';

type Collection = Extract<JsonNode, { kind: 'object' | 'array' }>;

/** The text after an edit; undefined where what it is about is not there. */
export function withJson(text: string, edit: FieldEdit): string | undefined {
  const map = edit.path.reduce<JsonNode | undefined>((node, step) => node?.kind === 'array' ? node.items[Number(step)] : node && fieldOf(node, String(step)), readJson(text));

  if (map?.kind !== 'object') {
    return undefined;
  }
  const { field } = edit;
  const old = fieldOf(map, field);

  if ('to' in edit) {
    return withMove(text, map, edit);
  }

  if ('items' in edit && old?.kind === 'array') {
    return withMembers(text, old, edit.items.map((item) => 'old' in item ? sliceOf(text, old.items[item.old]) : printed(text, old, item.value)));
  }
  const value = 'items' in edit ? edit.items.map((item) => 'value' in item ? item.value : null) : edit.value;

  if (value !== undefined && old) {
    return text.slice(0, old.start) + printed(text, map, value) + text.slice(old.end);
  }
  const kept = map.fields.filter(({ name }) => name !== field).map(({ key, value: { end } }) => text.slice(key.start, end));

  return withMembers(text, map, value === undefined ? kept : [...kept, `${ JSON.stringify(field) }:${ spaceIn(text) }${ printed(text, map, value) }`]);
}

function withMove(text: string, map: JsonNode, edit: FieldMove): string | undefined {
  const pair = map.kind === 'object' ? map.fields.findLast(({ name }) => name === edit.field) : undefined;
  const move = moveOf(edit);
  const without = move && withJson(text, move.from);

  if (!pair) {
    return undefined;
  }

  return move ? without && withJson(without, { path: move.home, field: move.name, value: plainValue(pair.value) }) : text.slice(0, pair.key.start) + JSON.stringify(lastField(edit.to)) + text.slice(pair.key.end);
}

/** A list or an object with other members, laid out as those that it had. */
function withMembers(text: string, collection: Collection, members: readonly string[]): string {
  const [first, second] = membersOf(collection);
  const last = membersOf(collection).at(-1);
  const open = text.slice(collection.start + 1, first?.start ?? collection.start + 1);
  const between = first && second ? text.slice(first.end, second.start) : `,${ open || spaceIn(text) }`;
  const close = last ? text.slice(last.end, collection.end - 1) : '';

  return text.slice(0, collection.start + 1) + (members.length ? open + members.join(between) + close : '') + text.slice(collection.end - 1);
}

/** A new member of a collection: on lines of its own where the others are. */
function printed(text: string, collection: Collection, value: unknown): string {
  const start = membersOf(collection)[0]?.start ?? collection.start;
  const line = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  const isOnLines = start > collection.start && text.slice(collection.start, start).includes('\n') && !line.trim();

  return isOnLines ? JSON.stringify(value, null, line.includes('\t') ? '\t' : 2).replaceAll('\n', `${ lineEndOf(text) }${ line }`) : JSON.stringify(value);
}

function membersOf(collection: Collection): readonly Span[] {
  return collection.kind === 'array' ? collection.items : collection.fields.map(({ key, value }) => ({ start: key.start, end: value.end }));
}

function sliceOf(text: string, node: Span | undefined): string {
  return node ? text.slice(node.start, node.end) : 'null';
}

/** What stands behind colons and commas. */
function spaceIn(text: string): string {
  return /[:,]\s/.test(text) ? ' ' : '';
}
