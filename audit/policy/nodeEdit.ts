/**
 * Edits of YAML as nodes, for the styles that can't be edited as lines, such as `rules: [{…}]` and aliases. The text is printed anew; comments,
 * quotes, numbers and what nobody touched stay what they are, but for white space.
 *
 * The caller checks what the text then means (edit.ts).
 */
import { isAlias, isMap, isNode, isScalar, isSeq, Pair, parseDocument, Scalar, visit, type Alias, type Document, type Node, type YAMLMap, type YAMLSeq } from 'yaml';

import { moveOf, type FieldEdit, type FieldMove } from './fieldEdit';
import { lastField } from './finding';
import { blockText } from './render';
import { lineEndOf } from './textLines';
import { AS_WRITTEN } from './yaml';

const MERGE = '<<';
const UNINDENTED_RULES = /^rules:[^\n]*\n(?:\s*#[^\n]*\n|\s*\n)*- /m;

/** The text after edits; undefined where what they are about stands behind an alias, or an alias would lose its anchor. */
export function withNodes(text: string, edits: readonly FieldEdit[]): string | undefined {
  return printed(text, edits, () => undefined);
}

/** The same with each alias as what it stands for. */
export function withNodesExpanded(text: string, edits: readonly FieldEdit[]): string | undefined {
  return printed(text, edits, expand);
}

function printed(text: string, edits: readonly FieldEdit[], prepare: (document: Document) => void): string | undefined {
  // The parser takes the first character of such a line end for a part of comments.
  const plain = text.replaceAll('\r\n', '\n');
  const document = parseDocument(plain, AS_WRITTEN);
  const rest = plain.slice(document.range[2]);

  prepare(document);
  if (!edits.every((edit) => apply(document, edit))) {
    return undefined;
  }
  try {
    return (document.toString({ lineWidth: 0, indentSeq: !UNINDENTED_RULES.test(plain), flowCollectionPadding: plain.includes('{ ') }) + rest).replaceAll('\n', lineEndOf(text));
  } catch {
    return undefined;
  }
}

/** Whether the edit could be made. */
function apply(document: Document, edit: FieldEdit): boolean {
  const map = edit.path.length ? document.getIn(edit.path, true) : document.contents;

  if (!isMap(map)) {
    return false;
  }
  const pair = pairOf(map, edit.field);

  if ('to' in edit) {
    return moved(document, map, pair, edit);
  }
  if ('value' in edit && edit.value === undefined) {
    map.items = map.items.filter(({ key }) => !isKey(key, edit.field));
  } else if ('items' in edit && isSeq(pair?.value)) {
    const old = itemsWithComments(pair.value);

    pair.value.items = edit.items.map((item) => 'old' in item ? old[item.old] : nodeOf(item.value));
  } else {
    setValue(map, pair, edit.field, nodeOf('items' in edit ? edit.items.map((item) => 'value' in item ? item.value : null) : edit.value));
  }

  return true;
}

function moved(document: Document, map: YAMLMap, pair: Pair | undefined, edit: FieldMove): boolean {
  const move = moveOf(edit);
  const home = move ? document.getIn(move.home, true) : map;

  if (!pair || !isScalar(pair.key) || !isMap(home)) {
    return false;
  }
  pair.key.value = lastField(edit.to);
  if (move) {
    map.items = map.items.filter((each) => each !== pair);
    home.items.push(pair);
  }

  return true;
}

function setValue(map: YAMLMap, pair: Pair | undefined, field: string, value: Node | null): void {
  if (!pair) {
    map.items.push(new Pair(new Scalar(field), value));
  } else {
    if (isScalar(pair.value) && pair.value.comment && value) {
      value.comment = pair.value.comment;
    }
    pair.value = value;
  }
}

/** The node of a new value, as it reads back from the text that we write for it. */
function nodeOf(value: unknown): Node | null {
  return parseDocument(blockText(value), AS_WRITTEN).contents;
}

/** The comment above the first item is the list's own to the parser: here it is the item's. */
function itemsWithComments(list: YAMLSeq): unknown[] {
  const [first] = list.items;

  if (list.commentBefore && isNode(first) && !first.commentBefore) {
    first.commentBefore = list.commentBefore;
    delete list.commentBefore;
  }

  return list.items;
}

/** The last one counts, where a key stands twice. */
function pairOf(map: YAMLMap, field: string): Pair | undefined {
  return map.items.findLast(({ key }) => isKey(key, field));
}

function isKey(key: unknown, field: string): boolean {
  return isScalar(key) && key.value === field;
}

function expand(document: Document): void {
  visit(document, {
    Map(_, map) {
      const merges = map.items.filter(({ key }) => isKey(key, MERGE));

      map.items = map.items.flatMap((pair) => merges.includes(pair) ? merged(map, pair, document) : [pair]);
      keepComments(map, merges.flatMap(({ key, value }) => [key, value]));
    },
    Alias: (_, alias) => copyOf(alias, document)
  });
  visit(document, { Node: (_, node) => {
    if (!isAlias(node)) {
      delete node.anchor;
    }
  } });
}

/** What a map takes over from others: what it says itself, and what an earlier one says, counts more. */
function merged(map: YAMLMap, { value }: Pair, document: Document): Pair[] {
  const taken = new Map<unknown, Pair>();

  for (const source of isSeq(value) ? value.items : [value]) {
    const from = isAlias(source) ? source.resolve(document) : source;

    for (const pair of isMap(from) ? from.items.flatMap((each) => isKey(each.key, MERGE) ? merged(from, each, document) : [each]) : []) {
      const name = isScalar(pair.key) ? pair.key.value : pair.key;

      if (!taken.has(name) && typeof name === 'string' && !pairOf(map, name)) {
        taken.set(name, new Pair(new Scalar(name), plainCopy(pair.value) ?? null));
      }
    }
  }

  return [...taken.values()];
}

/** The comments of nodes that are gone, above the first key of a map that is left. */
function keepComments(map: YAMLMap, gone: readonly unknown[]): void {
  const comments = gone.filter(isNode).flatMap(({ commentBefore, comment }) => [commentBefore, comment]).filter(Boolean);
  const [first] = map.items;

  if (comments.length && isScalar(first?.key)) {
    first.key.commentBefore = [...comments, first.key.commentBefore].filter(Boolean).join('\n');
  }
}

/** What an alias stands for, with the comments beside the alias. */
function copyOf(alias: Alias, document: Document): Node | undefined {
  const copy = plainCopy(alias.resolve(document));

  return copy && Object.assign(copy, alias.comment ? { comment: alias.comment } : {}, alias.commentBefore ? { commentBefore: alias.commentBefore } : {}, alias.spaceBefore ? { spaceBefore: true } : {});
}

/** Comments stay where they are, and are not copied. */
function plainCopy(value: unknown): Node | undefined {
  const copy = isNode(value) ? value.clone() as Node : undefined;

  if (copy) {
    visit(copy, { Node: (_, node) => {
      delete node.comment;
      delete node.commentBefore;
    } });
  }

  return copy;
}
