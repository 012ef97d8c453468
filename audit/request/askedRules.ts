/**
 * A policy as far as some requests can tell: without the values that none of them has, and without the rules that are for those alone
 * or for the very same as an earlier one.
 *
 * It decides these requests as the whole policy does, and each takes a time that doesn't grow with what nobody asks for.
 */
import type { GroupResources, Policy, PolicyRule } from '../policy/types';
import { OTHER, type RequestKind } from './requestKinds';
import type { NamespaceClass, WhoClass } from './requestScopes';
import { firstPart } from './ruleSets';

/** All values that the requests have, by attribute. */
export interface AskedValues {
  readonly users: ReadonlySet<string>;
  readonly userGroups: ReadonlySet<string>;
  readonly verbs: ReadonlySet<string>;
  readonly namespaces: ReadonlySet<string>;
  readonly apiGroups: ReadonlySet<string>;
  readonly resources: ReadonlySet<string>;
  /** Of objects. */
  readonly names: ReadonlySet<string>;
  readonly paths: readonly string[];
}

export interface AskedPolicy {
  readonly policy: Policy;
  /** For each of its rules the index in the whole policy. */
  readonly rules: readonly number[];
}

/** What of a policy can decide requests with some values. */
export function askedPolicy(policy: Policy, asked: AskedValues): AskedPolicy {
  const known = new Set<string>();
  const kept = policy.rules.flatMap((rule, index) => {
    const conditions = narrowedConditions(rule, asked);
    const key = JSON.stringify(conditions);
    // What an earlier rule has left nothing for.
    const isKept = conditions && !known.has(key);

    known.add(key);

    return isKept ? [{ rule: { ...rule, ...conditions }, index }] : [];
  });

  return { policy: { ...policy, rules: kept.map(({ rule }) => rule) }, rules: kept.map(({ index }) => index) };
}

/** All that requests for some kinds, from some and in some namespaces can have. */
export function askedValues(kinds: readonly RequestKind[], who: readonly WhoClass[], namespaces: readonly NamespaceClass[]): AskedValues {
  const ofResources = kinds.filter((kind) => kind.type === 'resource');
  const names = new Set([OTHER, '', ...[...new Set(ofResources.map((kind) => kind.names))].flatMap((classes) => classes.flatMap(([name = '']) => name))]);

  return {
    names,
    users:      new Set(who.flatMap(({ user }) => user ?? [])),
    userGroups: new Set(who.flatMap(({ groups }) => groups)),
    verbs:      new Set(kinds.flatMap(({ verbs }) => verbs)),
    // A request for a Namespace is in the one of its name.
    namespaces: new Set([...names, ...namespaces.map(({ namespace }) => namespace)]),
    apiGroups:  new Set(ofResources.map(({ group }) => group)),
    resources:  new Set(ofResources.map(({ resource }) => resource)),
    paths:      kinds.flatMap((kind) => kind.type === 'path' ? [kind.path] : [])
  };
}

/** Undefined where the rule matches none of the requests. */
function narrowedConditions(rule: PolicyRule, asked: AskedValues): Partial<PolicyRule> | undefined {
  const isOfResources = rule.namespaces?.length || rule.resources?.length;
  const [users, userGroups, verbs, namespaces] = [
    only(rule.users, (user) => asked.users.has(user)), only(rule.userGroups, (group) => asked.userGroups.has(group)),
    only(rule.verbs, (verb) => asked.verbs.has(verb)), only(rule.namespaces, (namespace) => asked.namespaces.has(namespace))
  ];

  if (!users || !userGroups || !verbs || !namespaces) {
    return undefined;
  }
  const resources = narrowedEntries(rule.resources, asked);
  const nonResourceURLs = isOfResources ? [] : only(rule.nonResourceURLs, (url) => isAskedPath(url, asked.paths));

  return resources && nonResourceURLs && { users, userGroups, verbs, namespaces, resources, nonResourceURLs };
}

function narrowedEntries(entries: readonly GroupResources[] = [], asked: AskedValues): readonly GroupResources[] | undefined {
  const narrowed = entries.flatMap(({ group = '', ...entry }): GroupResources[] => {
    const resources = group === '*' || asked.apiGroups.has(group) ? only(entry.resources, (pattern) => isAskedResource(firstPart(pattern), asked)) : undefined;
    // Beside no resources names count for nothing.
    const resourceNames = resources?.length ? only(entry.resourceNames, (name) => asked.names.has(name)) : [];

    return resources && resourceNames ? [{ group, resources, resourceNames }] : [];
  });

  return entries.length && !narrowed.length ? undefined : narrowed;
}

function isAskedResource(resource: string, { resources }: AskedValues): boolean {
  return resource === '*' || resources.has(resource);
}

/** As matchesPath has it, with one look at a URL for all paths. */
function isAskedPath(url: string, paths: readonly string[]): boolean {
  const prefix = url.replace(/\*+$/, '');

  return url.endsWith('*') ? paths.some((path) => path.startsWith(prefix)) : paths.includes(url);
}

/** The values of a list that pass a test, each once; undefined where none does, since an empty list restricts nothing. */
function only(list: readonly string[] = [], test: (value: string) => boolean): readonly string[] | undefined {
  const kept = [...new Set(list)].filter(test);

  return list.length && !kept.length ? undefined : kept;
}
