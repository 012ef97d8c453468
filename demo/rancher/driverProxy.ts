/**
 * `/meta/proxy`: through it the form of a node driver asks the cloud. Here the answers are canned.
 *
 * Source: rancher pkg/httpproxy; the shape of the answers is DigitalOcean's API v2
 */
import type { FastifyInstance } from 'fastify';

import { userOf } from './authentication';
import type { JsonObject } from './json';
import { SteveError } from './steve/errors';

const REGIONS: JsonObject[] = [
  { slug: 'fra1', name: 'Frankfurt 1', available: true, features: ['metadata', 'private_networking', 'ipv6'], sizes: ['s-2vcpu-4gb', 's-4vcpu-8gb'] },
  { slug: 'nyc3', name: 'New York 3', available: true, features: ['metadata', 'private_networking', 'ipv6'], sizes: ['s-2vcpu-4gb', 's-4vcpu-8gb'] }
];

const ANSWERS: Readonly<Record<string, JsonObject>> = {
  regions: { regions: REGIONS, links: {}, meta: { total: REGIONS.length } },
  sizes: {
    sizes: [
      { slug: 's-2vcpu-4gb', memory: 4096, vcpus: 2, disk: 80, transfer: 4, price_monthly: 24, regions: ['fra1', 'nyc3'], available: true, description: 'Basic' },
      { slug: 's-4vcpu-8gb', memory: 8192, vcpus: 4, disk: 160, transfer: 5, price_monthly: 48, regions: ['fra1', 'nyc3'], available: true, description: 'Basic' }
    ],
    links: {},
    meta: { total: 2 }
  },
  images: {
    images: [{ id: 1, name: '24.04 (LTS) x64', distribution: 'Ubuntu', slug: 'ubuntu-24-04-x64', public: true, regions: ['fra1', 'nyc3'], min_disk_size: 7, type: 'base', status: 'available' }],
    links: {},
    meta: { total: 1 }
  }
};

/** Adds the proxy with its canned answers. */
export function driverProxyRoutes(app: FastifyInstance): void {
  app.get<{ Params: { '*': string } }>('/meta/proxy/*', (request, reply) => {
    userOf(request);

    const resource = /api\.digitalocean\.com\/v2\/(\w+)/.exec(request.params['*'])?.[1] ?? '';
    const answer = Object.hasOwn(ANSWERS, resource) ? ANSWERS[resource] : undefined;

    if (!answer) {
      throw new SteveError(503, 'ServiceUnavailable', 'the demo asks nothing outside of this machine');
    }

    return reply.send(answer);
  });
}
