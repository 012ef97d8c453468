/**
 * What requests can ask for, as far as policies are compared: all that Kubernetes serves, custom resources, and paths outside its resources.
 *
 * What two policies name beside that is among them, so that no rule goes unasked; custom resources that nobody names are asked for by one that
 * stands for them. Source of the paths: k8s.io/apiserver/pkg/server/routes and k8s.io/kubernetes/pkg/controlplane/apiserver.
 */
import { NEWEST_MINOR } from '../policy/kubernetesVersion';
import type { GroupResources, Policy } from '../policy/types';
import { isKnownGroup, resourceNamed, RESOURCES } from './catalogue';
import { matchesResource } from './mismatch';
import { STRANGER } from './requesters';

/** One thing to ask for, with the verbs that it has. */
export interface ResourceKind {
  readonly type: 'resource';
  /** '' is the core group; the stand-in's own for custom resources that no policy names. */
  readonly group: string;
  /** The stand-in's for resources of a group that no policy names. */
  readonly resource: string;
  readonly subresource: string;
  readonly isNamespaced: boolean;
  readonly verbs: readonly string[];
  /** Names of objects that a rule asks for. */
  readonly names: readonly string[];
}

export interface PathKind {
  readonly type: 'path';
  readonly path: string;
  /** The pattern that the path stands for, else the path. */
  readonly label: string;
  readonly verbs: readonly string[];
}

export type RequestKind = ResourceKind | PathKind;

/** Stands for what no policy names: a custom resource, its group, an object, a namespace. */
export const OTHER = STRANGER;

const VERBS = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'];
const SUBRESOURCE_VERBS = ['get', 'patch', 'update'];
const PATH_VERBS = ['get', 'head', 'post', 'put', 'patch', 'delete', 'options'];
const PATHS = [
  '/', '/api', '/api/v1', '/apis', '/apis/apps', '/apis/apps/v1', '/healthz', '/healthz/ping', '/livez', '/livez/ping', '/readyz', '/readyz/ping', '/metrics', '/metrics/slis', '/openapi/v2', '/openapi/v3', '/version',
  '/logs/', '/.well-known/openid-configuration', '/openid/v1/jwks', '/debug/pprof/profile', '/debug/api_priority_and_fairness/dump_queues', '/configz', '/flagz', '/statusz'
];
/** More than people write. */
const MAX_NAMED = 60;

export interface Kinds {
  readonly kinds: readonly RequestKind[];
  /** How many that a policy names are left out. */
  readonly leftOut: number;
}

/**
 * For each kind a number that it shares with those that policies can't tell apart but by the verb: every rule takes them alike, and they are for
 * the same places.
 */
export function kindClasses(kinds: readonly RequestKind[], policies: readonly Policy[]): readonly number[] {
  const entries = policies.flatMap(({ rules }) => rules.flatMap(({ resources }) => resources?.length ? [resources] : []));
  const numbers = new Map<string, number>();

  return kinds.map((kind, index) => {
    const key = kind.type === 'path' ? `path ${ index }` : JSON.stringify([
      kind.isNamespaced, kind.names, kind.resource === 'namespaces', kind.subresource === '', entries.map((groups) => namesCovered(groups, kind))
    ]);

    numbers.set(key, numbers.get(key) ?? numbers.size);

    return numbers.get(key) ?? 0;
  });
}

/** For which names of objects the entries of a rule cover a kind: '*' for all, '' for none. */
function namesCovered(entries: readonly GroupResources[], kind: ResourceKind): string {
  const covering = entries.filter((entry) => covers(entry, kind));

  return covering.some(({ resourceNames }) => !resourceNames?.length) ? '*' : [...new Set(covering.flatMap(({ resourceNames = [] }) => resourceNames))].sort().map((name) => JSON.stringify(name)).join();
}

/** The kinds of requests for a minor version of Kubernetes, and for what policies name; at most so many names of objects for each. */
export function requestKinds(policies: readonly Policy[], minor: number = NEWEST_MINOR, maxNames = 4): Kinds {
  const entries = policies.flatMap(({ rules }) => rules.flatMap(({ resources }) => resources ?? []));
  const custom = customKinds(entries);
  const paths = [...new Set([...PATHS, ...policies.flatMap(({ rules }) => rules.flatMap(({ nonResourceURLs = [] }) => nonResourceURLs))])];
  const shown = paths.slice(0, PATHS.length + MAX_NAMED);
  const named = entries.filter(({ resourceNames }) => resourceNames?.length);
  const served = RESOURCES.filter(({ since, until }) => since <= minor && minor <= until);
  const kinds = [...served.flatMap(({ group, resource, isNamespaced, verbs, subresources }) => [
    { group, resource, subresource: '', isNamespaced, verbs },
    ...[...subresources].map(([subresource, served]) => ({ group, resource, subresource, isNamespaced, verbs: served }))
  ]), ...custom.slice(0, MAX_NAMED)];

  return {
    kinds: [
      ...kinds.map((kind): ResourceKind => ({ type: 'resource', ...kind, names: namesOf(named, kind).slice(0, maxNames) })),
      ...shown.map((label): PathKind => ({ type: 'path', path: pathUnder(label), label, verbs: PATH_VERBS }))
    ],
    leftOut: Math.max(0, custom.length - MAX_NAMED) + paths.length - shown.length
  };
}

type Unnamed = Omit<ResourceKind, 'type' | 'names'>;

/** Resources of groups that the catalogue doesn't have, or that it doesn't have in theirs, after those that stand for all others. */
function customKinds(entries: readonly GroupResources[]): Unnamed[] {
  const kinds = new Map<string, Unnamed>();
  const add = (group: string, resource: string, subresource: string): void => {
    kinds.set(`${ group }/${ resource }/${ subresource }`, { group, resource, subresource, isNamespaced: true, verbs: subresource ? SUBRESOURCE_VERBS : VERBS });
  };

  add(OTHER, OTHER, '');
  add(OTHER, OTHER, 'status');
  for (const { group = '', resources = [] } of entries) {
    if (group !== '*' && !isKnownGroup(group)) {
      add(group, OTHER, '');
    }
    for (const pattern of group === '*' ? [] : resources) {
      const [resource = '', subresource = ''] = pattern.split('/');

      if (resource !== '' && resource !== '*' && !resourceNamed(group, resource)) {
        add(group, resource, '');
        if (subresource !== '' && subresource !== '*') {
          add(group, resource, subresource);
        }
      }
    }
  }

  return [...kinds.values()];
}

/** A path that a pattern covers and that no shorter pattern names. */
function pathUnder(pattern: string): string {
  return pattern.endsWith('*') ? `${ pattern.replace(/\*+$/, '') || '/' }${ OTHER }` : pattern;
}

/** The names of objects that entries ask for of a resource. */
function namesOf(entries: readonly GroupResources[], kind: Unnamed): string[] {
  return [...new Set(entries.filter((entry) => covers(entry, kind)).flatMap(({ resourceNames = [] }) => resourceNames))];
}

/** Whether an entry of a rule is for a resource, of whatever name. */
function covers({ group = '', resources }: GroupResources, kind: Unnamed): boolean {
  return (group === kind.group || group === '*') && (!resources?.length || resources.some((pattern) => matchesResource(pattern, kind.resource, kind.subresource)));
}
