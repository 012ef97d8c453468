/**
 * Who asks and in which namespace, as far as policies tell them apart.
 *
 * Those whom each rule of two policies treats alike are decided alike everywhere: one of them is asked for all. Beside those whom a policy
 * names there are the parts of a cluster, people by each way through Rancher, and someone whom nobody names.
 */
import type { Policy, PolicyRule } from '../policy/types';
import { impersonatorOf, IMPERSONATORS, requesterOf, requestersOf, STRANGER } from './requesters';

/** Someone who asks, in the words that a rule has for them. */
export type Who =
  | { readonly type: 'user' | 'group'; readonly name: string }
  /** A user in a group that the name doesn't bring along. */
  | { readonly type: 'member'; readonly name: string; readonly group: string }
  /** Anyone whom neither policy names. */
  | { readonly type: 'others' }
  /** Nobody: authentication failed. */
  | { readonly type: 'unauthenticated' };

/** Those who are decided alike, and one of them. */
export interface WhoClass {
  readonly user: string | undefined;
  readonly groups: readonly string[];
  readonly members: readonly Who[];
}

/** Namespaces that are decided alike; `''` stands for requests across all of them, undefined for any that no policy names. */
export interface NamespaceClass {
  readonly namespace: string;
  readonly members: readonly (string | undefined)[];
}

interface Asker {
  readonly user: string | undefined;
  readonly groups: readonly string[];
  readonly who: Who;
}

/** More than anyone names by hand. */
const MAX_CANDIDATES = 500;
/** Groups of one rule that its users are asked for in. */
const MAX_GROUPS = 20;
/** So many are counted, where most of them are left out. */
const MAX_COUNTED = 5_000;

const BUILT_IN: readonly Asker[] = [
  { ...requesterOf(STRANGER), who: { type: 'others' } },
  { user: 'system:admin', groups: ['system:masters', 'system:authenticated'], who: { type: 'group', name: 'system:masters' } },
  { ...requesterOf(`system:node:${ STRANGER }`), who: { type: 'group', name: 'system:nodes' } },
  ...['system:kube-scheduler', 'system:kube-controller-manager', 'system:kube-proxy'].map(named),
  { user: 'system:apiserver', groups: ['system:masters', 'system:authenticated'], who: { type: 'user', name: 'system:apiserver' } },
  { ...requesterOf(`system:serviceaccount:kube-system:${ STRANGER }`), who: { type: 'group', name: 'system:serviceaccounts:kube-system' } },
  { ...requesterOf(`system:serviceaccount:${ STRANGER }:${ STRANGER }`), who: { type: 'group', name: 'system:serviceaccounts' } },
  { ...requesterOf(impersonatorOf(STRANGER)), who: { type: 'group', name: IMPERSONATORS } },
  named('system:serviceaccount:cattle-system:cattle'),
  named('system:anonymous'),
  { user: undefined, groups: [], who: { type: 'unauthenticated' } }
];

function named(user: string): Asker {
  return { ...requesterOf(user), who: { type: 'user', name: user } };
}

/** Classes, and how many of those whom policies name are in none, at least. */
export interface Classes<Class> {
  readonly classes: readonly Class[];
  readonly leftOut: number;
}

/** Everyone who is asked for, in classes; the first one holds those whom nobody names. */
export function whoClasses(policies: readonly Policy[]): Classes<WhoClass> {
  const tests = policies.flatMap(({ rules }) => rules.filter(({ users, userGroups }) => users?.length || userGroups?.length));
  const askers = askersOf(tests);
  const [byUser, byGroup] = [indexed(tests.map(({ users }) => users)), indexed(tests.map(({ users, userGroups }) => users?.length ? [] : userGroups))];
  const isInGroup = (groups: readonly string[], { userGroups }: PolicyRule): boolean => !userGroups?.length || groups.some((group) => userGroups.includes(group));
  const matched = ({ user, groups }: Asker): readonly number[] => user === undefined ? [] : [...byUser.get(user)?.filter((index) => isInGroup(groups, tests[index] as PolicyRule)) ?? [], ...new Set(groups.flatMap((group) => byGroup.get(group) ?? []))];
  const classes = classesOf(askers.slice(0, MAX_CANDIDATES), matched)
    .map(([first, ...others]): WhoClass => ({ user: first.user, groups: first.groups, members: [first, ...others].map(({ who }) => who) }));

  const asked = new Set(classes.flatMap(({ members }) => members.flatMap((who) => who.type === 'user' || who.type === 'member' ? who.name : [])));
  const users = [...new Set(tests.flatMap(({ users: named = [] }) => named))].filter((user) => !asked.has(user));
  const groups = new Set(tests.flatMap(({ userGroups = [] }) => userGroups.slice(MAX_GROUPS)));

  return { classes, leftOut: Math.max(0, askers.length - MAX_CANDIDATES, users.length) + groups.size };
}

function askersOf(rules: readonly PolicyRule[]): readonly Asker[] {
  const askers = new Map(BUILT_IN.map((asker) => [keyOf(asker.who), asker]));

  for (const { users = [], userGroups = [], ...rule } of rules) {
    const named = { ...rule, users: users.slice(0, MAX_CANDIDATES), userGroups: userGroups.slice(0, MAX_GROUPS) };

    for (const requester of askers.size < MAX_COUNTED ? requestersOf(named) : []) {
      const who = whoOf(requester.user, named.users.includes(requester.user), requester.groups, named.userGroups);

      askers.set(keyOf(who), askers.get(keyOf(who)) ?? { ...requester, who });
    }
  }

  return [...askers.values()];
}

/** How a rule calls someone whom it is about. */
function whoOf(user: string, isNamed: boolean, groups: readonly string[], wanted: readonly string[]): Who {
  const own = requesterOf(user).groups;
  // What was added comes last.
  const added = groups.find((group) => !own.includes(group));

  if (!isNamed) {
    return { type: 'group', name: added ?? wanted.find((group) => groups.includes(group)) ?? '' };
  }

  return added === undefined ? { type: 'user', name: user } : { type: 'member', name: user, group: added };
}

function keyOf(who: Who): string {
  return JSON.stringify([who.type, 'name' in who ? who.name : '', 'group' in who ? who.group : '']);
}

/** All namespaces in classes, of which the first holds those that nobody names; `''` is one of its own where a policy names it. */
export function namespaceClasses(policies: readonly Policy[]): Classes<NamespaceClass> {
  const tests = policies.flatMap(({ rules }) => rules.flatMap(({ namespaces }) => namespaces?.length ? [namespaces] : []));
  const byNamespace = indexed(tests);
  const all = [undefined, ...new Set(tests.flat())];
  const asked = all.slice(0, MAX_CANDIDATES);
  const classes = classesOf(asked.filter((namespace) => namespace !== ''), (namespace) => byNamespace.get(namespace ?? STRANGER) ?? [])
    .map(([first, ...others]): NamespaceClass => ({ namespace: first ?? STRANGER, members: [first, ...others] }));

  return { classes: asked.includes('') ? [...classes, { namespace: '', members: [''] }] : classes, leftOut: all.length - asked.length };
}

/** For each value the indices of the lists that name it. */
function indexed(lists: readonly (readonly string[] | undefined)[]): ReadonlyMap<string, readonly number[]> {
  const indices = new Map<string, number[]>();

  lists.forEach((list, index) => new Set(list).forEach((value) => {
    indices.set(value, indices.get(value) ?? []);
    indices.get(value)?.push(index);
  }));

  return indices;
}

/** Items that match the same tests, in the order of the first of each. */
function classesOf<Item>(items: readonly Item[], matchedBy: (item: Item) => readonly number[]): [Item, ...Item[]][] {
  const classes = new Map<string, [Item, ...Item[]]>();

  for (const item of items) {
    const key = matchedBy(item).toSorted((one, other) => one - other).join();
    const members = classes.get(key);

    if (members) {
      members.push(item);
    } else {
      classes.set(key, [item]);
    }
  }

  return [...classes.values()];
}
