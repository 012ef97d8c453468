/**
 * Who a request comes from: a Bearer token, the R_SESS cookie, or nobody, who is the administrator of the demo.
 *
 * Source: rancher pkg/auth/requests (token from cookie or header); an unknown token is 401 there
 */
import type {} from '@fastify/cookie';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import { unauthorized } from './steve/errors';
import { USERS, userWithToken, type User } from './users';

const COOKIE = 'R_SESS';
const DEFAULT_TOKEN = 'admin';

/** The user of a request; throws 401 for a token that nobody has. */
export function userOf(request: FastifyRequest): User {
  const bearer = /^Bearer\s+(.+)$/i.exec(request.headers.authorization ?? '')?.[1];
  const user = userWithToken(bearer ?? request.cookies[COOKIE] ?? DEFAULT_TOKEN);

  if (!user) {
    throw unauthorized();
  }

  return user;
}

/** The header that tells the dashboard whether it is logged in. */
export function setAuthHeader(reply: FastifyReply, loggedIn: boolean): void {
  reply.header('x-api-cattle-auth', String(loggedIn));
}

/** `GET /demo/login/<user>`: become that user in this browser. */
export function loginRoutes(app: FastifyInstance): void {
  app.get<{ Params: { user: string } }>('/demo/login/:user', (request, reply) => {
    const user = userWithToken(request.params.user);

    if (!user) {
      const names = USERS.map(({ token }) => token).join(', ');

      return reply.code(404).type('text/plain; charset=utf-8').send(`There is no user "${ request.params.user }" in this demo. Users: ${ names }.\n`);
    }

    return reply.setCookie(COOKIE, user.token, { path: '/', httpOnly: true, sameSite: 'lax' }).redirect('/', 302);
  });
}
