/** Real servers that the tests of a worker share: starting them takes longer than most journeys. Each test finds the objects that the first one found. */
import { setTimeout as sleep } from 'node:timers/promises';

import type { Backend, MakeBackend } from '../../demo/rancher/backend';
import { isSame, objectAt, stringAt, type JsonObject } from '../../demo/rancher/json';
import { idOf, type Objects } from '../../demo/rancher/objects';
import type { ResourceType } from '../../demo/rancher/types';
import { MIRRORED, realBackend } from '../../demo/real/backend';

export interface RealServersOfTests {
  readonly backend: MakeBackend;
  close(): Promise<void>;
}

/** The objects of each type by their ids. */
type Kept = ReadonlyMap<ResourceType, ReadonlyMap<string, JsonObject>>;

/** In milliseconds. */
const PATIENCE = 30_000;
const PAUSE = 50;
/** What kube-apiserver sets by itself. */
const OWN = ['creationTimestamp', 'generation', 'managedFields', 'resourceVersion', 'uid'];

/** Starts nothing before the first test asks for it. */
export function realServersOfTests(): RealServersOfTests {
  let servers: { readonly backend: Backend; readonly kept: Kept } | undefined;

  return {
    async backend(options) {
      if (servers) {
        await restore(servers.backend.objects, servers.kept);
      } else {
        const backend = await realBackend(options);

        servers = { backend, kept: objectsOf(backend.objects) };
      }

      return { ...servers.backend, close: () => Promise.resolve() };
    },
    close: async () => servers?.backend.close()
  };
}

function objectsOf(objects: Objects): Kept {
  return new Map(MIRRORED.map((type) => [type, new Map(objects.list(type).map((object) => [idOf(object), object]))]));
}

/** Removes what is new, and writes what is gone or says something else, until nothing differs: what controllers did last may still be on its way. */
async function restore(objects: Objects, kept: Kept): Promise<void> {
  const deadline = Date.now() + PATIENCE;

  for (let left = differences(objects, kept); left.length; left = differences(objects, kept)) {
    if (Date.now() > deadline) {
      throw new Error(`not as before: ${ left.map(({ id }) => id).join(', ') }`);
    }
    // Nothing can be removed from a namespace that is gone.
    const inside = left.filter(({ type }) => type.id !== 'namespace');

    await objects.stored(() => (inside.length ? inside : left).forEach(({ write }) => write())).catch(() => undefined);
    await sleep(PAUSE);
  }
}

function differences(objects: Objects, kept: Kept): { readonly type: ResourceType; readonly id: string; write(): void }[] {
  return [...kept].flatMap(([type, before]) => {
    const now = new Map(objects.list(type).map((object) => [idOf(object), object]));

    return [...new Set([...before.keys(), ...now.keys()])].flatMap((id) => {
      const [was, is] = [before.get(id), now.get(id)];

      if (!was && is) {
        return [{ type, id, write: () => void objects.remove(type, stringAt(is, 'metadata', 'namespace'), stringAt(is, 'metadata', 'name')) }];
      }
      if (was && !is) {
        return [{ type, id, write: () => void objects.create(type, { ...was, metadata: said(was) }) }];
      }
      if (was && is && !isSame(plain(was), plain(is))) {
        const own = Object.fromEntries(Object.entries(objectAt(is, 'metadata')).filter(([key]) => OWN.includes(key)));

        return [{ type, id, write: () => void objects.update(type, { ...was, metadata: { ...said(was), ...own } }) }];
      }

      return [];
    });
  });
}

/** An object without what kube-apiserver says about it. */
function plain(object: JsonObject): JsonObject {
  return { ...object, metadata: said(object) };
}

function said(object: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(objectAt(object, 'metadata')).filter(([key]) => !OWN.includes(key)));
}
