/**
 * The names of objects that policies tell apart, for each kind of request.
 *
 * Names that each entry of a rule treats alike are decided alike: one of them is asked for all. A Namespace is in the namespace of its own name
 * (k8s.io/apiserver/pkg/endpoints/request/requestinfo.go), so that the namespaces of rules are names of it, too.
 */
import type { GroupResources, Policy } from '../policy/types';
import type { ServedKind } from './customKinds';
import { matchesResource } from './mismatch';

/** Names that are decided alike. */
export type NameClass = readonly string[];

/** Whether an entry of a rule is for a resource, of whatever name. */
export function covers({ group = '', resources }: GroupResources, kind: ServedKind): boolean {
  return (group === kind.group || group === '*') && (!resources?.length || resources.some((pattern) => matchesResource(pattern, kind.resource, kind.subresource)));
}

/** Whether a kind is of Namespaces. */
export function isOfNamespaces({ group, resource }: ServedKind): boolean {
  return group === '' && resource === 'namespaces';
}

/** Gives for a kind all names that policies ask for of it, in classes. */
export function nameClassesOf(policies: readonly Policy[]): (kind: ServedKind) => readonly NameClass[] {
  const entries = policies.flatMap(({ rules }) => rules.flatMap(({ resources = [] }) => resources.filter(({ resourceNames }) => resourceNames?.length)));
  const namespaces = policies.flatMap(({ rules }) => rules.flatMap((rule) => rule.namespaces?.length ? [rule.namespaces] : []));
  const known = new Map<string, readonly NameClass[]>();

  return (kind) => {
    const covering = entries.flatMap((entry, index) => covers(entry, kind) ? [index] : []);
    const key = `${ isOfNamespaces(kind) } ${ covering.join() }`;
    const classes = known.get(key) ?? classesOf([...covering.map((index) => entries[index]?.resourceNames ?? []), ...isOfNamespaces(kind) ? namespaces : []]);

    known.set(key, classes);

    return classes;
  };
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
