/**
 * `/v1-rke2-release` and `/v1-k3s-release`: the versions that a cluster can have, and their arguments.
 *
 * Source: rancher pkg/channelserver; the data is after Kontainer Driver Metadata
 */
import { readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import type { FastifyInstance } from 'fastify';

import { userOf } from './authentication';
import { objectsAt, sorted, stringAt, type JsonObject, type JsonValue } from './json';
import { SEED_SCHEMA, seedFile } from './seed';
import { envelope } from './steve/collections';

const DISTRIBUTIONS = ['rke2', 'k3s'] as const;

/** Adds the release and channel lists of both distributions. */
export function releaseRoutes(app: FastifyInstance): void {
  for (const distribution of DISTRIBUTIONS) {
    const data = releasesOf(distribution);

    for (const kind of ['releases', 'channels'] as const) {
      const path = `/v1-${ distribution }-release/${ kind }`;

      app.get(path, (request, reply) => {
        userOf(request);

        const self = `${ request.protocol }://${ request.host }${ path }`;
        const items = objectsAt(data, kind).map((item): JsonValue => ({ ...item, links: { self: `${ self }/${ String(item['id']) }` } }));

        return reply.send(envelope(kind.slice(0, -1), self, items));
      });
    }
  }
}

/** What Rancher knows of a version, whichever distribution it is of. */
export function releaseNamed(version: string): JsonObject | undefined {
  return DISTRIBUTIONS.flatMap((distribution) => objectsAt(releasesOf(distribution), 'releases')).find((release) => stringAt(release, 'version') === version);
}

function releasesOf(distribution: string): JsonObject {
  const text = readFileSync(seedFile('releases', `${ distribution }.yaml`), 'utf8');

  return sorted(load(text, { schema: SEED_SCHEMA }) as JsonObject);
}
