/**
 * Whether two plain values are the same. A field that is undefined is none, and the order of fields says nothing.
 */
import type { Fields } from './lineEdit';

/** What is the same object is not looked into, so that rules which nobody touched cost nothing. */
export function isSameValue(one: unknown, other: unknown): boolean {
  if (one === other) {
    return true;
  }
  if (Array.isArray(one) || Array.isArray(other)) {
    return Array.isArray(one) && Array.isArray(other) && one.length === other.length && one.every((item, index) => isSameValue(item, other[index]));
  }
  if (!isFields(one) || !isFields(other)) {
    return Number.isNaN(one) && Number.isNaN(other);
  }

  return [...new Set([...Object.keys(one), ...Object.keys(other)])].every((name) => isSameValue(one[name], other[name]));
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}
