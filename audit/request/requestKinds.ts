/**
 * What requests can ask for, as far as policies are compared: all that Kubernetes serves, custom resources, and paths outside its resources.
 *
 * What two policies name beside that is among them, so that no rule goes unasked; custom resources that nobody names are asked for by one that
 * stands for them. Nobody knows the scope of a custom resource: where a rule tells the scopes apart, it is asked for in both.
 * Source of the paths: k8s.io/apiserver/pkg/server/routes and k8s.io/kubernetes/pkg/controlplane/apiserver.
 */
import { NEWEST_MINOR } from '../policy/kubernetesVersion';
import type { Policy } from '../policy/types';
import { resourceNamed, RESOURCES } from './catalogue';
import { customKinds, type ServedKind } from './customKinds';
import { namesIn, type NameClass } from './objectNames';
import { STRANGER } from './requesters';

export interface ResourceKind extends ServedKind {
  readonly type: 'resource';
  /** Names of objects that a rule asks for. */
  readonly names: readonly NameClass[];
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

const PATH_VERBS = ['get', 'head', 'post', 'put', 'patch', 'delete', 'options'];
const PATHS = [
  '/', '/api', '/api/v1', '/apis', '/apis/apps', '/apis/apps/v1', '/healthz', '/healthz/ping', '/livez', '/livez/ping', '/readyz', '/readyz/ping', '/metrics', '/metrics/slis', '/openapi/v2', '/openapi/v3', '/version',
  '/logs/', '/.well-known/openid-configuration', '/openid/v1/jwks', '/debug/pprof/profile', '/debug/api_priority_and_fairness/dump_queues', '/configz', '/flagz', '/statusz'
];
/** More than people write. */
const MAX_PATHS = 60;
/** Resources that rules name in any group are asked for in each custom group that one names. */
const MAX_CUSTOM = 600;

export interface Kinds {
  readonly kinds: readonly RequestKind[];
  /** How many names of the policies are left out, at least. */
  readonly leftOut: number;
}

/** The kinds of requests for a minor version of Kubernetes, and for what policies name; so many custom resources at most. */
export function requestKinds(policies: readonly Policy[], minor: number = NEWEST_MINOR, mostCustom: number = MAX_CUSTOM): Kinds {
  const custom = customKinds(policies.flatMap(({ rules }) => rules.flatMap(({ resources }) => resources ?? [])));
  const kinds = [...servedKinds(minor), ...inBothScopes(custom.slice(0, mostCustom), policies)];
  const names = namesIn(policies);
  const paths = [...new Set([...PATHS, ...policies.flatMap(({ rules }) => rules.flatMap(({ nonResourceURLs = [] }) => nonResourceURLs))])];
  const shown = paths.slice(0, PATHS.length + MAX_PATHS);

  return {
    kinds: [
      ...kinds.map((kind): ResourceKind => ({ type: 'resource', ...kind, names: names.classesOf(kind) })),
      ...shown.map((label): PathKind => ({ type: 'path', path: pathUnder(label), label, verbs: PATH_VERBS }))
    ],
    leftOut: Math.max(0, custom.length - mostCustom) + names.leftOut + paths.length - shown.length
  };
}

/** Kinds with so many classes of names for each, at most. */
export function withFewerNames({ kinds, leftOut }: Kinds, most: number): Kinds {
  const lists = new Set(kinds.flatMap((kind) => kind.type === 'resource' ? [kind.names] : []));
  const unasked = new Set([...lists].flatMap((names) => names.slice(most).flat()));
  const fewer = new Map([...lists].map((names) => [names, names.slice(0, most)]));

  return { kinds: kinds.map((kind) => kind.type === 'resource' ? { ...kind, names: fewer.get(kind.names) ?? kind.names } : kind), leftOut: leftOut + unasked.size };
}

/** What a minor version of Kubernetes serves. */
function servedKinds(minor: number): ServedKind[] {
  return RESOURCES.filter(({ since, until }) => since <= minor && minor <= until).flatMap(({ group, resource, isNamespaced, verbs, subresources }) => [
    { group, resource, subresource: '', isNamespaced, verbs },
    ...[...subresources].map(([subresource, served]) => ({ group, resource, subresource, isNamespaced, verbs: served }))
  ]);
}

/** Kinds, and those of unknown scope once more outside any namespace, where a rule tells that apart from a namespace that nobody names. */
function inBothScopes(kinds: readonly ServedKind[], policies: readonly Policy[]): ServedKind[] {
  const isToldApart = policies.some(({ rules }) => rules.some(({ namespaces }) => namespaces?.includes('')));

  return kinds.flatMap((kind) => isToldApart && !resourceNamed(kind.group, kind.resource) ? [kind, { ...kind, isNamespaced: false }] : [kind]);
}

/** A path that a pattern covers and that no shorter pattern names. */
function pathUnder(pattern: string): string {
  return pattern.endsWith('*') ? `${ pattern.replace(/\*+$/, '') || '/' }${ OTHER }` : pattern;
}
