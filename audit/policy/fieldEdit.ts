/**
 * Edits of a policy's text as data: what is to change, whatever style the text is in.
 */
import type { Path } from './finding';
import { asList, type Fields, type Item } from './lineEdit';
import { isSameValue } from './sameValue';

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

/** The value at a path of a plain value; undefined where there is none. */
export function valueAt(value: unknown, path: Path): unknown {
  return path.reduce((inner, step) => typeof inner === 'object' && inner !== null && Object.hasOwn(inner, step) ? (inner as Fields)[step] : undefined, value);
}

/** Whether a field can get a value. */
export function isFree(value: unknown): boolean {
  return value === undefined || value === null;
}

/** What a field becomes elsewhere than in its own map; undefined where it only gets another name. */
export function moveOf({ path, field, to }: FieldMove): { readonly from: FieldValue; readonly home: Path; readonly name: string } | undefined {
  const home = to.slice(0, -1);

  return isSameValue(home, path) ? undefined : { from: { path, field, value: undefined }, home, name: nameOf(to) };
}

/** The field that a path ends with. */
export function nameOf(path: Path): string {
  return String(path.at(-1));
}

/** The plain value of a policy after an edit. */
export function withFieldEdit(target: Fields, edit: FieldEdit): Fields {
  const move = 'to' in edit ? moveOf(edit) : undefined;

  return move ? withFieldEdit(withFieldEdit(target, move.from), { path: move.home, field: move.name, value: valueAt(target, [...edit.path, edit.field]) }) : withMapAt(target, edit.path, (map) => editedMap(map, edit));
}

function withMapAt(target: Fields, [step, ...rest]: Path, change: (map: Fields) => Fields): Fields {
  const copy = (Array.isArray(target) ? [...target] : { ...target }) as Fields;

  if (step === undefined) {
    return change(copy);
  }
  copy[step] = withMapAt((copy[step] ?? {}) as Fields, rest, change);

  return copy;
}

function editedMap(map: Fields, edit: FieldEdit): Fields {
  if ('to' in edit) {
    return Object.fromEntries(Object.entries(map).map(([name, value]) => [name === edit.field ? nameOf(edit.to) : name, value]));
  }
  const { [edit.field]: current, ...others } = map;
  const old = asList(current);
  const value = 'items' in edit ? edit.items.map((item) => 'old' in item ? old[item.old] : item.value) : edit.value;

  return value === undefined ? others : { ...map, [edit.field]: value };
}
