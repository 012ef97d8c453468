/**
 * `/v3`: as much of Rancher's older API as the dashboards of 2.10 to 2.15 need.
 *
 * Source: norman api/server.go, rancher pkg/api/norman
 */
import type {} from '@fastify/websocket';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import { setAuthHeader, userOf } from '../authentication';
import { bodyObject } from '../bodies';
import { stringAt, type JsonObject } from '../json';
import type { Objects } from '../objects';
import { USERS, type User } from '../users';
import { updateCluster } from './clusterWrites';
import { NormanError, normanErrorBody } from './errors';
import { cloudCredential, mayUpdate, normanCluster, normanSetting, normanUser, principalOf, readable, registrationToken } from './resources';
import { normanSchema, normanTypes } from './schemas';

interface Source {
  readonly user: User;
  readonly objects: Objects;
  readonly baseUrl: string;
  readonly serverUrl: string;
  readonly query: URLSearchParams;
}

/** Where the resources of a type come from. */
const COLLECTIONS: Readonly<Record<string, (source: Source) => JsonObject[]>> = {
  principal: ({ user, baseUrl }) => [principalOf(user, true, baseUrl)],
  user: ({ user, baseUrl, query }) => USERS
    .filter((one) => query.get('me') === 'true' ? one === user : one === user || user.globalRole !== 'user')
    .map((one) => normanUser(one, one === user, baseUrl)),
  setting: ({ user, objects, baseUrl }) => readable(objects, 'management.cattle.io.setting', user).map((setting) => normanSetting(setting, baseUrl)),
  cluster: ({ user, objects, baseUrl }) => readable(objects, 'management.cattle.io.cluster', user).map((cluster) => normanCluster(cluster, baseUrl, mayUpdate(objects, user, cluster))),
  cloudCredential: ({ user, objects, baseUrl }) => readable(objects, 'secret', user)
    .filter((secret) => stringAt(secret, 'metadata', 'namespace') === 'cattle-global-data')
    .map((secret) => cloudCredential(secret, baseUrl)),
  clusterRegistrationToken: ({ user, objects, baseUrl, serverUrl }) => readable(objects, 'management.cattle.io.cluster', user)
    .map((cluster) => registrationToken(cluster, serverUrl, baseUrl))
};

/** Adds `/v3` and `/v3-public`. */
export function normanRoutes(app: FastifyInstance, objects: Objects, serverVersion: string): void {
  const types = normanTypes(serverVersion);
  const typeNamed = (name: string): string | undefined => types.find(({ id, pluralName }) => [id, pluralName].some((known) => known.toLowerCase() === name.toLowerCase()))?.id;
  const sourceOf = (request: FastifyRequest): Source => {
    const serverUrl = `${ request.protocol }://${ request.host }`;

    return { user: userOf(request), objects, baseUrl: `${ serverUrl }/v3`, serverUrl, query: new URL(request.url, serverUrl).searchParams };
  };

  app.get('/v3', (request, reply) => {
    const { baseUrl } = sourceOf(request);
    const links = Object.fromEntries(types.map(({ pluralName }) => [pluralName, `${ baseUrl }/${ pluralName.toLowerCase() }`]));

    return reply.send({ id: 'v3', type: 'apiRoot', baseType: 'apiRoot', apiVersion: { group: 'management.cattle.io', path: '/v3', version: 'v3' }, links: { ...links, self: baseUrl }, actions: {} });
  });
  app.get('/v3/schemas', (request, reply) => {
    const { baseUrl } = sourceOf(request);

    return reply.send(collection('schema', `${ baseUrl }/schemas`, types.map((type) => normanSchema(type, baseUrl))));
  });
  app.get<{ Params: { type: string } }>('/v3/:type', (request, reply) => {
    const source = sourceOf(request);
    const type = typeNamed(request.params.type);

    return type
      ? reply.send(collection(type, `${ source.baseUrl }/${ request.params.type }`, COLLECTIONS[type]?.(source) ?? []))
      : sendError(reply, 404, 'NotFound', 'failed to find resource by type');
  });
  app.get<{ Params: { type: string; id: string } }>('/v3/:type/:id', (request, reply) => {
    const source = sourceOf(request);
    const type = typeNamed(request.params.type);
    const found = type && COLLECTIONS[type]?.(source).find((resource) => resource['id'] === request.params.id);

    return found ? reply.send(found) : sendError(reply, 404, 'NotFound', 'not found');
  });
  app.put<{ Params: { type: string; id: string } }>('/v3/:type/:id', async (request, reply) => {
    const { user, baseUrl, query } = sourceOf(request);

    if (typeNamed(request.params.type) !== 'cluster') {
      return sendError(reply, 405, 'MethodNotAllowed', 'Method not allowed');
    }
    try {
      const cluster = await objects.stored(() => updateCluster(objects, user, request.params.id, bodyObject(request), query.get('_replace') === 'true'));

      return reply.send(normanCluster(cluster, baseUrl, true));
    } catch (error) {
      if (error instanceof NormanError) {
        return reply.code(error.status).send(normanErrorBody(error));
      }
      throw error;
    }
  });
  app.post<{ Params: { type: string } }>('/v3/:type', (request, reply) => {
    const source = sourceOf(request);
    const cluster = typeNamed(request.params.type) === 'clusterRegistrationToken' ? stringAt(bodyObject(request), 'clusterId') : '';
    const token = COLLECTIONS['clusterRegistrationToken']?.(source).find((one) => one['clusterId'] === cluster);

    // Rancher makes the default token of a cluster by itself; asking for it again is answered with it.
    return token ? reply.code(201).send(token) : sendError(reply, 405, 'MethodNotAllowed', 'Method not allowed');
  });
  for (const path of ['/v3-public/authProviders', '/v3-public/authproviders', '/v1-public/authproviders']) {
    app.get(path, (request, reply) => {
      setAuthHeader(reply, true);

      const serverUrl = `${ request.protocol }://${ request.host }`;

      return reply.send(collection('authProvider', `${ serverUrl }${ path }`, [
        { id: 'local', type: 'localProvider', baseType: 'authProvider', links: { self: `${ serverUrl }${ path }/local` }, actions: { login: `${ serverUrl }${ path }/local?action=login` } }
      ]));
    });
  }
  app.route({
    method: 'GET',
    url: '/v3/subscribe',
    handler: (_request, reply) => sendError(reply, 400, 'InvalidFormat', 'this is a websocket'),
    // The dashboard keeps this socket open; nothing that it shows of the demo changes through /v3.
    wsHandler: (socket) => {
      socket.on('error', () => socket.terminate());
    }
  });
}

function collection(resourceType: string, self: string, data: JsonObject[]): JsonObject {
  return { type: 'collection', resourceType, links: { self }, createTypes: {}, actions: {}, pagination: { limit: 1000, total: data.length }, sort: { order: 'asc', reverse: '' }, filters: {}, data };
}

function sendError(reply: FastifyReply, status: number, code: string, message: string): FastifyReply {
  return reply.code(status).send(normanErrorBody(new NormanError(status, code, message)));
}
