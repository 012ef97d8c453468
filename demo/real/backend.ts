/** The backend on real servers: etcd, kube-apiserver and Steve, with what Rancher has beside them. */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { seedOf } from '../rancher/seed';
import { createPreferences } from '../rancher/steve/preferences';
import type { MakeBackend } from '../rancher/backend';
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
export const MIRRORED = RESOURCE_TYPES.filter(({ id, custom, createOnly }) => custom && !createOnly || CORE.includes(id));

/** Starts the servers, as `npm run real` does. */
export const realBackend: MakeBackend = async ({ serverVersion, mutators }) => {
  const closers: (() => unknown)[] = [];
  let isClosing = false;
  const close = async (): Promise<void> => {
    isClosing = true;
    for (const closer of closers.splice(0).reverse()) {
      await closer();
    }
  };

  try {
    const servers = await RealServers.start(worldOf(serverVersion));

    closers.push(() => servers.stop());

    const { addresses } = servers;
    const kubernetes = kubernetesAt(addresses);
    const objects = await mirrorOf(kubernetes, MIRRORED);

    closers.push(() => objects.close());
    closers.push(await keepOwners(objects, kubernetes));

    const webhook = await serveWebhook(mutators(objects), objects.stored, addresses);

    closers.push(() => webhook.close());
    await untilSteveKnows(addresses.steve ?? '', RESOURCE_TYPES.filter(({ createOnly }) => !createOnly));
    await kubernetes.post('/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations', webhook.configuration);

    return {
      objects,
      kubeconfig: join(addresses.directory, 'kubeconfig'),
      failed: new Promise((_resolve, reject) => void servers.ended.then(() => isClosing || reject(new Error('the servers have ended')))),
      addRoutes: (app) => proxyRoutes(app, addresses.steve ?? '', createPreferences(serverVersion)),
      close
    };
  } catch (error) {
    await close();
    throw error;
  }
};

/**
 * Steve answers before it has seen all types, as if there were none; and two who are the first to list types may wait for each other
 * for ever (v0.10.3, while it makes their tables). So each type is listed once, one after the other, before anybody else can.
 */
async function untilSteveKnows(steve: string, types: readonly ResourceType[]): Promise<void> {
  const connection = connectionTo(steve);
  const deadline = Date.now() + PATIENCE;

  for (const { id, pluralName } of types) {
    const list = (): Promise<Received> => connection.send({ method: 'GET', url: `/v1/${ pluralName }`, token: ADMINISTRATOR, patience: PATIENCE });

    for (let answer = await list(); answer.status !== OK; answer = await list()) {
      if (Date.now() > deadline) {
        throw new Error(`Steve does not list ${ id }: ${ answer.status } ${ answer.text }`);
      }
      await sleep(PAUSE);
    }
  }
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
