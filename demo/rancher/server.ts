/**
 * The embedded Rancher: one process that serves a built dashboard, an extension, and the API that both expect.
 *
 * Wiring only; nothing calls out of the machine.
 */
import type { AddressInfo } from 'node:net';
import fastifyCookie from '@fastify/cookie';
import fastifyWebsocket from '@fastify/websocket';
import fastify, { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';

import { loginRoutes, setAuthHeader } from './authentication';
import { readBodiesAsText } from './bodies';
import type { Backend, MakeBackend } from './backend';
import { recordCreator, runClusterControllers } from './clusters';
import { dashboardRoutes, isForPage, sendPage } from './dashboard';
import { downstreamRoutes } from './downstream';
import { driverProxyRoutes } from './driverProxy';
import { embeddedBackend } from './embedded';
import { extensionRoutes } from './extension';
import type { Fault } from './faults/fault';
import { faultRoutes } from './faults/routes';
import { normanRoutes } from './norman/routes';
import { runPlanner } from './planner/planner';
import { planRoutes } from './planner/routes';
import { releaseRoutes } from './releases';
import { SteveError, errorBody, serverError } from './steve/errors';
import { podSecurityTemplates } from './webhook/podSecurity';

export interface RancherOptions {
  readonly port: number;
  /** Folder of the built host dashboard. */
  readonly dashboard?: string;
  /** Folder `dist-pkg/<name>-<version>` of the extension. */
  readonly extension?: string;
  /** The version of Rancher, v2.15.0 unless another is named; up to v2.11 there is an RKE1 cluster. */
  readonly rancherVersion?: string;
  /** How many milliseconds a machine takes to apply a plan. */
  readonly machineRollout?: number;
  /** What shall go wrong from the start. */
  readonly faults?: readonly Fault[];
  /** What keeps the objects; the one in memory unless another is named. */
  readonly backend?: MakeBackend;
}

export interface Rancher {
  readonly url: string;
  /** The file by which kubectl gets to its objects, where they are in a real kube-apiserver. */
  readonly kubeconfig?: string;
  /** Rejects when it can't go on. */
  readonly failed: Promise<never>;
  close(): Promise<void>;
}

const RANCHER_VERSION = 'v2.15.0';
const HOST = '127.0.0.1';
const MACHINE_ROLLOUT = 2000;

/** Starts a Rancher on a port of this machine, 0 for any free one; rejects with EADDRINUSE as Node gives it. */
export async function startRancher(options: RancherOptions): Promise<Rancher> {
  const app = fastify({ forceCloseConnections: true, routerOptions: { ignoreTrailingSlash: true, maxParamLength: 1000 } });
  const serverVersion = options.rancherVersion ?? RANCHER_VERSION;
  const backend = await (options.backend ?? embeddedBackend)({ serverVersion, mutators: (objects) => [recordCreator, podSecurityTemplates(objects)] });
  const stopControllers = runClusterControllers(backend.objects);
  const planner = runPlanner(backend.objects, options.machineRollout ?? MACHINE_ROLLOUT);

  app.addHook('onClose', async () => {
    stopControllers();
    planner.stop();
    await backend.close();
  });
  try {
    await addRoutes(app, backend, serverVersion, options);
    planRoutes(app, planner);
    await app.listen({ port: options.port, host: HOST });
  } catch (error) {
    await app.close();
    throw error;
  }

  const { port } = app.server.address() as AddressInfo;

  const { kubeconfig, failed = new Promise<never>(() => undefined) } = backend;

  // Not everybody asks.
  failed.catch(() => undefined);

  return { url: `http://${ HOST }:${ port }`, failed, close: () => app.close(), ...(kubeconfig === undefined ? {} : { kubeconfig }) };
}

async function addRoutes(app: FastifyInstance, { objects, addRoutes: addBackend }: Backend, serverVersion: string, options: RancherOptions): Promise<void> {
  readBodiesAsText(app);
  await app.register(fastifyCookie);
  await app.register(fastifyWebsocket, { options: { maxPayload: 1 << 20 } });
  app.addHook('onRequest', (_request, reply, done) => {
    setAuthHeader(reply, true);
    done();
  });
  app.setErrorHandler((error: FastifyError | SteveError, _request, reply) => sendError(error, reply));
  app.setNotFoundHandler((request, reply) => notFound(request, reply, options.dashboard));

  faultRoutes(app, options.faults ?? []);
  loginRoutes(app);
  await extensionRoutes(app, objects, options.extension);
  releaseRoutes(app);
  normanRoutes(app, objects, serverVersion);
  driverProxyRoutes(app);
  // Only a Prime dashboard obeys the setting that keeps it from asking an update server.
  app.get('/rancherversion', (_request, reply) => reply.send({ Version: serverVersion, GitCommit: 'demo', RancherPrime: 'true' }));
  app.get('/version', (_request, reply) => reply.send({ major: '1', minor: '34', gitVersion: 'v1.34.2+k3s1', platform: 'linux/amd64' }));
  app.get('/healthz', (_request, reply) => reply.type('text/plain').send('ok'));
  app.get('/ping', (_request, reply) => reply.type('text/plain').send('pong'));
  await addBackend(app);
  downstreamRoutes(app, objects);
  await dashboardRoutes(app, options.dashboard);
}

function sendError(error: FastifyError | SteveError, reply: FastifyReply): FastifyReply {
  const known = error instanceof SteveError ? error : fromFastify(error);

  if (known.status === 401) {
    setAuthHeader(reply, false);
  }

  return reply.code(known.status).type('application/json').send(JSON.stringify(errorBody(known)));
}

function fromFastify(error: FastifyError): SteveError {
  const status = error.statusCode ?? 500;

  return status >= 400 && status < 500 ? new SteveError(status, error.code, error.message) : serverError(error.message);
}

function notFound(request: FastifyRequest, reply: FastifyReply, dashboard: string | undefined): FastifyReply {
  if (dashboard !== undefined && isForPage(request)) {
    return sendPage(reply, dashboard);
  }

  return reply.code(404).type('text/plain; charset=utf-8').send('404 page not found\n');
}
