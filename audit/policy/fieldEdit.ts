/**
 * Edits of a policy's text as data: what is to change, whatever style the text is in.
 */
import { lastField, type Path } from './finding';
import { asList, type Fields, type Item } from './lineEdit';
import { isSameValue } from './sameValue';
import { valueAt, withValueAt } from './valueAt';

/** A field of the map at a path: its new value, where undefined takes it out, or the items of its list, or the field that it becomes, there or elsewhere. */
export type FieldEdit = FieldValue | FieldMove | { readonly path: Path; readonly field: string; readonly items: readonly Item[] };

interface FieldValue {
  readonly path: Path;
  readonly field: string;
  readonly value: unknown;
}

export interface FieldMove {
  readonly path: Path;
  readonly field: string;
  readonly to: Path;
}

/** Whether a field can get a value. */
export function isFree(value: unknown): boolean {
  return value === undefined || value === null;
}

/** What a field becomes elsewhere than in its own map; undefined where it only gets another name. */
export function moveOf({ path, field, to }: FieldMove): { readonly from: FieldValue; readonly home: Path; readonly name: string } | undefined {
  const home = to.slice(0, -1);

  return isSameValue(home, path) ? undefined : { from: { path, field, value: undefined }, home, name: lastField(to) };
}

/** The plain value of a policy after an edit. */
export function withFieldEdit(target: Fields, edit: FieldEdit): Fields {
  const place = [...edit.path, edit.field];
  const current = valueAt(target, place);

  if ('to' in edit) {
    return moveOf(edit) ? withValueAt(withValueAt(target, place, undefined), edit.to, current) : withValueAt(target, edit.path, renamed(valueAt(target, edit.path), edit.field, lastField(edit.to)));
  }
  const old = asList(current);

  return withValueAt(target, place, 'items' in edit ? edit.items.map((item) => 'old' in item ? old[item.old] : item.value) : edit.value);
}

function renamed(map: unknown, field: string, name: string): Fields {
  return Object.fromEntries(Object.entries(map ?? {}).map(([key, value]) => [key === field ? name : key, value]));
}
