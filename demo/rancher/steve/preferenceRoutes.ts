/** `/v1/userpreferences`: what the dashboard remembers for a user, which Rancher and not Steve keeps. */
import type { FastifyInstance } from 'fastify';

import { userOf } from '../authentication';
import { bodyObject } from '../bodies';
import { envelope } from './collections';
import type { Preferences } from './preferences';

/** Adds the paths under a prefix, as `steveRoutes` does with Steve's. */
export function preferenceRoutes(app: FastifyInstance, prefix: string, preferences: Preferences): void {
  app.get(`${ prefix }/v1/userpreferences`, (request, reply) => {
    const baseUrl = `${ request.protocol }://${ request.host }${ prefix }/v1`;

    return reply.send(envelope('userpreference', `${ baseUrl }/userpreferences`, [preferences.of(userOf(request), baseUrl)]));
  });
  app.route<{ Params: { id: string } }>({
    method: ['GET', 'PUT', 'DELETE'],
    url: `${ prefix }/v1/userpreferences/:id`,
    handler: (request, reply) => {
      const user = userOf(request);

      if (request.method !== 'GET') {
        preferences.set(user, request.method === 'PUT' ? bodyObject(request) : {});
      }

      return reply.send(preferences.of(user, `${ request.protocol }://${ request.host }${ prefix }/v1`));
    }
  });
}
