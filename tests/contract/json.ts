/** Reading JSON bodies in tests. */

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** The value at a path of a JSON body. */
export function at(value: Json | undefined, ...path: (string | number)[]): Json | undefined {
  return path.reduce<Json | undefined>((current, key) => {
    if (Array.isArray(current) && typeof key === 'number') {
      return current[key];
    }

    return typeof current === 'object' && current !== null && !Array.isArray(current) && typeof key === 'string' ? current[key] : undefined;
  }, value);
}

/** The object at a path of a JSON body. */
export function objectAt(value: Json | undefined, ...path: (string | number)[]): Record<string, Json> {
  const found = at(value, ...path);

  if (typeof found !== 'object' || found === null || Array.isArray(found)) {
    throw new Error(`no object at ${ path.join('.') }`);
  }

  return found;
}

/** The list at a path of a JSON body. */
export function listAt(value: Json | undefined, ...path: (string | number)[]): Json[] {
  const found = at(value, ...path);

  if (!Array.isArray(found)) {
    throw new Error(`no list at ${ path.join('.') }`);
  }

  return found;
}
