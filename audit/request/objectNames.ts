/**
 * The names of objects that policies tell apart, for each kind of request.
 *
 * Names that each entry of a rule treats alike are decided alike: one of them is asked for all. A Namespace is in the namespace of its own name
 * (k8s.io/apiserver/pkg/endpoints/request/requestinfo.go), so that the namespaces of rules are names of it, too.
 */
import type { GroupResources, Policy } from '../policy/types';
import type { ServedKind } from './customKinds';

/** Names that are decided alike. */
export type NameClass = readonly string[];

/** More than anyone names by hand. */
const MAX_NAMES = 500;

/** Whether a kind is of Namespaces. */
export function isOfNamespaces({ group, resource }: ServedKind): boolean {
  return group === '' && resource === 'namespaces';
}

/** Gives for a kind the indices of the entries that are for it, whatever its name: for the same entries the same list. */
export function coveringOf(entries: readonly GroupResources[]): (kind: ServedKind) => readonly number[] {
  const buckets = new Map<string, Map<string, number[]>>();
  const known = new Map<string, readonly number[]>();

  entries.forEach(({ group = '', resources }, index) => {
    const byPattern = buckets.get(group) ?? new Map<string, number[]>();

    buckets.set(group, byPattern);
    for (const pattern of new Set(resources?.length ? resources : ['*'])) {
      byPattern.set(pattern, byPattern.get(pattern) ?? []);
      byPattern.get(pattern)?.push(index);
    }
  });
  const numbers = new Map([...buckets.values()].flatMap((byPattern) => [...byPattern.values()]).map((bucket, index) => [bucket, index]));

  // The patterns of matchesResource, looked up instead of gone through.
  return ({ group, resource, subresource }) => {
    const patterns = ['*', `${ resource }/*`, ...subresource ? [`*/${ subresource }`, `${ resource }/${ subresource }`] : [resource]];
    const hit = new Set(['*', group].flatMap((each) => patterns.flatMap((pattern) => [buckets.get(each)?.get(pattern) ?? []])));
    const key = [...hit].map((bucket) => numbers.get(bucket)).join();
    const covering = known.get(key) ?? [...new Set([...hit].flat())].toSorted((one, other) => one - other);

    known.set(key, covering);

    return covering;
  };
}

export interface KnownNames {
  /** For a kind the names that policies ask for of it, in classes: for the same names the same list. */
  readonly classesOf: (kind: ServedKind) => readonly NameClass[];
  /** How many names are in no class. */
  readonly leftOut: number;
}

/** The names that policies ask for. */
export function namesIn(policies: readonly Policy[]): KnownNames {
  const entries = policies.flatMap(({ rules }) => rules.flatMap(({ resources = [] }) => resources.filter(({ resourceNames }) => resourceNames?.length)));
  const all = new Set(entries.flatMap(({ resourceNames = [] }) => resourceNames));
  const lists = numberedLists(entries.map(({ resourceNames = [] }) => resourceNames), all);
  const namespaces = policies.flatMap(({ rules }) => rules.flatMap((rule) => rule.namespaces?.length ? [rule.namespaces] : []));
  const ofNamespaces = [...new Set(numberedLists(namespaces, new Set(namespaces.flat())))];
  const covering = coveringOf(entries);
  const byCovering = new Map<readonly number[], readonly NumberedList[]>();
  const byLists = new Map<string, readonly NameClass[]>();

  return {
    leftOut:   Math.max(0, all.size - MAX_NAMES),
    classesOf: (kind) => {
      const indices = covering(kind);
      const ofKind = byCovering.get(indices) ?? [...new Set(indices.flatMap((index) => lists[index] ?? []))];
      const key = `${ isOfNamespaces(kind) } ${ ofKind.map(({ number }) => number).join() }`;
      const classes = byLists.get(key) ?? classesOf([...ofKind, ...isOfNamespaces(kind) ? ofNamespaces : []].map(({ names }) => names));

      byCovering.set(indices, ofKind);
      byLists.set(key, classes);

      return classes;
    }
  };
}

/** Names, and a number that is the same for the same ones. */
interface NumberedList {
  readonly number: number;
  readonly names: readonly string[];
}

/** Lists with the first names of all, where equal ones are the same. */
function numberedLists(lists: readonly (readonly string[])[], all: ReadonlySet<string>): NumberedList[] {
  const kept = new Set([...all].slice(0, MAX_NAMES));
  const known = new Map<string, NumberedList>();

  return lists.map((list) => {
    const names = [...new Set(list)].filter((name) => kept.has(name)).toSorted();
    const key = JSON.stringify(names);

    known.set(key, known.get(key) ?? { number: known.size, names });

    return known.get(key) as NumberedList;
  });
}

/** Names in classes of those that are in the same lists. */
function classesOf(lists: readonly (readonly string[])[]): NameClass[] {
  const listsByName = new Map<string, string>();
  const classes = new Map<string, string[]>();

  lists.forEach((names, index) => new Set(names).forEach((name) => listsByName.set(name, `${ listsByName.get(name) ?? '' } ${ index }`)));
  // '' is no name but that of what has none.
  listsByName.delete('');
  listsByName.forEach((key, name) => {
    const alike = classes.get(key) ?? [];

    alike.push(name);
    classes.set(key, alike);
  });

  return [...classes.values()];
}
