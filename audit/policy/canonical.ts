/**
 * A policy without what says nothing, in one form: to compare policies, and to print them.
 */
import type { Policy, PolicyRule } from './types';

/**
 * The policy as a plain object with its keys in alphabetical order. Empty lists, empty strings and false are left out, but for a
 * rule's own `omitManagedFields`, where false differs from nothing; an empty group of resources stays.
 */
export function canonicalPolicy({ omitStages, omitManagedFields, rules }: Policy): Readonly<Record<string, unknown>> {
  return kept({ omitManagedFields: omitManagedFields || undefined, omitStages, rules: rules.map(canonicalRule) }, ['rules']);
}

function canonicalRule({ level, omitManagedFields, resources, ...lists }: PolicyRule): object {
  const groups = resources?.map(({ group, resources: names, resourceNames }) => kept({ group, resourceNames, resources: names }));

  return kept({ ...lists, level, omitManagedFields, resources: groups });
}

function kept(fields: Readonly<Record<string, unknown>>, always: readonly string[] = []): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(fields)
    .filter(([name, value]) => always.includes(name) || (value !== undefined && value !== '' && !(Array.isArray(value) && !value.length)))
    .sort(([one], [other]) => one < other ? -1 : 1));
}
