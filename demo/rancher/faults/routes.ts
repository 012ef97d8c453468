/**
 * `/demo/faults`: POST adds a fault, GET lists those that are left, DELETE ends them all. The demo's own paths never fail.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';

import { bodyObject } from '../bodies';
import { errorFor, faultFrom, happensOn, type Fault } from './fault';

/** Adds the routes, and lets the faults happen on every route that is added later. */
export function faultRoutes(app: FastifyInstance, initial: readonly Fault[]): void {
  let faults = initial.map((fault) => ({ fault, left: fault.count ?? Infinity }));
  const listed = (): Fault[] => faults.map(({ fault, left }) => left === Infinity ? fault : { ...fault, count: left });

  app.addHook('onRequest', async (request, reply) => {
    const found = request.url.startsWith('/demo/') ? undefined : faults.find(({ fault, left }) => left > 0 && happensOn(fault, request));

    if (!found) {
      return;
    }

    const { status, drop, delay } = found.fault;

    found.left -= 1;
    faults = faults.filter(({ left }) => left > 0);
    if (delay !== undefined) {
      await sleep(delay, undefined, { ref: false });
    }
    if (drop === true) {
      reply.hijack();
      request.raw.socket.destroy();
    } else if (status !== undefined) {
      throw errorFor(status);
    }
  });
  app.get('/demo/faults', (_request, reply) => reply.send({ faults: listed() }));
  app.post('/demo/faults', (request, reply) => {
    const fault = faultFrom(bodyObject(request));

    faults.push({ fault, left: fault.count ?? Infinity });

    return reply.code(201).send(fault);
  });
  app.delete('/demo/faults', (_request, reply) => {
    faults = [];

    return reply.code(204).send();
  });
}
