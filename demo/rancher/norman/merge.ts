/**
 * How a PUT through `/v3` meets what is there: fields that the body leaves out stay, unless `_replace` is asked for;
 * maps of values are taken whole; labels and annotations become those of the body, but for Rancher's own.
 *
 * Source: norman store/proxy, pkg/merge (UpdateMerge, isMap, mergeProtected); the names of the maps are those of
 * rke types/rke_types.go
 */
import { clone, isObject, type JsonObject, type JsonValue } from '../json';

/** Maps with free keys, whose type in Norman is `map[json]` or `map[string]`. */
export const FREE_MAPS: ReadonlySet<string> = new Set([
  'customConfig', 'extraArgs', 'extraArgsArray', 'nodeSelector', 'options', 'policy', 'winExtraArgs', 'winExtraArgsArray'
]);

/** The fields after a PUT. */
export function mergedFields(before: JsonObject, body: JsonObject, replace: boolean): JsonObject {
  return { ...(replace ? {} : clone(before)), ...Object.fromEntries(Object.entries(body).map(([key, value]) => [key, mergedField(key, before[key], value, replace)])) };
}

/** Labels or annotations after a PUT; a body without them changes none. */
export function mergedMarks(before: JsonObject, given: JsonValue | undefined): JsonObject {
  if (!isObject(given)) {
    return before;
  }

  return {
    ...Object.fromEntries(Object.entries(before).filter(([key]) => Object.hasOwn(given, key) || key.includes('cattle.io/'))),
    ...Object.fromEntries(Object.entries(given).filter(([key]) => !isProtected(key)))
  };
}

function mergedField(key: string, before: JsonValue | undefined, value: JsonValue, replace: boolean): JsonValue {
  return !FREE_MAPS.has(key) && isObject(before) && isObject(value) ? mergedFields(before, value, replace) : value;
}

function isProtected(key: string): boolean {
  return key.includes('cattle.io/') && (!key.startsWith('field.cattle.io/') || key === 'field.cattle.io/creatorId');
}
