/**
 * Edits of a policy's text as data: what is to change, whatever style the text is in.
 */
import type { Path } from './finding';
import { asList, type Fields, type Item } from './lineEdit';

/** A field of the map at a path: its new value, where undefined takes it out, or the items of its list. */
export type FieldEdit = { readonly path: Path; readonly field: string } & ({ readonly value: unknown } | { readonly items: readonly Item[] });

/** The plain value of a policy after an edit. */
export function withFieldEdit(target: Fields, edit: FieldEdit, path = edit.path): Fields {
  const [step, ...rest] = path;
  const copy = (Array.isArray(target) ? [...target] : { ...target }) as Fields;

  if (step !== undefined) {
    copy[step] = withFieldEdit((copy[step] ?? {}) as Fields, edit, rest);
  } else if ('items' in edit) {
    const old = asList(copy[edit.field]);

    copy[edit.field] = edit.items.map((item) => 'old' in item ? old[item.old] : item.value);
  } else if (edit.value === undefined) {
    delete copy[edit.field];
  } else {
    copy[edit.field] = edit.value;
  }

  return copy;
}
