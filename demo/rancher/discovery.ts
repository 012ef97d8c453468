/**
 * `/apis` as clients ask for it that want all in one answer: aggregated discovery.
 *
 * Source: k8s.io/api/apidiscovery/v2 (APIGroupDiscoveryList); who does not name it by the Accept header gets an APIGroupList
 */
import type { FastifyReply, FastifyRequest } from 'fastify';

import type { JsonObject } from './json';

/** One resource that is served. */
export interface Served {
  readonly group: string;
  readonly version: string;
  readonly resource: string;
  readonly kind: string;
  readonly singular: string;
  readonly shortNames?: readonly string[];
  readonly scope: 'Namespaced' | 'Cluster';
  readonly subresources: readonly string[];
}

const VERBS = ['delete', 'deletecollection', 'get', 'list', 'patch', 'create', 'update', 'watch'];
const SUBRESOURCE_VERBS = ['get', 'patch', 'update'];
const AGGREGATED = /application\/json;g=apidiscovery\.k8s\.io;v=(v2|v2beta1);as=APIGroupDiscoveryList/;

/** Answers `/apis` with what is served outside the core group. */
export function sendDiscovery(request: FastifyRequest, reply: FastifyReply, all: readonly Served[]): FastifyReply {
  const version = AGGREGATED.exec(request.headers.accept ?? '')?.[1];
  const groups = [...new Set(all.map(({ group }) => group))].filter((group) => group !== '').sort();

  if (version === undefined) {
    return reply.type('application/json').send(JSON.stringify({ kind: 'APIGroupList', apiVersion: 'v1', groups: groups.map((name) => groupOf(name, all)) }));
  }

  return reply.type(`application/json;g=apidiscovery.k8s.io;v=${ version };as=APIGroupDiscoveryList`).send(JSON.stringify({
    kind: 'APIGroupDiscoveryList',
    apiVersion: `apidiscovery.k8s.io/${ version }`,
    metadata: {},
    items: groups.map((name) => ({ metadata: { name, creationTimestamp: null }, versions: versionsOf(name, all).map((one) => ({ version: one, resources: all.filter((each) => each.group === name && each.version === one).map(discovered), freshness: 'Current' })) }))
  }));
}

function groupOf(name: string, all: readonly Served[]): JsonObject {
  const versions = versionsOf(name, all).map((version) => ({ groupVersion: `${ name }/${ version }`, version }));

  return { name, versions, preferredVersion: versions[0] ?? null };
}

function versionsOf(name: string, all: readonly Served[]): string[] {
  return [...new Set(all.filter(({ group }) => group === name).map(({ version }) => version))];
}

function discovered({ group, version, resource, kind, singular, shortNames, scope, subresources }: Served): JsonObject {
  const responseKind = { group, version, kind };

  return {
    resource,
    responseKind,
    scope,
    singularResource: singular,
    verbs: VERBS,
    ...(shortNames ? { shortNames: [...shortNames] } : {}),
    ...(subresources.length > 0 ? { subresources: subresources.map((subresource) => ({ subresource, responseKind, verbs: SUBRESOURCE_VERBS })) } : {})
  };
}
