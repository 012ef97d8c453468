/** `GET /demo/plans/<namespace>/<cluster>`: what the machines of a cluster were given, which Rancher keeps in their plan Secrets. */
import type { FastifyInstance } from 'fastify';

import type { Planner } from './planner';

/** Adds the route. */
export function planRoutes(app: FastifyInstance, planner: Planner): void {
  app.get<{ Params: { namespace: string; name: string } }>('/demo/plans/:namespace/:name', (request, reply) => {
    const { namespace, name } = request.params;
    const delivered = planner.delivered(namespace, name);

    return delivered
      ? reply.send({ error: delivered.error ?? '', machines: delivered.machines })
      : reply.code(404).type('text/plain; charset=utf-8').send(`There is no plan for a cluster ${ namespace }/${ name }.\n`);
  });
}
