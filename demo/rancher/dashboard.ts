/**
 * The built host dashboard: static files, `/dashboard` for bookmarks from a real Rancher, and index.html for its routes.
 */
import { join, resolve } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/** Names that change with their content may be kept for long: `icons.04637177.woff`. */
const HASHED = /\.[0-9a-f]{8}\.\w+$/;
const ONE_YEAR = 'public, max-age=31536000, immutable';

/** Paths that belong to an API: for them nothing is ever answered with a page. */
const API = /^\/(v1|v3|v1-public|v3-public|v1-\w+-release|api|apis|k8s|meta|demo)(\/|$|\?)/;

/** Adds the dashboard's files, if there is a folder. */
export async function dashboardRoutes(app: FastifyInstance, folder: string | undefined): Promise<void> {
  const toRoot = (request: FastifyRequest, reply: FastifyReply): FastifyReply =>
    // A second slash would make it the address of another host.
    reply.redirect(`/${ request.url.slice('/dashboard'.length).replace(/^\/+/, '') }`, 302);

  app.get('/dashboard', toRoot);
  app.get('/dashboard/*', toRoot);
  if (folder === undefined) {
    return;
  }
  await app.register(fastifyStatic, {
    root: resolve(folder),
    wildcard: true,
    index: 'index.html',
    dotfiles: 'deny',
    cacheControl: false,
    setHeaders: (response, path) => {
      response.header('cache-control', HASHED.test(path) ? ONE_YEAR : 'no-cache');
    }
  });
}

/** Whether a request that found nothing is for a page of the dashboard. */
export function isForPage(request: FastifyRequest): boolean {
  return request.method === 'GET' && !API.test(request.url) && (request.headers.accept ?? '').includes('text/html');
}

/** Answers with the dashboard, which then routes by itself. */
export function sendPage(reply: FastifyReply, folder: string): FastifyReply {
  return reply.header('cache-control', 'no-cache').sendFile('index.html', join(folder));
}
