/**
 * A policy made ready to decide many requests: faster than a scan of its rules, and the same answers as decide.ts gives.
 *
 * For each value that a rule may ask for there is the set of rules that a request with this value can still match: those that
 * name it and those that don't care. The rule that decides is the first one in all of a request's sets, after a look at what the
 * sets leave open (names, and resources within their group).
 */
import type { Policy, PolicyRule } from '../policy/types';
import type { RequestAttributes } from './attributes';
import { decisionOf, type Decision } from './decide';
import { mismatchOf } from './mismatch';

export type CompiledPolicy = (request: RequestAttributes) => Decision;

/** Rules in one word of a set. */
const WORD = 32;
/** Words of all sets of a dimension together: with more it is left out, so that a policy of strangers costs no memory. */
const MAX_WORDS = 1_000_000;

/** Which rules a request can match by one of its attributes, as bits. */
interface Dimension {
  readonly sets: ReadonlyMap<string, Uint32Array>;
  /** For a value that no rule names. */
  readonly others: Uint32Array;
}

/** Compiles a policy; the function that it gives takes a request and returns its decision. */
export function compilePolicy(policy: Policy): CompiledPolicy {
  const { rules } = policy;
  const words = Math.ceil(rules.length / WORD);
  const decisions = rules.map((_, index) => decisionOf(policy, index));
  const none = decisionOf(policy, undefined);
  const users = dimensionOf(rules, (rule) => rule.users);
  const userGroups = dimensionOf(rules, (rule) => rule.userGroups);
  const verbs = dimensionOf(rules, (rule) => rule.verbs);
  const namespaces = dimensionOf(rules, (rule) => rule.namespaces);
  const apiGroups = dimensionOf(rules, apiGroupsOf);
  const resources = dimensionOf(rules, resourcesOf);
  const paths = dimensionOf(rules, pathsOf);
  const ofResources = setWhere(rules, (rule) => Boolean(rule.namespaces?.length || rule.resources?.length) || !rule.nonResourceURLs?.length);
  const ofPaths = setWhere(rules, (rule) => !rule.namespaces?.length && !rule.resources?.length);

  return (request) => {
    const { resourceRequest } = request;
    const sets = [setOf(verbs, request.verb), setOf(users, request.user), ...resourceRequest
      ? [ofResources, setOf(namespaces, request.namespace), setOf(apiGroups, request.apiGroup), setOf(resources, firstPart(request.resource))]
      : [ofPaths, setOf(paths, request.path)]];
    const groupSets = userGroups.sets.size && request.user !== undefined ? request.groups.map((group) => setOf(userGroups, group)) : [];

    for (let word = 0; word < words; word++) {
      let left = groupSets.length || userGroups.sets.size ? unionAt(groupSets, userGroups.others, word) : -1;

      for (const set of sets) {
        left &= set[word] ?? 0;
      }
      for (; left; left &= left - 1) { // takes the lowest bit away
        const index = word * WORD + 31 - Math.clz32(left & -left);
        const [rule, decision] = [rules[index], decisions[index]];

        if (rule && decision && mismatchOf(rule, request) === undefined) {
          return decision;
        }
      }
    }

    return none;
  };
}

/** A dimension of the values that each rule names; undefined or empty where a rule takes any. */
function dimensionOf(rules: readonly PolicyRule[], valuesOf: (rule: PolicyRule) => readonly string[] | undefined): Dimension {
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

function setOf({ sets, others }: Dimension, value: string | undefined): Uint32Array {
  return value === undefined ? others : sets.get(value) ?? others;
}

function unionAt(sets: readonly Uint32Array[], others: Uint32Array, word: number): number {
  return sets.reduce((union, set) => union | (set[word] ?? 0), others[word] ?? 0);
}

function setWhere(rules: readonly PolicyRule[], test: (rule: PolicyRule, index: number) => boolean): Uint32Array {
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

function apiGroupsOf({ resources }: PolicyRule): readonly string[] | undefined {
  const groups = resources?.map(({ group = '' }) => group);

  return groups?.includes('*') ? undefined : groups;
}

/** What stands before the slash, which is all that `pods`, `pods/log` and `pods/*` have in common. */
function resourcesOf({ resources }: PolicyRule): readonly string[] | undefined {
  const takesAny = resources?.some((group) => !group.resources?.length || group.resources.some((pattern) => pattern === '*' || pattern.startsWith('*/')));

  return takesAny ? undefined : resources?.flatMap((group) => group.resources?.map(firstPart) ?? []);
}

function pathsOf({ nonResourceURLs }: PolicyRule): readonly string[] | undefined {
  return nonResourceURLs?.some((url) => url.endsWith('*')) ? undefined : nonResourceURLs;
}

function firstPart(resource: string): string {
  const slash = resource.indexOf('/');

  return slash < 0 ? resource : resource.slice(0, slash);
}
