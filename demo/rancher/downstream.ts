/**
 * What Rancher passes on to the sample clusters: discovery and the namespaces, the same for each that is ready. All else has no agent here.
 *
 * Source: rancher pkg/clusterrouter and pkg/k8sproxy; who is no member of a cluster is refused before the cluster is asked
 */
import { readFileSync } from 'node:fs';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { load } from 'js-yaml';

import { userOf } from './authentication';
import { sendDiscovery, type Served } from './discovery';
import { objectsAt, stringAt } from './json';
import type { Objects } from './objects';
import { SEED_SCHEMA, seedFile } from './seed';
import { envelope } from './steve/collections';
import { SteveError, forbidden } from './steve/errors';
import { typeNeeded } from './types';
import { accessOf } from './users';

const CLUSTER = typeNeeded('management.cattle.io.cluster');

/** Adds the paths of the sample clusters, and refuses all others of any cluster. */
export function downstreamRoutes(app: FastifyInstance, objects: Objects): void {
  const served = seedOf<Served>('custom-resources.yaml');
  const namespaces = seedOf<string>('namespaces.yaml');

  app.get<{ Params: { id: string } }>('/k8s/clusters/:id/apis', (request, reply) => {
    checkReached(request, objects, request.params.id);

    return sendDiscovery(request, reply, served);
  });
  app.get<{ Params: { id: string } }>('/k8s/clusters/:id/v1/namespaces', (request, reply) => {
    const { id } = request.params;

    checkReached(request, objects, id);

    return reply.send(envelope('namespace', `${ request.protocol }://${ request.host }/k8s/clusters/${ id }/v1/namespaces`, namespaces.map((name) => ({ id: name, type: 'namespace', metadata: { name } }))));
  });
  app.all('/k8s/clusters/*', () => {
    throw unavailable();
  });
}

function checkReached(request: FastifyRequest, objects: Objects, id: string): void {
  const access = accessOf(userOf(request), objects);
  const cluster = objects.get(CLUSTER, '', id);

  if (cluster && !access.grants('get', CLUSTER, '', id)) {
    throw forbidden(access.user, 'get', CLUSTER, '', id);
  }
  if (!objectsAt(cluster, 'status', 'conditions').some((condition) => stringAt(condition, 'type') === 'Ready' && stringAt(condition, 'status') === 'True')) {
    throw unavailable();
  }
}

function unavailable(): SteveError {
  return new SteveError(503, 'ClusterUnavailable', 'cluster not found');
}

function seedOf<Item>(file: string): Item[] {
  return load(readFileSync(seedFile('downstream', file), 'utf8'), { schema: SEED_SCHEMA }) as Item[];
}
