/**
 * Edits of a policy's text as data: what is to change, whatever style the text is in.
 */
import type { Path } from './finding';
import { asList, type Fields, type Item } from './lineEdit';

/** A field of the map at a path: its new value, where undefined takes it out, or the items of its list, or its new name. */
export type FieldEdit = { readonly path: Path; readonly field: string } & ({ readonly value: unknown } | { readonly items: readonly Item[] } | { readonly name: string });

/** The value at a path of a plain value; undefined where there is none. */
export function valueAt(value: unknown, path: Path): unknown {
  return path.reduce((inner, step) => typeof inner === 'object' && inner !== null && Object.hasOwn(inner, step) ? (inner as Fields)[step] : undefined, value);
}

/** The plain value of a policy after an edit. */
export function withFieldEdit(target: Fields, edit: FieldEdit, path = edit.path): Fields {
  const [step, ...rest] = path;
  const copy = (Array.isArray(target) ? [...target] : { ...target }) as Fields;

  if (step !== undefined) {
    copy[step] = withFieldEdit((copy[step] ?? {}) as Fields, edit, rest);
  } else if ('items' in edit) {
    const old = asList(copy[edit.field]);

    copy[edit.field] = edit.items.map((item) => 'old' in item ? old[item.old] : item.value);
  } else if ('name' in edit) {
    return Object.fromEntries(Object.entries(copy).map(([name, value]) => [name === edit.field ? edit.name : name, value]));
  } else if (edit.value === undefined) {
    delete copy[edit.field];
  } else {
    copy[edit.field] = edit.value;
  }

  return copy;
}
