/**
 * UI extensions: the list that the dashboard loads from, and the files of the one that the demo is given.
 *
 * Source: rancher pkg/api/steve/plugins and pkg/controllers/dashboard/plugin (an entry's metadata are the chart's
 * annotations), apis catalog.cattle.io/v1 UIPlugin
 */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

import { isObject, objectAt, stringAt, type JsonObject } from './json';
import type { Objects } from './objects';
import { SteveError } from './steve/errors';
import { typeNamed } from './types';

const NAMESPACE = 'cattle-ui-plugin-system';
const EXTENSIONS_VERSION = 'catalog.cattle.io/ui-extensions-version';
const SUPPORTED_SHELLS = '>= 3.0.0 < 4.0.0';

/** Adds `/v1/uiplugins` and, given a folder with a built extension, the extension. */
export async function extensionRoutes(app: FastifyInstance, objects: Objects, folder: string | undefined): Promise<void> {
  const plugin = folder === undefined ? undefined : pluginIn(folder);

  if (folder !== undefined && plugin) {
    install(objects, plugin);
    await app.register(fastifyStatic, {
      root: resolve(folder),
      prefix: `/v1/uiplugins/${ stringAt(plugin, 'name') }/${ stringAt(plugin, 'version') }/plugin/`,
      decorateReply: false,
      index: false,
      dotfiles: 'deny',
      cacheControl: false,
      setHeaders: (response) => {
        response.header('cache-control', 'no-cache');
      }
    });
  }
  app.get('/v1/uiplugins', (_request, reply) => reply.send({ entries: plugin ? { [stringAt(plugin, 'name')]: plugin } : {} }));
  app.get('/v1/uiplugins/*', () => {
    throw new SteveError(404, 'NotFound', 'no such file of an extension');
  });
}

/** The `spec.plugin` of the extension built into a folder. */
function pluginIn(folder: string): JsonObject {
  const manifest: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));

  if (!isObject(manifest)) {
    throw new Error(`${ folder }/package.json is not an object`);
  }

  const annotations = objectAt(manifest, 'rancher', 'annotations');

  return {
    name: stringAt(manifest, 'name'),
    version: stringAt(manifest, 'version'),
    endpoint: `/v1/uiplugins/${ stringAt(manifest, 'name') }/${ stringAt(manifest, 'version') }/plugin`,
    noCache: true,
    noAuth: false,
    metadata: { [EXTENSIONS_VERSION]: SUPPORTED_SHELLS, 'catalog.cattle.io/display-name': stringAt(manifest, 'description') || stringAt(manifest, 'name'), ...annotations }
  };
}

function install(objects: Objects, plugin: JsonObject): void {
  const type = typeNamed('catalog.cattle.io.uiplugin');

  if (type) {
    objects.create(type, {
      metadata: { name: stringAt(plugin, 'name'), namespace: NAMESPACE },
      spec: { plugin },
      status: { cacheState: 'disabled', observedGeneration: 1, ready: true }
    });
  }
}
