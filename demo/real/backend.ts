/** The backend on real servers: etcd, kube-apiserver and Steve, with what Rancher has beside them. */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { seedOf } from '../rancher/seed';
import { createPreferences } from '../rancher/steve/preferences';
import type { Backend, MakeBackend } from '../rancher/backend';
import { RESOURCE_TYPES, type ResourceType } from '../rancher/types';
import { USERS } from '../rancher/users';
import { connectionTo, type Received } from './connection';
import { definitions } from './definitions';
import { kubernetesAt } from './kubernetes';
import { mirrorOf } from './mirror';
import { keepOwners } from './owners';
import { proxyRoutes } from './proxy';
import { rolesOfUsers } from './roles';
import { RealServers, type Wish } from './servers';
import { serveWebhook } from './webhook';

const ADMINISTRATOR = 'admin';
/** In milliseconds. */
const PATIENCE = 60_000;
const PAUSE = 50;
const OK = 200;
const CORE = ['configmap', 'namespace', 'secret'];
/** What Rancher's controllers read and write. */
const MIRRORED = RESOURCE_TYPES.filter(({ id, custom, createOnly }) => custom && !createOnly || CORE.includes(id));

/** Starts the servers, as `npm run real` does. */
export const realBackend: MakeBackend = async (options) => {
  const servers = await RealServers.start(worldOf(options.serverVersion));

  return backendOn(servers, options).catch(async (error: unknown) => {
    await servers.stop();
    throw error;
  });
};

async function backendOn(servers: RealServers, { serverVersion, mutators }: Parameters<MakeBackend>[0]): Promise<Backend> {
  const { addresses } = servers;
  const kubernetes = kubernetesAt(addresses);
  const objects = await mirrorOf(kubernetes, MIRRORED);
  const dropOwners = await keepOwners(objects, kubernetes);
  const webhook = await serveWebhook(mutators(objects), objects.written, addresses);

  await untilSteveKnows(addresses.steve ?? '', RESOURCE_TYPES.filter(({ createOnly }) => !createOnly));
  await kubernetes.post('/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations', webhook.configuration);

  return {
    objects,
    kubeconfig: join(addresses.directory, 'kubeconfig'),
    addRoutes: (app) => proxyRoutes(app, addresses.steve ?? '', createPreferences(serverVersion)),
    close: async () => {
      dropOwners();
      await objects.close();
      webhook.close();
      await servers.stop();
    }
  };
}

/**
 * Steve answers before it has seen all types, as if there were none; and two who are the first to list a type may wait for each other
 * for ever (v0.10.3, while it makes the type's table). So each type is listed once before anybody else can.
 */
async function untilSteveKnows(steve: string, types: readonly ResourceType[]): Promise<void> {
  const connection = connectionTo(steve);
  const deadline = Date.now() + PATIENCE;

  await Promise.all(types.map(async ({ id, pluralName }) => {
    const list = (): Promise<Received> => connection.send({ method: 'GET', url: `/v1/${ pluralName }`, token: ADMINISTRATOR });

    for (let answer = await list(); answer.status !== OK; answer = await list()) {
      if (Date.now() > deadline) {
        throw new Error(`Steve does not list ${ id }: ${ answer.status } ${ answer.text }`);
      }
      await sleep(PAUSE);
    }
  }));
}

/** What the servers start with: Rancher's types, its users and their rights, and the demo's objects. */
function worldOf(serverVersion: string): Wish {
  const seed = seedOf(serverVersion);
  const objects = (isNamespace: boolean): object[] => seed.filter(({ type }) => (type.id === 'namespace') === isNamespace).map(({ object }) => object);

  return {
    steve: true,
    users: Object.fromEntries(USERS.map(({ token, id }) => [token, { name: id, groups: [] }])),
    objects: [...definitions(), ...objects(true), ...rolesOfUsers(), ...objects(false)]
  };
}
