/** Steve's paths, passed on to a Steve that runs elsewhere on this machine, in the name of the user who asks. */
import replyFrom from '@fastify/reply-from';
import type {} from '@fastify/websocket';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import WebSocket from 'ws';

import { userOf } from '../rancher/authentication';
import { PREFIXES } from '../rancher/backend';
import { clusterRepoLink } from '../rancher/catalog';
import type { Preferences } from '../rancher/steve/preferences';
import { preferenceRoutes } from '../rancher/steve/preferenceRoutes';
import { selfUser } from '../rancher/steve/selfUser';
import { typeNeeded } from '../rancher/types';

const SELF_USER = typeNeeded('ext.cattle.io.selfuser');

/** Adds the paths, at the root and as those of the local cluster, in front of what Steve alone does not have. */
export async function proxyRoutes(app: FastifyInstance, steve: string, preferences: Preferences): Promise<void> {
  await app.register(async (scope) => {
    // Bodies pass through as they come.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
    await scope.register(replyFrom, { base: steve });

    for (const prefix of PREFIXES) {
      const pass = (request: FastifyRequest, reply: FastifyReply): FastifyReply => reply.from(request.url.slice(prefix.length), {
        rewriteRequestHeaders: ({ headers: _headers }, headers) => ({ ...headers, ...ownHeaders(request, prefix) })
      });

      scope.route({
        method: 'GET',
        url: `${ prefix }/v1/subscribe`,
        handler: pass,
        wsHandler: (socket, request) => join(socket, new WebSocket(steve.replace(/^http/, 'ws') + request.url.slice(prefix.length), { headers: ownHeaders(request, prefix) }))
      });
      scope.post(`${ prefix }/v1/${ SELF_USER.pluralName }`, (request, reply) => reply.code(201).send(selfUser(userOf(request), SELF_USER)));
      scope.get<{ Querystring: Record<string, string> }>(`${ prefix }/v1/catalog.cattle.io.clusterrepos/:name`, (request, reply) => {
        userOf(request);

        return request.query['link'] === undefined ? pass(request, reply) : reply.send(clusterRepoLink(request.query['link'], new URLSearchParams(request.query)));
      });
      for (const path of ['v1', 'v1/*', 'api/*', 'apis', 'apis/*']) {
        scope.all(`${ prefix }/${ path }`, pass);
      }
    }
  });
  for (const prefix of PREFIXES) {
    preferenceRoutes(app, prefix, preferences);
  }
}

/** The headers by which Steve knows the user, and where its own URLs begin. */
function ownHeaders(request: FastifyRequest, prefix: string): Record<string, string> {
  return { authorization: `Bearer ${ userOf(request).token }`, cookie: '', 'x-forwarded-host': request.host, 'x-forwarded-proto': request.protocol, 'x-api-url-prefix': prefix };
}

/** Each of two sockets hears what the other says, and ends with it. */
function join(client: WebSocket, upstream: WebSocket): void {
  const early: WebSocket.RawData[] = [];

  client.on('message', (data) => upstream.readyState === WebSocket.OPEN ? upstream.send(data, { binary: false }) : early.push(data));
  upstream.on('open', () => early.splice(0).forEach((data) => upstream.send(data, { binary: false })));
  upstream.on('message', (data, binary) => client.send(data, { binary }));
  for (const [one, other] of [[client, upstream], [upstream, client]] as const) {
    one.on('close', () => other.close());
    one.on('error', () => other.terminate());
  }
}
