/**
 * Edits of a policy's text: each takes a text and gives a text in which only the touched lines differ.
 *
 * Every function expects a text that decodes (`readPolicyDocument(text).policy` is defined) and throws a RangeError for a
 * rule that is not there. Rules that stand as blocks are edited as lines, so that all else keeps its bytes, and so is JSON.
 * Any other style (`rules: [{…}]`, aliases) is printed anew with its comments; so is a text in which the edit did not mean what it should.
 */
import { readPolicyDocument } from './document';
import { isFree, withFieldEdit, type FieldEdit } from './fieldEdit';
import { lastField, type Path } from './finding';
import { withJson } from './jsonEdit';
import { asList, itemsOf, movePair, setField, setList, withItems, type Fields, type Item } from './lineEdit';
import { withNodes, withNodesExpanded } from './nodeEdit';
import { isJsonText } from './readJson';
import { blockText } from './render';
import { isSameValue } from './sameValue';
import { itemsOfRules, partOfRule, partWithoutRules, type TextPart } from './textPart';
import { valueOf } from './tree';
import type { Policy, PolicyRule } from './types';
import { valueAt } from './valueAt';
import { parseForEdit } from './yaml';

/** Adds a rule before the one at an index, or as the last. */
export function addRule(text: string, rule: PolicyRule, index = Infinity): string {
  return editRules(text, (items) => items.toSpliced(index, 0, { value: withoutEmpty(rule) }));
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
  return setFieldsOfRule(text, index, fieldEdits([], { ...ruleOf(text, index) }, withoutEmpty(rule)));
}

/** Sets a field of the policy itself; undefined or an empty list takes it out. */
export function setPolicyField<Name extends 'omitStages' | 'omitManagedFields'>(text: string, field: Name, value: Policy[Name]): string {
  return setFieldsOfPolicy(text, [{ path: [], field, value: withoutEmpty({ [field]: value })[field] }]);
}

/**
 * Makes a field another one, of the same rule or of the policy itself, and gives it a value: its own, in a list or out of one. A text in
 * which the one has another value, or the other one has a value already, stays as it is.
 */
export function moveField(text: string, from: Path, to: Path, value: unknown): string {
  const raw = fieldsOf(text);
  const [old, taken] = [valueAt(raw, from), valueAt(raw, to)];
  const [own, field, home, name] = [from.slice(0, -1), lastField(from), to.slice(0, -1), lastField(to)];

  if (old === undefined || !isFree(taken) || ![value, asList(value).length === 1 ? asList(value)[0] : value, [value]].some((same) => isSameValue(old, same))) {
    return text;
  }
  const edits: FieldEdit[] = [
    ...taken === undefined ? [] : [{ path: home, field: name, value: undefined }],
    { path: own, field, to },
    ...isSameValue(old, value) ? [] : [{ path: home, field: name, value }]
  ];
  const [rules, index] = from;

  return rules === 'rules' && typeof index === 'number' ? setFieldsOfRule(text, index, edits.map((edit) => below(edit, (path) => path.slice(2)))) : setFieldsOfPolicy(text, edits);
}

/** An edit of the same in another part of the text. */
function below(edit: FieldEdit, placeOf: (path: Path) => Path): FieldEdit {
  return { ...edit, path: placeOf(edit.path), ...'to' in edit ? { to: placeOf(edit.to) } : {} };
}

function setFieldsOfRule(text: string, index: number, edits: readonly FieldEdit[]): string {
  return throughPart(text, partOfRule(text, index), (part) => setFields(part, edits.map((edit) => below(edit, (path) => ['rules', part === text ? index : 0, ...path]))), (raw, ofPart) => ({ ...raw, rules: asList(raw['rules']).with(index, asList(ofPart['rules'])[0]) }));
}

function setFieldsOfPolicy(text: string, edits: readonly FieldEdit[]): string {
  return throughPart(text, partWithoutRules(text), (part) => setFields(part, edits), (raw, ofPart) => ({ ...ofPart, rules: raw['rules'] }));
}

/** Edits a part where that gives the text that is wanted, else the whole. `whole` is what the text then has to mean. */
function throughPart(text: string, part: TextPart | undefined, edit: (text: string) => string, whole: (raw: Fields, ofPart: Fields) => Fields): string {
  const ofPart = part && edit(part.text);
  const edited = ofPart === undefined ? undefined : part?.joined(ofPart);

  return ofPart !== undefined && edited !== undefined && means(edited, whole(fieldsOf(text), fieldsOf(ofPart))) ? edited : edit(text);
}

function setFields(text: string, edits: readonly FieldEdit[]): string {
  return edits.length ? verified(text, edits, () => edits.reduce(withLines, text)) : text;
}

function withLines(text: string, edit: FieldEdit): string {
  return 'items' in edit ? setList(text, edit.path, edit.field, edit.items) : 'to' in edit ? movePair(text, edit.path, edit.field, edit.to) : setField(text, edit.path, edit.field, edit.value);
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

  return verified(text, [{ path: [], field: 'rules', items }], () => block && items.length ? withItems(text, block, items) : setList(text, [], 'rules', items));
}

/** The first edited text that means what the same edits of the plain value mean; else that value written anew. */
function verified(text: string, edits: readonly FieldEdit[], editLines: () => string): string {
  const raw = fieldsOf(text);
  const wanted = edits.reduce<Fields>((fields, edit) => withFieldEdit(fields, edit), raw);
  const inPlace = isJsonText(text) ? [() => edits.reduce<string | undefined>((edited, edit) => edited && withJson(edited, edit), text)] : [editLines, () => withNodes(text, edits), () => withNodesExpanded(text, edits)];

  for (const edit of inPlace) {
    const edited = edit();

    if (edited !== undefined && means(edited, wanted)) {
      return edited;
    }
  }

  return isJsonText(text) ? `${ JSON.stringify(wanted, null, 2) }\n` : writtenAnew(text, wanted);
}

/** With the documents behind the first one, where they can be told from it. */
function writtenAnew(text: string, wanted: Fields): string {
  const first = `${ blockText(wanted) }\n`;
  const all = first + text.slice(parseForEdit(text).range[2]);

  return means(all, wanted) ? all : first;
}

function means(text: string, wanted: Fields): boolean {
  return isSameValue(valueOf(text), wanted);
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

function withoutEmpty(fields: object): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && !(Array.isArray(value) && !value.length)));
}

function isGroup(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}
