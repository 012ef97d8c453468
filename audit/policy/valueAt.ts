/**
 * Values at paths of plain objects.
 */
import type { Path } from './finding';

/** An object that differs at one path, or itself where it holds the value already; undefined takes the key or the item out. All else is shared, and keys keep their order. */
export function withValueAt<Root extends object>(root: Root, path: Path, value: unknown): Root {
  return valueAt(root, path) === value ? root : replaced(root, path, value) as Root;
}

function replaced(node: unknown, [step, ...rest]: Path, value: unknown): unknown {
  if (step === undefined) {
    return value;
  }
  if (typeof step === 'number') {
    const items: readonly unknown[] = Array.isArray(node) ? node : [];
    const item = replaced(items[step], rest, value);

    return item === undefined ? items.toSpliced(step, 1) : Object.assign([...items], { [step]: item });
  }
  const fields = isFields(node) ? node : {};
  const field = replaced(fields[step], rest, value);

  if (field !== undefined) {
    return { ...fields, [step]: field };
  }
  const { [step]: _, ...others } = fields;

  return others;
}

/** The value at a path; undefined where there is none. */
export function valueAt(root: unknown, path: Path): unknown {
  return path.reduce<unknown>((node, step) => typeof node === 'object' && node !== null ? (node as Record<string | number, unknown>)[step] : undefined, root);
}

function isFields(node: unknown): node is Readonly<Record<string, unknown>> {
  return typeof node === 'object' && node !== null && !Array.isArray(node);
}
