/**
 * Edits of a policy's text: each takes a text and gives a text in which only the touched lines differ.
 *
 * Every function expects a text that decodes (`readPolicyDocument(text).policy` is defined) and throws a RangeError for a
 * rule that is not there. Rules that stand as blocks are edited as lines, so that comments stay. Any other style (JSON,
 * `rules: [{…}]`, aliases) is read, edited and written anew; so is a text in which the line edit did not mean what it should.
 */
import type { Document, ParsedNode } from 'yaml';

import { readPolicyDocument } from './document';
import type { Path } from './finding';
import { asList, itemsOf, setField, setList, withItems, type Fields, type Item } from './lineEdit';
import { isJsonText } from './readJson';
import { blockText } from './render';
import { isSameValue } from './sameValue';
import { itemsOfRules, partOfRule, partWithoutRules, type TextPart } from './textPart';
import { valueOf } from './tree';
import type { Policy, PolicyRule } from './types';
import { parseForEdit } from './yaml';

/** A field of the map at a path: its new value, where undefined takes it out, or the items of its list. */
type FieldEdit = { readonly path: Path; readonly field: string } & ({ readonly value: unknown } | { readonly items: readonly Item[] });

/** Adds a rule before the one at an index, or as the last. */
export function addRule(text: string, rule: PolicyRule, index = Infinity): string {
  return editRules(text, (items) => items.toSpliced(index, 0, { value: withoutEmpty(rule) }));
}

/** Takes a rule out, with the comment above it. */
export function removeRule(text: string, index: number): string {
  return editRules(text, (items) => items.toSpliced(existing(items, index), 1));
}

/** Takes some rules out at once, each with the comment above it. */
export function removeRules(text: string, indexes: readonly number[]): string {
  const gone = new Set(indexes);

  return editRules(text, (items) => {
    indexes.forEach((index) => existing(items, index));

    return items.filter((_, index) => !gone.has(index));
  });
}

/** Moves a rule, with the comment above it, so that it then stands at the second index. */
export function moveRule(text: string, from: number, to: number): string {
  return editRules(text, (items) => {
    const moved = items[existing(items, from)] as Item;

    return items.toSpliced(from, 1).toSpliced(existing(items, to), 0, moved);
  });
}

/** Adds a copy of a rule after it. */
export function duplicateRule(text: string, index: number): string {
  return addRule(text, ruleOf(text, index), index + 1);
}

/**
 * Makes a rule say what is given; a field that is absent or an empty list is taken out. Fields that we don't know stay.
 */
export function setRule(text: string, index: number, rule: PolicyRule): string {
  const edits = fieldEdits([], { ...ruleOf(text, index) }, withoutEmpty(rule));

  return throughPart(text, partOfRule(text, index), (part) => setFields(part, edits.map((edit) => ({ ...edit, path: ['rules', part === text ? index : 0, ...edit.path] }))), (raw, ofPart) => ({ ...raw, rules: asList(raw['rules']).with(index, asList(ofPart['rules'])[0]) }));
}

/** Sets a field of the policy itself; undefined or an empty list takes it out. */
export function setPolicyField<Name extends 'omitStages' | 'omitManagedFields'>(text: string, field: Name, value: Policy[Name]): string {
  const edit = { path: [], field, value: withoutEmpty({ [field]: value })[field] };

  return throughPart(text, partWithoutRules(text), (part) => setFields(part, [edit]), (raw, ofPart) => ({ ...ofPart, rules: raw['rules'] }));
}

/** Edits a part where that gives the text that is wanted, else the whole. `whole` is what the text then has to mean. */
function throughPart(text: string, part: TextPart | undefined, edit: (text: string) => string, whole: (raw: Fields, ofPart: Fields) => Fields): string {
  const ofPart = part && edit(part.text);
  const edited = ofPart === undefined ? undefined : part?.joined(ofPart);

  return ofPart !== undefined && edited !== undefined && means(edited, whole(fieldsOf(text), fieldsOf(ofPart))) ? edited : edit(text);
}

function setFields(text: string, edits: readonly FieldEdit[]): string {
  if (!edits.length) {
    return text;
  }

  return verified(
    text,
    (raw) => edits.reduce((fields, edit) => setValue(fields, edit.path, edit), raw),
    () => edits.reduce((edited, edit) => 'items' in edit ? setList(edited, edit.path, edit.field, edit.items) : setField(edited, edit.path, edit.field, edit.value), text)
  );
}

/**
 * Groups of resources are edited one by one where their number stays, and are kept or left out where it changes, so that
 * what else stands in a group stays too.
 */
function fieldEdits(path: Path, old: Fields, wanted: Fields): FieldEdit[] {
  const fields = new Set([...Object.keys(withoutEmpty(old)), ...Object.keys(wanted)]);

  return [...fields].filter((field) => JSON.stringify(old[field]) !== JSON.stringify(wanted[field])).flatMap((field): FieldEdit[] => {
    const [before, after] = [asList(old[field]), asList(wanted[field])];

    if (!before.length || !after.length || ![...before, ...after].every(isGroup)) {
      return [{ path, field, value: wanted[field] }];
    }
    if (before.length !== after.length) {
      return [{ path, field, items: itemsOf(before, after) }];
    }

    return after.flatMap((group, index) => fieldEdits([...path, field, index], { ...before[index] as Fields }, withoutEmpty(group as Fields)));
  });
}

function editRules(text: string, edit: (items: readonly Item[]) => Item[]): string {
  const block = itemsOfRules(text);
  const items = edit((block?.spans ?? policyOf(text).rules).map((_, old) => ({ old })));

  return verified(text, (raw) => ({ ...raw, rules: resolved(asList(raw['rules']), items) }), () => block && items.length ? withItems(text, block, items) : setList(text, [], 'rules', items));
}

/** The line edit, if it means what the same edit of the plain value means; else that value written anew. */
function verified(text: string, editValue: (raw: Fields) => Fields, editLines: () => string): string {
  if (isJsonText(text)) {
    return JSON.stringify(editValue(JSON.parse(text) as Fields), null, 2) + (text.endsWith('\n') ? '\n' : '');
  }
  const raw = fieldsOf(text);
  const wanted = editValue(raw);
  const edited = editLines();

  return means(edited, wanted) ? edited : rewritten(text, raw, wanted);
}

function means(text: string, wanted: Fields): boolean {
  return isSameValue(valueOf(text), wanted);
}

/** Prints the fields of the top that change, and everything where that breaks an alias elsewhere. */
function rewritten(text: string, raw: Fields, wanted: Fields): string {
  const document = parseForEdit(text);
  const rest = text.slice(document.range[2]);

  for (const key of new Set([...Object.keys(raw), ...Object.keys(wanted)])) {
    if (wanted[key] === undefined) {
      document.delete(key);
    } else if (!isSameValue(raw[key], wanted[key])) {
      document.set(key, document.createNode(wanted[key], { aliasDuplicateObjects: false }));
    }
  }
  const edited = printed(document);

  return edited !== undefined && means(edited + rest, wanted) ? edited + rest : `${ blockText(wanted) }\n${ rest }`;
}

/** Undefined where an alias has lost its anchor. */
function printed(document: Document.Parsed<ParsedNode>): string | undefined {
  try {
    return document.toString({ lineWidth: 0 });
  } catch {
    return undefined;
  }
}

function fieldsOf(text: string): Fields {
  return (valueOf(text) ?? {}) as Fields;
}

function ruleOf(text: string, index: number): PolicyRule {
  const part = partOfRule(text, index)?.text;
  const rule = part === undefined ? policyOf(text).rules[index] : policyOf(part).rules[0];

  if (!rule) {
    throw new RangeError(`no rule ${ index }`);
  }

  return rule;
}

function policyOf(text: string): Policy {
  const { policy } = readPolicyDocument(text);

  if (!policy) {
    throw new RangeError('the text is not a policy');
  }

  return policy;
}

function existing(items: readonly Item[], index: number): number {
  if (!Number.isInteger(index) || index < 0 || index > items.length) {
    throw new RangeError(`no rule ${ index }`);
  }

  return index;
}

function resolved(old: readonly unknown[], items: readonly Item[]): unknown[] {
  return items.map((item) => 'old' in item ? old[item.old] : item.value);
}

function setValue(target: Fields, path: Path, edit: FieldEdit): Fields {
  const [step, ...rest] = path;
  const copy = (Array.isArray(target) ? [...target] : { ...target }) as Fields;

  if (step !== undefined) {
    copy[step] = setValue((copy[step] ?? {}) as Fields, rest, edit);
  } else if ('items' in edit) {
    copy[edit.field] = resolved(asList(copy[edit.field]), edit.items);
  } else if (edit.value === undefined) {
    delete copy[edit.field];
  } else {
    copy[edit.field] = edit.value;
  }

  return copy;
}

function withoutEmpty(fields: object): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && !(Array.isArray(value) && !value.length)));
}

function isGroup(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}
