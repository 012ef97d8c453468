/**
 * A policy text as the JSON that kube-apiserver decodes, with the place of each value in the text.
 *
 * From JSON text the fields stand in their order, with every one that stands twice; from YAML they are sorted and stand once.
 */
import type { Path } from './finding';

/** Offsets in the text; the end is exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export type JsonNode = Span & (
  | { readonly kind: 'null' }
  | { readonly kind: 'bool'; readonly value: boolean }
  /** `text` is how JSON writes the number. */
  | { readonly kind: 'number'; readonly text: string }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'array'; readonly items: readonly JsonNode[] }
  | { readonly kind: 'object'; readonly fields: readonly JsonField[] }
);

export interface JsonField {
  readonly name: string;
  readonly key: Span;
  readonly value: JsonNode;
  /** Its place among the fields of the text, merged ones included. */
  readonly order: number;
}

/** Deeper than anyone nests a policy: what is deeper is refused before it fills the stack. */
export const MAX_DEPTH = 100;

/** The last value with a name, which is the one that counts. */
export function fieldOf(node: JsonNode, name: string): JsonNode | undefined {
  return node.kind === 'object' ? node.fields.findLast((field) => field.name === name)?.value : undefined;
}

/** Where a path leads to; a field that is missing is found at its parent. */
export function spanOf(root: JsonNode, path: Path): Span {
  let node = root;

  for (const step of path) {
    const next = node.kind === 'array' ? node.items[Number(step)] : fieldOf(node, String(step));

    if (!next) {
      break;
    }
    node = next;
  }

  return node;
}

/** The plain value of a tree, its fields in the order of the text; later ones replace earlier ones of the same name. */
export function plainValue(node: JsonNode): unknown {
  switch (node.kind) {
    case 'null':
      return null;
    case 'number':
      return Number(node.text);
    case 'array':
      return node.items.map(plainValue);
    case 'object':
      return Object.fromEntries(node.fields.toSorted((one, other) => one.order - other.order).map(({ name, value }) => [name, plainValue(value)]));
    default:
      return node.value;
  }
}
