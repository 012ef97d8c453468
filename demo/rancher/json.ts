/**
 * Objects as Kubernetes keeps them: JSON whose maps come back with their keys sorted.
 *
 * Source: Go's encoding/json sorts map keys, and unstructured objects are maps; seen on a real
 * Steve: `machineGlobalConfig` sent as `zeta, cni, alpha` is answered as `alpha, cni, zeta`.
 */

export type JsonValue = string | number | boolean | null | JsonValue[] | JsonObject;
export interface JsonObject { [key: string]: JsonValue }

const MAX_VALUES = 1_000_000;
const MAX_DEPTH = 500;

/** Whether a value is a JSON object: not an array, not null. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value at a path, or undefined where the path leaves the object. */
export function valueAt(value: JsonValue | undefined, ...path: readonly (string | number)[]): JsonValue | undefined {
  let current: JsonValue | undefined = value;

  for (const key of path) {
    if (Array.isArray(current) && typeof key === 'number') {
      current = current[key];
    } else if (isObject(current) && Object.hasOwn(current, key)) {
      current = current[key];
    } else {
      return undefined;
    }
  }

  return current;
}

/** The string at a path; '' for anything else, as wrangler's data.Object.String does. */
export function stringAt(value: JsonValue | undefined, ...path: readonly (string | number)[]): string {
  const found = valueAt(value, ...path);

  return typeof found === 'string' ? found : '';
}

/** The object at a path; an empty one for anything else. */
export function objectAt(value: JsonValue | undefined, ...path: readonly (string | number)[]): JsonObject {
  const found = valueAt(value, ...path);

  return isObject(found) ? found : {};
}

/** The objects of the list at a path; none for anything else. */
export function objectsAt(value: JsonValue | undefined, ...path: readonly (string | number)[]): JsonObject[] {
  const found = valueAt(value, ...path);

  return Array.isArray(found) ? found.filter(isObject) : [];
}

/** Sets a value at a path and makes the objects on the way. */
export function setAt(target: JsonObject, value: JsonValue, ...path: readonly string[]): void {
  const last = path.at(-1);

  if (last === undefined) {
    return;
  }

  let current = target;

  for (const key of path.slice(0, -1)) {
    const next = Object.hasOwn(current, key) ? current[key] : undefined;

    if (isObject(next)) {
      current = next;
    } else {
      const made: JsonObject = {};

      define(current, key, made);
      current = made;
    }
  }

  define(current, last, value);
}

/** Removes the value at a path, where there is one. */
export function removeAt(target: JsonObject, ...path: readonly string[]): void {
  const last = path.at(-1);
  const parent = valueAt(target, ...path.slice(0, -1));

  if (last !== undefined && isObject(parent)) {
    delete parent[last];
  }
}

/** A deep copy with the keys of every map in the order in which Go writes them. */
export function sorted<T extends JsonValue>(value: T): T;
export function sorted(value: JsonValue): JsonValue {
  if (Array.isArray(value)) {
    return value.map((item) => sorted(item));
  }

  if (!isObject(value)) {
    return value;
  }

  const copy: JsonObject = {};

  for (const key of Object.keys(value).sort(byBytes)) {
    const item = value[key];

    if (item !== undefined) {
      define(copy, key, sorted(item));
    }
  }

  return copy;
}

/**
 * Whether a value is small enough to be walked through: YAML can refer to itself, or to one large part many times over.
 */
export function isWalkable(value: unknown): boolean {
  let left = MAX_VALUES;
  const walk = (item: unknown, depth: number): boolean => {
    left -= 1;
    if (left < 0 || depth > MAX_DEPTH) {
      return false;
    }

    return typeof item !== 'object' || item === null || Object.values(item).every((inner) => walk(inner, depth + 1));
  };

  return walk(value, 0);
}

/** A deep copy. */
export function clone<T extends JsonValue>(value: T): T {
  return structuredClone(value);
}

/** Whether two values are the same JSON, whatever the order of their keys. */
export function isSame(left: JsonValue, right: JsonValue): boolean {
  return JSON.stringify(sorted(left)) === JSON.stringify(sorted(right));
}

// A key such as __proto__ must become data, never a prototype.
function define(target: JsonObject, key: string, value: JsonValue): void {
  Object.defineProperty(target, key, { value, writable: true, enumerable: true, configurable: true });
}

function byBytes(left: string, right: string): number {
  return Buffer.compare(Buffer.from(left), Buffer.from(right));
}
