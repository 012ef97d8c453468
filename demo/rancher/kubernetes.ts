/**
 * `/api` and `/apis`: Kubernetes' own paths, which Steve passes on in the user's name. Unlike PUT through Steve, a
 * write here obeys `dryRun`.
 *
 * Source: steve pkg/proxy, Kubernetes API conventions (Status, List)
 */
import { dump } from 'js-yaml';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import { userOf } from './authentication';
import { bodyObject, bodyText } from './bodies';
import { sendDiscovery, type Served } from './discovery';
import { sorted, stringAt, type JsonObject } from './json';
import type { Store } from './objects';
import { SteveError, forbidden, methodNotSupported } from './steve/errors';
import { create, existing, patch, remove, replaceNamed, type Target, type Written } from './steve/writes';
import { RESOURCE_TYPES, apiVersionOf, type ResourceType } from './types';
import { accessOf } from './users';
import type { Mutator } from './webhook/webhook';

interface Place {
  readonly type: ResourceType;
  readonly namespace: string;
  readonly name: string;
}

/** Adds Kubernetes' paths under a prefix, as `steveRoutes` does with Steve's. */
export function kubernetesRoutes(app: FastifyInstance, prefix: string, objects: Store, mutators: readonly Mutator[]): void {
  const handler = (request: FastifyRequest<{ Params: { '*': string } }>, reply: FastifyReply): FastifyReply => {
    try {
      return answer(request, reply, placeOf(request.url.slice(prefix.length)), objects, mutators);
    } catch (error) {
      if (error instanceof SteveError && error.status !== 401) {
        return send(request, reply, statusOf(error), error.status);
      }
      throw error;
    }
  };

  app.get(`${ prefix }/apis`, (request, reply) => {
    userOf(request);

    return sendDiscovery(request, reply, RESOURCE_TYPES.map(served));
  });
  app.all(`${ prefix }/api/*`, handler);
  app.all(`${ prefix }/apis/*`, handler);
}

function answer(request: FastifyRequest, reply: FastifyReply, place: Place | undefined, objects: Store, mutators: readonly Mutator[]): FastifyReply {
  const access = accessOf(userOf(request), objects);

  if (!place) {
    return reply.code(404).type('text/plain; charset=utf-8').send('404 page not found\n');
  }

  const { type, namespace, name } = place;
  const target: Target = { type, namespace, name, access, objects, mutators, query: new URL(request.url, 'http://localhost').searchParams };
  const written = ({ object, warnings }: Written, status: number): FastifyReply => {
    if (warnings.length > 0) {
      reply.header('warning', warnings.map((warning) => `299 - ${ JSON.stringify(warning) }`));
    }

    return send(request, reply, object, status);
  };

  switch (request.method) {
    case 'GET':
      return send(request, reply, name === '' ? listOf(target) : existing(target, 'get', namespace, name), 200);
    case 'POST':
      return written(create(target, bodyObject(request)), 201);
    case 'PUT':
      return written(replaceNamed(target, bodyObject(request)), 200);
    case 'PATCH':
      return written(patch(target, request.headers['content-type'] ?? '', bodyText(request)), 200);
    case 'DELETE': {
      const object = existing(target, 'delete', namespace, name);

      remove(target);

      return send(request, reply, object, 200);
    }
    default:
      throw methodNotSupported(request.method);
  }
}

function listOf({ type, namespace, access, objects }: Target): JsonObject {
  if (!access.grants('list', type, namespace, '')) {
    throw forbidden(access.user, 'list', type, namespace, '');
  }

  return {
    apiVersion: apiVersionOf(type),
    kind: `${ type.kind }List`,
    metadata: { resourceVersion: objects.revision(type) },
    items: objects.list(type).filter((object) => namespace === '' || stringAt(object, 'metadata', 'namespace') === namespace)
  };
}

function placeOf(url: string): Place | undefined {
  const [path = ''] = url.split('?');
  const [, api, ...rest] = path.split('/').map((part) => decodeURIComponent(part));
  const [group, version, ...inside] = api === 'api' ? ['', ...rest] : rest;
  const scoped = inside[0] === 'namespaces' && inside.length > 2;
  const [resource, name = '', ...more] = scoped ? inside.slice(2) : inside;
  const type = RESOURCE_TYPES.find((candidate) => candidate.group === group && candidate.version === version && candidate.resource === resource);

  return type && more.length === 0 && !type.createOnly ? { type, namespace: scoped ? inside[1] ?? '' : '', name } : undefined;
}

function served({ group, version, resource, kind, namespaced, statusSubresource }: ResourceType): Served {
  return { group, version, resource, kind, singular: kind.toLowerCase(), scope: namespaced ? 'Namespaced' : 'Cluster', subresources: statusSubresource ? ['status'] : [] };
}

function statusOf(error: SteveError): JsonObject {
  return { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message: error.message, reason: error.code, code: error.status };
}

function send(request: FastifyRequest, reply: FastifyReply, body: JsonObject, status: number): FastifyReply {
  reply.code(status);

  return (request.headers.accept ?? '').includes('application/yaml')
    ? reply.type('application/yaml').send(dump(sorted(body), { lineWidth: -1, noArrayIndent: true }))
    : reply.type('application/json').send(JSON.stringify(body));
}
