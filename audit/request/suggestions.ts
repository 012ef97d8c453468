/**
 * What can be picked for a field of a rule, given the rest of the rule.
 *
 * A suggestion never restricts: what is not suggested may be typed.
 */
import { NON_RESOURCE_URLS, PATH_VERBS, RESOURCE_VERBS, SYSTEM_GROUPS, SYSTEM_USERS, type BuiltInName } from '../policy/builtins';
import { STAGES, type GroupResources, type PolicyRule, type RuleList } from '../policy/types';
import type { KnownNames, KnownResource } from './knownNames';
import { formOf } from './patternForm';

export interface Suggestion {
  readonly value: string;
  /** What it stands for: where its words are, and their parameters. */
  readonly about?: About;
  /** Other names by which people look for it. */
  readonly otherNames?: readonly string[];
}

export interface About {
  /** The kind of name. */
  readonly of: 'users' | 'userGroups' | 'nonResourceURLs' | 'namespaces' | 'omitStages' | 'group' | 'resources' | 'verbs';
  readonly key: string;
  readonly params?: Readonly<Record<string, string | number>>;
}

/** Resources that are named for a group. */
const EXAMPLES = 3;

export const USER_GROUP_SUGGESTIONS: readonly Suggestion[] = builtIn('userGroups', SYSTEM_GROUPS);

export const STAGE_SUGGESTIONS: readonly Suggestion[] = STAGES.map((value) => ({ value, about: { of: 'omitStages', key: value } }));

/** What can be picked for a list of a rule. */
export function suggestionsFor(field: RuleList, rule: PolicyRule, names: KnownNames): readonly Suggestion[] {
  switch (field) {
    case 'users':
      return builtIn('users', SYSTEM_USERS);
    case 'userGroups':
      return USER_GROUP_SUGGESTIONS;
    case 'verbs':
      return verbs(rule, names);
    case 'namespaces':
      return [{ value: '', about: { of: 'namespaces', key: 'none' } }, ...names.namespaces.map((value) => ({ value }))];
    case 'nonResourceURLs':
      return builtIn('nonResourceURLs', NON_RESOURCE_URLS);
    case 'omitStages':
      return STAGE_SUGGESTIONS;
  }
}

/** The API groups, each with some of what is in it: the core group '' first, those that only the cluster has last. */
export function groupSuggestions({ resources }: KnownNames): readonly Suggestion[] {
  const byGroup = new Map<string, KnownResource[]>();

  for (const entry of resources) {
    byGroup.set(entry.group, [...byGroup.get(entry.group) ?? [], entry]);
  }
  const isOwn = (entries: readonly KnownResource[]): boolean => entries.some(({ isBuiltIn }) => isBuiltIn);
  const groups = [...byGroup].sort(([one, its], [other, others]) => Number(isOwn(others)) - Number(isOwn(its)) || (one < other ? -1 : 1));

  return [
    ...groups.map(([value, entries]): Suggestion => ({
      value,
      about:      { of: 'group', key: !isOwn(entries) ? 'custom' : value === '' ? 'core' : 'builtIn', params: { resources: entries.slice(0, EXAMPLES).map(({ resource }) => resource).join(', '), more: Math.max(0, entries.length - EXAMPLES) } },
      otherNames: [...value === '' ? ['core'] : [], ...entries.map(({ resource }) => resource)]
    })),
    { value: '*', about: { of: 'group', key: 'any' } }
  ];
}

/**
 * The resources of a group and what can be written of each: first the subresources of those that are chosen already, which alone does not
 * cover.
 */
export function resourceSuggestions({ group = '', resources: chosen = [] }: GroupResources, { resources }: KnownNames): readonly Suggestion[] {
  const here = group === '*' ? firstByName(resources) : resources.filter((entry) => entry.group === group);
  const isChosen = ({ resource }: KnownResource): boolean => chosen.some((pattern) => formOf(pattern) !== 'nothing' && firstPart(pattern) === resource);
  const subresources = [...new Set(here.flatMap((entry) => [...entry.subresources.keys()]))].sort();

  return [
    ...here.filter(isChosen).flatMap(partsOf),
    ...here.flatMap((entry) => isChosen(entry) ? [whole(entry)] : [whole(entry), ...partsOf(entry)]),
    { value: '*', about: { of: 'resources', key: 'everything' } },
    ...subresources.map((subresource): Suggestion => ({ value: `*/${ subresource }`, about: { of: 'resources', key: 'ofAnyResource', params: { subresource } } }))
  ];
}

/** The verbs that what a rule is about can have; all of them where that is not known. */
function verbs(rule: PolicyRule, names: KnownNames): readonly Suggestion[] {
  const isForResources = Boolean(rule.resources?.length) || Boolean(rule.namespaces?.length);

  if (!isForResources) {
    const all = rule.nonResourceURLs?.length ? PATH_VERBS : [...new Set<string>([...RESOURCE_VERBS, ...PATH_VERBS])];

    return all.map((value) => ({ value, about: { of: 'verbs', key: rule.nonResourceURLs?.length || !(RESOURCE_VERBS as readonly string[]).includes(value) ? 'ofPaths' : value } }));
  }
  const served = rule.resources?.flatMap((group) => servedBy(group, names)) ?? [];
  const isSure = served.length > 0 && served.every((each) => each.verbs);

  return RESOURCE_VERBS.flatMap((value): Suggestion[] => {
    const those = served.filter((each) => !each.verbs || each.verbs.has(value));

    if (isSure && !those.length) {
      return [];
    }

    return [{ value, about: isSure && those.length < served.length ? { of: 'verbs', key: 'ofSome', params: { resources: those.map(({ pattern }) => pattern).join(', ') } } : { of: 'verbs', key: value } }];
  });
}

interface Served {
  readonly pattern: string;
  /** Undefined where it is not known. */
  readonly verbs: ReadonlySet<string> | undefined;
}

function servedBy({ group = '', resources = [] }: GroupResources, names: KnownNames): Served[] {
  const here = group === '*' ? names.resources : names.resources.filter((entry) => entry.group === group);
  const patterns = resources.length ? resources : ['*'];

  return patterns.map((pattern) => {
    const verbsThere = verbsOf(pattern, here);

    return { pattern, verbs: verbsThere.length ? new Set(verbsThere) : undefined };
  });
}

/** The verbs of all that an entry covers among some resources; none where it covers none of them. */
function verbsOf(pattern: string, here: readonly KnownResource[]): readonly string[] {
  const [resource = '', subresource = ''] = pattern.split('/');
  const named = here.filter((entry) => entry.resource === resource);

  switch (formOf(pattern)) {
    case 'everything':
      return here.flatMap(allVerbs);
    case 'resource':
      return named.flatMap((entry) => entry.verbs);
    case 'withSubresources':
      return named.flatMap(allVerbs);
    case 'subresource':
      return named.flatMap((entry) => entry.subresources.get(subresource) ?? []);
    case 'ofAnyResource':
      return here.flatMap((entry) => entry.subresources.get(subresource) ?? []);
    case 'nothing':
      return [];
  }
}

function allVerbs({ verbs: own, subresources }: KnownResource): readonly string[] {
  return [...own, ...[...subresources.values()].flat()];
}

function whole({ resource, kind, isNamespaced, subresources, otherNames, isBuiltIn }: KnownResource): Suggestion {
  const scope = isNamespaced ? 'namespaced' : 'clusterWide';

  return { value: resource, about: { of: 'resources', key: `${ scope }${ isBuiltIn ? '' : 'Custom' }${ subresources.size ? 'Alone' : '' }`, params: { kind } }, otherNames: [...otherNames, kind] };
}

/** The subresources of a resource, and the form that covers it with all of them. */
function partsOf({ resource, subresources }: KnownResource): Suggestion[] {
  return subresources.size ? [
    ...[...subresources.keys()].sort().map((subresource): Suggestion => ({ value: `${ resource }/${ subresource }`, about: { of: 'resources', key: 'subresource', params: { resource } } })),
    { value: `${ resource }/*`, about: { of: 'resources', key: 'withSubresources', params: { resource } } }
  ] : [];
}

function builtIn(of: About['of'], all: readonly BuiltInName[]): readonly Suggestion[] {
  return all.map(({ name, about }) => ({ value: name, about: { of, key: about } }));
}

function firstByName(resources: readonly KnownResource[]): KnownResource[] {
  return [...new Map(resources.toReversed().map((entry) => [entry.resource, entry])).values()].sort((one, other) => one.resource < other.resource ? -1 : 1);
}

function firstPart(pattern: string): string {
  return pattern.split('/')[0] ?? '';
}
