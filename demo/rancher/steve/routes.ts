/**
 * `/v1`: Steve's routes, over one set of objects.
 *
 * Source: steve pkg/server/router/router.go, apiserver pkg/server/server.go
 */
import { dump } from 'js-yaml';
import type {} from '@fastify/websocket';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import { userOf } from '../authentication';
import { bodyObject, bodyText } from '../bodies';
import { clusterRepoLink } from '../catalog';
import { sorted, type JsonObject } from '../json';
import type { Store } from '../objects';
import { typeNamed, type ResourceType } from '../types';
import { accessOf } from '../users';
import type { Mutator } from '../webhook/webhook';
import { collectionOf, envelope } from './collections';
import { countsFor } from './counts';
import { schemaDefinition } from './definitions';
import { methodNotSupported, noSuchSchema } from './errors';
import { checkMethod, methodsOf } from './methods';
import { preferenceRoutes } from './preferenceRoutes';
import type { Preferences } from './preferences';
import { resourceOf, type Viewer } from './resources';
import { schemaNamed, schemasFor } from './schemas';
import { selfUser } from './selfUser';
import { serveSubscriptions } from './subscribe';
import { create, existing, patch, remove, replace, type Target, type Written } from './writes';

interface SteveOptions {
  readonly objects: Store;
  readonly preferences: Preferences;
  readonly mutators: readonly Mutator[];
  readonly serverVersion: string;
}

interface Path {
  readonly type: string;
  readonly first?: string;
  readonly second?: string;
}

/** Adds Steve under a prefix: '' for Rancher itself, `/k8s/clusters/<id>` for a cluster. */
export function steveRoutes(app: FastifyInstance, prefix: string, options: SteveOptions): void {
  const { objects, preferences, mutators } = options;
  const viewerOf = (request: FastifyRequest): Viewer => ({
    access: accessOf(userOf(request), objects),
    objects,
    baseUrl: `${ request.protocol }://${ request.host }${ prefix }/v1`,
    now: () => new Date()
  });
  const answer = (reply: FastifyReply, request: FastifyRequest, body: JsonObject, status = 200): FastifyReply => {
    reply.code(status).header('x-api-schemas', `${ viewerOf(request).baseUrl }/schemas`).header('expires', 'Wed 24 Feb 1982 18:42:00 GMT');
    if ((request.headers.accept ?? '').includes('application/yaml')) {
      return reply.type('application/yaml').send(dump(sorted(body), { lineWidth: -1, noArrayIndent: true }));
    }

    return reply.type('application/json').send(JSON.stringify(body));
  };

  app.get(`${ prefix }/v1`, (request, reply) => {
    const { baseUrl, access } = viewerOf(request);
    const links = Object.fromEntries(schemasFor(access, baseUrl).map((schema) => [String(schema['pluralName']), `${ baseUrl }/${ String(schema['pluralName']) }`]));

    return answer(reply, request, envelope('apiRoot', baseUrl, [{ id: 'v1', type: 'apiRoot', links }]));
  });
  app.get(`${ prefix }/v1/schemas`, (request, reply) => {
    const { baseUrl, access } = viewerOf(request);

    return answer(reply, request, envelope('schema', `${ baseUrl }/schemas`, schemasFor(access, baseUrl)));
  });
  app.get<{ Params: { id: string } }>(`${ prefix }/v1/schemas/:id`, (request, reply) => {
    const { baseUrl, access } = viewerOf(request);

    return answer(reply, request, schemaNamed(request.params.id, access, baseUrl));
  });
  app.get<{ Params: { id: string } }>(`${ prefix }/v1/schemaDefinitions/:id`, (request, reply) => {
    const { baseUrl, access } = viewerOf(request);
    const type = typeNamed(request.params.id);

    if (!type || !methodsOf(type, access)) {
      throw noSuchSchema();
    }

    return answer(reply, request, schemaDefinition(type, baseUrl));
  });
  app.get(`${ prefix }/v1/counts`, (request, reply) => {
    const viewer = viewerOf(request);

    return answer(reply, request, envelope('count', `${ viewer.baseUrl }/counts`, [countsFor(viewer)]));
  });
  app.get(`${ prefix }/v1/counts/count`, (request, reply) => answer(reply, request, countsFor(viewerOf(request))));
  preferenceRoutes(app, prefix, preferences);
  app.route({
    method: 'GET',
    url: `${ prefix }/v1/subscribe`,
    handler: (request, reply) => {
      userOf(request);

      return reply.code(400).type('text/plain').send('Bad Request\n');
    },
    wsHandler: (socket, request) => serveSubscriptions(socket, () => viewerOf(request), options.serverVersion)
  });

  const onResource = (request: FastifyRequest<{ Params: Path }>, reply: FastifyReply): FastifyReply => {
    const viewer = viewerOf(request);
    const type = typeNamed(request.params.type);
    const methods = type && methodsOf(type, viewer.access);

    // Steve says nothing at all about a type that the user does not have.
    if (!type || !methods) {
      return reply.code(404).send();
    }

    const { namespace, name } = placeOf(type, request.params);
    const query = new URL(request.url, 'http://localhost').searchParams;
    const target: Target = { type, namespace, name, access: viewer.access, objects, query, mutators };
    const written = ({ object, warnings }: Written, status: number): FastifyReply => {
      if (warnings.length > 0) {
        reply.header('warning', warnings.map((warning) => `299 - ${ warning }`));
      }

      return answer(reply, request, resourceOf(type, object, viewer, 'no fields', query), status);
    };

    checkMethod(methods, request.method, name === '');
    switch (request.method) {
      case 'GET':
        if (type.id === 'catalog.cattle.io.clusterrepo' && query.has('link')) {
          existing(target, 'get', namespace, name);

          return answer(reply, request, clusterRepoLink(query.get('link') ?? '', query));
        }

        return name === ''
          ? answer(reply, request, collectionOf(type, methods, viewer, namespace, query))
          : answer(reply, request, resourceOf(type, existing(target, 'get', namespace, name), viewer, 'ages', query));
      case 'POST':
        return type.createOnly ? answer(reply, request, selfUser(viewer.access.user, type), 201) : written(create(target, bodyObject(request)), 201);
      case 'PUT':
        return written(replace(target, bodyObject(request)), 200);
      case 'PATCH':
        return written(patch(target, request.headers['content-type'] ?? '', bodyText(request)), 200);
      case 'DELETE':
        remove(target);

        return reply.code(204).send();
      default:
        throw methodNotSupported(request.method);
    }
  };

  for (const path of [':type', ':type/:first', ':type/:first/:second']) {
    app.route<{ Params: Path }>({ method: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'], url: `${ prefix }/v1/${ path }`, handler: onResource });
  }
}

/** A single segment is a namespace for namespaced types and a name for others. */
function placeOf(type: ResourceType, { first = '', second = '' }: Path): { namespace: string; name: string } {
  if (second !== '') {
    return { namespace: first, name: second };
  }

  return type.namespaced ? { namespace: first, name: '' } : { namespace: '', name: first };
}
