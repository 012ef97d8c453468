/**
 * Which rules of a policy match a value, dimension by dimension.
 *
 * A rule asks for a user, a group of the user, a verb, and either for a namespace and a resource or for a path. Each question is a
 * dimension; a rule that does not ask takes any value. `undefined` stands for a value that no rule names.
 * Source: k8s.io/apiserver/pkg/audit/policy/checker.go
 */
import type { GroupResources, Policy, PolicyRule } from '../policy/types';
import { addRule, common, hasRule, wordsFor, type RuleSet } from './ruleSet';

/** A resource that a rule can match; undefined parts are in no rule. */
export interface ResourceValue {
  readonly group: string | undefined;
  readonly resource: string | undefined;
  /** '' for the resource itself. */
  readonly subresource: string | undefined;
  readonly name: string | undefined;
}

/** A path, or the beginning of one that goes on as in no rule. */
export interface PathValue {
  readonly path: string;
  readonly isBeginning: boolean;
}

/** Takes a set of rules and keeps those that match a value. */
export type Keep<Value> = (set: RuleSet, value: Value) => RuleSet;

export interface RuleIndex {
  readonly users: Keep<string | undefined>;
  readonly userGroups: Keep<string | undefined>;
  readonly verbs: Keep<string | undefined>;
  /** Of resource requests; rules for paths match none. */
  readonly namespaces: Keep<string | undefined>;
  readonly resources: Keep<ResourceValue>;
  /** Rules for resources match none. */
  readonly paths: Keep<PathValue | undefined>;
}

/** Whether a rule can match a resource request, and whether it can match another one. */
export function kindsOf({ namespaces, resources, nonResourceURLs }: PolicyRule): { readonly isForResources: boolean; readonly isForPaths: boolean } {
  const asksForResource = Boolean(namespaces?.length) || Boolean(resources?.length);

  return { isForResources: asksForResource || !nonResourceURLs?.length, isForPaths: !asksForResource };
}

export function indexOf({ rules }: Policy): RuleIndex {
  return {
    users:      keepNamed(rules, (rule) => rule.users),
    userGroups: keepNamed(rules, (rule) => rule.userGroups),
    verbs:      keepNamed(rules, (rule) => rule.verbs),
    namespaces: keepNamed(rules, (rule) => kindsOf(rule).isForResources ? rule.namespaces : NOTHING),
    resources:  keepResource(rules),
    paths:      keepPath(rules)
  };
}

/** What a rule names that can't match by a dimension at all. */
const NOTHING: readonly string[] = ['\0'];

/** Named rules as numbers, or as bits where these are fewer. */
type Named = readonly number[] | RuleSet;

function keepNamed(rules: readonly PolicyRule[], valuesOf: (rule: PolicyRule) => readonly string[] | undefined): Keep<string | undefined> {
  const others = setWhere(rules, (rule) => !valuesOf(rule)?.length);
  const named = namedBy(rules, (rule) => {
    const values = valuesOf(rule);

    return values === NOTHING ? [] : values ?? [];
  });

  return (set, value) => withNamed(common(set, others), set, value === undefined ? undefined : named.get(value));
}

function namedBy(rules: readonly PolicyRule[], keysOf: (rule: PolicyRule) => readonly string[]): ReadonlyMap<string, Named> {
  const lists = new Map<string, number[]>();

  rules.forEach((rule, index) => {
    for (const key of keysOf(rule)) {
      const list = lists.get(key);

      if (!list) {
        lists.set(key, [index]);
      } else if (list.at(-1) !== index) {
        list.push(index);
      }
    }
  });

  return new Map([...lists].map(([key, list]) => [key, list.length > wordsFor(rules.length) ? setOf(rules.length, list) : list]));
}

/** Adds to a set those named rules that are in another one. */
function withNamed(kept: RuleSet, set: RuleSet, named: Named | undefined): RuleSet {
  if (named instanceof Uint32Array) {
    return kept.map((word, index) => word | ((set[index] ?? 0) & (named[index] ?? 0)));
  }
  for (const rule of named ?? []) {
    if (hasRule(set, rule)) {
      addRule(kept, rule);
    }
  }

  return kept;
}

const ANY = '*';

function keepResource(rules: readonly PolicyRule[]): Keep<ResourceValue> {
  const others = setWhere(rules, (rule) => kindsOf(rule).isForResources && !rule.resources?.length);
  const named = namedBy(rules, (rule) => (rule.resources ?? []).flatMap(keysOfGroup));

  return (set, { group, resource, subresource, name }) => {
    const groups = group === undefined ? [ANY] : [group, ANY];
    const patterns = patternsOf(resource, subresource);
    const names = name === undefined ? [undefined] : [name, undefined];
    const keys = groups.flatMap((one) => patterns.flatMap((pattern) => names.map((wanted) => keyOf(one, pattern, wanted))));

    return keys.reduce((kept, key) => withNamed(kept, set, named.get(key)), common(set, others));
  };
}

/** The entries of a rule's `resources` that match a resource. */
function patternsOf(resource: string | undefined, subresource: string | undefined): string[] {
  const ofResource = resource === undefined ? [] : [`${ resource }/*`, ...subresource === '' ? [resource] : subresource === undefined ? [] : [`${ resource }/${ subresource }`]];

  return [ANY, ...ofResource, ...subresource ? [`*/${ subresource }`] : []];
}

/** Without resources all are taken, and names don't count. */
function keysOfGroup({ group = '', resources, resourceNames }: GroupResources): string[] {
  return resources?.length
    ? resources.flatMap((pattern) => resourceNames?.length ? resourceNames.map((name) => keyOf(group, pattern, name)) : [keyOf(group, pattern, undefined)])
    : [keyOf(group, ANY, undefined)];
}

function keyOf(group: string, pattern: string, name: string | undefined): string {
  return name === undefined ? `${ group }\n${ pattern }` : `${ group }\n${ pattern }\n${ name }`;
}

/** Lengths of beginnings that are looked for in a path; longer ones are left out, so that too few rules match it and never too many. */
const MAX_LENGTHS = 64;

function keepPath(rules: readonly PolicyRule[]): Keep<PathValue | undefined> {
  const others = setWhere(rules, (rule) => kindsOf(rule).isForPaths && !rule.nonResourceURLs?.length);
  const urlsOf = (rule: PolicyRule): readonly string[] => kindsOf(rule).isForPaths ? rule.nonResourceURLs ?? [] : [];
  const exact = namedBy(rules, urlsOf);
  const beginnings = namedBy(rules, (rule) => urlsOf(rule).filter((url) => url.endsWith(ANY)).map((url) => url.replace(/\*+$/, '')));
  const lengths = [...new Set([...beginnings.keys()].map(({ length }) => length))].sort((one, other) => one - other).slice(0, MAX_LENGTHS);

  return (set, value) => {
    const { path, isBeginning } = value ?? { path: '', isBeginning: true };
    const named = lengths.filter((length) => length <= path.length).map((length) => beginnings.get(path.slice(0, length)));

    return [...named, isBeginning ? undefined : exact.get(path)].reduce<RuleSet>((kept, each) => withNamed(kept, set, each), common(set, others));
  };
}

function setWhere(rules: readonly PolicyRule[], test: (rule: PolicyRule) => boolean): RuleSet {
  return setOf(rules.length, rules.flatMap((rule, index) => test(rule) ? [index] : []));
}

function setOf(size: number, indexes: readonly number[]): RuleSet {
  const set = new Uint32Array(wordsFor(size));

  indexes.forEach((index) => {
    addRule(set, index);
  });

  return set;
}
