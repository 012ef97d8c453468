/**
 * Rules of a policy as sets of bits: which of them a value of one attribute leaves in play.
 */
import type { PolicyRule } from '../policy/types';

/** Rules in one word of a set. */
export const WORD = 32;
/** Words of all sets of a dimension together: with more it is left out, so that a policy of strangers costs no memory. */
const MAX_WORDS = 1_000_000;

/** Which rules a request can match by one of its attributes, as bits. */
export interface Dimension {
  readonly sets: ReadonlyMap<string, Uint32Array>;
  /** For a value that no rule names. */
  readonly others: Uint32Array;
}

/** A dimension of the values that each rule names; undefined or empty where a rule takes any. */
export function dimensionOf(rules: readonly PolicyRule[], valuesOf: (rule: PolicyRule) => readonly string[] | undefined): Dimension {
  const words = Math.ceil(rules.length / WORD);
  const named = rules.map((rule) => valuesOf(rule));
  const others = setWhere(rules, (_, index) => !named[index]?.length);
  const values = new Set(named.flatMap((list) => list ?? []));

  if (values.size * words > MAX_WORDS) {
    return { sets: new Map(), others: setWhere(rules, () => true) };
  }
  const sets = new Map([...values].map((value) => [value, others.slice()]));

  named.forEach((list, index) => list?.forEach((value) => addTo(sets.get(value), index)));

  return { sets, others };
}

/** The rules that name a value or take any; for undefined, those that take any. */
export function setOf({ sets, others }: Dimension, value: string | undefined): Uint32Array {
  return value === undefined ? others : sets.get(value) ?? others;
}

/** The rules that pass a test. */
export function setWhere(rules: readonly PolicyRule[], test: (rule: PolicyRule, index: number) => boolean): Uint32Array {
  const set = new Uint32Array(Math.ceil(rules.length / WORD));

  rules.forEach((rule, index) => {
    if (test(rule, index)) {
      addTo(set, index);
    }
  });

  return set;
}

function addTo(set: Uint32Array | undefined, index: number): void {
  if (set) {
    set[index >>> 5] = (set[index >>> 5] ?? 0) | (1 << (index & 31));
  }
}

/** The API groups that a rule names; undefined where one of its entries takes any. */
export function apiGroupsOf({ resources }: PolicyRule): readonly string[] | undefined {
  const groups = resources?.map(({ group = '' }) => group);

  return groups?.includes('*') ? undefined : groups;
}

/** What stands before the slash, which is all that `pods`, `pods/log` and `pods/*` have in common. */
export function resourcesOf({ resources }: PolicyRule): readonly string[] | undefined {
  const takesAny = resources?.some((group) => !group.resources?.length || group.resources.some((pattern) => pattern === '*' || pattern.startsWith('*/')));

  return takesAny ? undefined : resources?.flatMap((group) => group.resources?.map(firstPart) ?? []);
}

/** The paths that a rule names; undefined where a wildcard is among them. */
export function pathsOf({ nonResourceURLs }: PolicyRule): readonly string[] | undefined {
  return nonResourceURLs?.some((url) => url.endsWith('*')) ? undefined : nonResourceURLs;
}

/** `pods` of `pods/log`. */
export function firstPart(resource: string): string {
  const slash = resource.indexOf('/');

  return slash < 0 ? resource : resource.slice(0, slash);
}
