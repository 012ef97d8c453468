/**
 * What policies name and Kubernetes itself doesn't serve: custom resources, those of aggregated APIs, and subresources.
 *
 * A group that the catalogue doesn't have may serve anything; one that it has serves what is in there, and what a rule names in this very group.
 * Source: k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1/types.go (CustomResourceSubresources).
 */
import type { GroupResources } from '../policy/types';
import { API_GROUPS, isKnownGroup, resourceNamed, RESOURCES } from './catalogue';
import { formOf } from './patternForm';
import { STRANGER as OTHER } from './requesters';

/** One thing to ask for, with the verbs that it has. */
export interface ServedKind {
  /** '' is the core group; the stand-in's own for custom resources that no policy names. */
  readonly group: string;
  /** The stand-in's for resources of a group that no policy names. */
  readonly resource: string;
  readonly subresource: string;
  readonly isNamespaced: boolean;
  readonly verbs: readonly string[];
}

/** Subresources by resource, that rules name in one group; '*' is for any of either, and '' for the resource itself. */
type Named = ReadonlyMap<string, ReadonlySet<string>>;

const NOTHING: Named = new Map();
const VERBS = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'];
const SUBRESOURCE_VERBS = ['create', 'delete', 'get', 'patch', 'update'];
const SCALE_VERBS = ['get', 'patch', 'update'];
/** All that a custom resource can have. */
const CUSTOM_SUBRESOURCES = ['status', 'scale'];
/** So many are counted, where most of them are left out. */
const MAX_COUNTED = 5_000;

/** The kinds that entries of rules name, after those that stand for all others; what one names in all groups comes last. Their scope is a guess but where the catalogue knows it. */
export function customKinds(entries: readonly GroupResources[]): readonly ServedKind[] {
  const named = namedByGroup(entries);
  const kinds = new Map<string, ServedKind>();

  for (const everywhere of [NOTHING, named.get('*') ?? NOTHING]) {
    for (const kind of kindsNamed(named, everywhere)) {
      kinds.set(JSON.stringify([kind.group, kind.resource, kind.subresource]), kind);
      if (kinds.size === MAX_COUNTED) {
        return [...kinds.values()];
      }
    }
  }

  return [...kinds.values()];
}

function namedByGroup(entries: readonly GroupResources[]): ReadonlyMap<string, Named> {
  const groups = new Map<string, Map<string, Set<string>>>();

  for (const { group = '', resources = [] } of entries) {
    const named = groups.get(group) ?? new Map<string, Set<string>>();

    groups.set(group, named);
    for (const pattern of resources.filter((each) => each !== '*' && formOf(each) !== 'nothing')) {
      const [resource = '', subresource = ''] = pattern.split('/');

      named.set(resource, (named.get(resource) ?? new Set<string>()).add(subresource));
    }
  }

  return groups;
}

/** One after the other, since there may be more than anyone wants. */
function* kindsNamed(named: ReadonlyMap<string, Named>, everywhere: Named): Generator<ServedKind> {
  for (const group of [OTHER, ...named.keys()]) {
    if (group !== '*' && !isKnownGroup(group)) {
      yield* kindsOfCustomGroup(group, named.get(group) ?? NOTHING, everywhere);
    }
  }
  for (const group of API_GROUPS) {
    yield* kindsOfKnownGroup(group, named.get(group) ?? NOTHING, everywhere);
  }
}

function* kindsOfCustomGroup(group: string, own: Named, everywhere: Named): Generator<ServedKind> {
  yield* kindsOf(group, OTHER, ['', ...group === OTHER ? ['status'] : [], ...subresourcesNamed('*', own, everywhere)]);
  for (const resource of new Set([...own.keys(), ...everywhere.keys()])) {
    if (resource !== '*') {
      // A subresource that no rule names is like those of all others.
      yield* kindsOf(group, resource, ['', ...subresourcesNamed(resource, own, everywhere), ...subresourcesNamed('*', own, everywhere)]);
    }
  }
}

function* kindsOfKnownGroup(group: string, own: Named, everywhere: Named): Generator<ServedKind> {
  for (const resource of new Set([...own.keys(), ...everywhere.keys()])) {
    const served = resourceNamed(group, resource);

    if (served) {
      yield* kindsOf(group, resource, subresourcesNamed(resource, own, everywhere).filter((subresource) => subresource !== '' && subresource !== '*' && !served.subresources.has(subresource)), served.isNamespaced);
    } else if (resource === '*') {
      yield* kindsOf(group, OTHER, subresourcesNamed('*', own).filter((subresource) => !RESOURCES.some((each) => each.group === group && each.subresources.has(subresource))));
    } else if (own.has(resource)) {
      yield* kindsOf(group, resource, ['', ...CUSTOM_SUBRESOURCES, ...subresourcesNamed(resource, own, everywhere), ...subresourcesNamed('*', own, everywhere)]);
    }
  }
}

function subresourcesNamed(resource: string, ...named: readonly Named[]): string[] {
  return named.flatMap((names) => [...names.get(resource) ?? []]);
}

function* kindsOf(group: string, resource: string, subresources: readonly string[], isNamespaced = true): Generator<ServedKind> {
  for (const subresource of subresources.flatMap((each) => each === '*' ? CUSTOM_SUBRESOURCES : [each])) {
    yield { group, resource, subresource, isNamespaced, verbs: subresource === '' ? VERBS : CUSTOM_SUBRESOURCES.includes(subresource) ? SCALE_VERBS : SUBRESOURCE_VERBS };
  }
}
