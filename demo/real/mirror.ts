/**
 * The objects of a real kube-apiserver, as the controllers of the embedded Rancher know them: what is read is what was heard of last,
 * and what is written goes there in its order.
 *
 * A write says what changes and nothing else, as merge patches, so that it leaves alone what somebody else writes meanwhile; but lists are
 * written whole.
 */
import type { Informer, KubernetesObject } from '@kubernetes/client-node';
import { generate } from 'json-merge-patch';

import { clone, isObject, stringAt, type JsonObject } from '../rancher/json';
import { idFrom, idOf, type ObjectEvent, type Objects } from '../rancher/objects';
import { apiVersionOf, type ResourceType } from '../rancher/types';
import { KubernetesError, pathOf, type Kubernetes } from './kubernetes';

export interface Mirror extends Objects {
  close(): Promise<void>;
}

/** How long to wait before an informer that failed is started again, in milliseconds. */
const PAUSE = 500;
const GONE = 404;

/** Starts to listen and waits until all that is there has been heard of. */
export async function mirrorOf(kubernetes: Kubernetes, types: readonly ResourceType[]): Promise<Mirror> {
  const shelves = new Map(types.map((type) => [type.id, new Map<string, JsonObject>()]));
  const listeners = new Set<(event: ObjectEvent) => void>();
  const informers: Informer<KubernetesObject>[] = [];
  /** The revision that was heard of last, by the id of a type. */
  const latest = new Map<string, number>();
  /** Who waits for the next that is heard of. */
  const waiting: (() => void)[] = [];
  let isClosed = false;
  /** Never rejects: what could not be written is said, and does not keep the rest from being written. */
  let last: Promise<unknown> = Promise.resolve();
  /** Of the work that is being done now, where somebody waits for it. */
  let writes: Promise<unknown>[] | undefined;

  function shelf(type: ResourceType): Map<string, JsonObject> {
    const found = shelves.get(type.id);

    if (!found) {
      throw new Error(`${ type.id } is not mirrored`);
    }

    return found;
  }

  /** Does a write after those before it. Who waits for it then reads what it has left, but for what is removed: kube-apiserver does not say when. */
  function enqueue(type: ResourceType, work: () => Promise<JsonObject>): void {
    const write = last.then(work);

    writes?.push(write.then((written) => untilHeard(type, written)));
    last = write.catch((error: unknown) => {
      if (!isClosed && !(error instanceof KubernetesError && error.status === GONE)) {
        process.emitWarning(error as Error);
      }
    });
  }

  /** Waits until all has been heard of that happened to objects of a type up to a write. */
  async function untilHeard(type: ResourceType, written: JsonObject): Promise<void> {
    const isHeard = (): boolean => isClosed || (latest.get(type.id) ?? 0) >= revisionOf(written);

    while (!isHeard()) {
      await new Promise<void>((resolve) => waiting.push(resolve));
    }
  }

  async function listenTo(type: ResourceType): Promise<void> {
    const informer = kubernetes.informer(type);
    const hear = (name: ObjectEvent['name']) => (heard: KubernetesObject): void => {
      // An item of a list does not say what it is.
      const object = { ...heard as unknown as JsonObject, apiVersion: apiVersionOf(type), kind: type.kind };
      const previous = shelf(type).get(idOf(object));

      if (name === 'resource.remove') {
        shelf(type).delete(idOf(object));
      } else {
        shelf(type).set(idOf(object), object);
      }
      latest.set(type.id, Math.max(latest.get(type.id) ?? 0, revisionOf(object)));
      waiting.splice(0).forEach((look) => look());
      listeners.forEach((listener) => listener({ name, type, object, previous, revision: stringAt(object, 'metadata', 'resourceVersion') }));
    };

    informer.on('add', hear('resource.create'));
    informer.on('update', hear('resource.change'));
    informer.on('delete', hear('resource.remove'));
    let isSynced = false;
    let refused: unknown;

    informer.on('error', (error) => {
      refused = error;
      if (isSynced) {
        setTimeout(() => void (isClosed || informer.start()), PAUSE).unref();
      }
    });
    informers.push(informer);
    await informer.start();
    if (refused !== undefined) {
      throw refused as Error;
    }
    isSynced = true;
  }

  await Promise.all(types.map(listenTo));

  return {
    list: (type) => [...shelf(type).values()],
    get: (type, namespace, name) => shelf(type).get(idFrom(namespace, name)),
    create(type, input) {
      const object: JsonObject = { ...clone(input), apiVersion: apiVersionOf(type), kind: type.kind };
      const path = pathOf(type, stringAt(object, 'metadata', 'namespace'));

      enqueue(type, () => kubernetes.post(path, object));
      if (type.statusSubresource && isObject(object['status'])) {
        enqueue(type, () => kubernetes.patch(`${ path }/${ stringAt(object, 'metadata', 'name') }/status`, 'merge-patch+json', { status: object['status'] ?? null }));
      }

      return object;
    },
    update(type, input) {
      const previous = shelf(type).get(idOf(input));

      if (!previous) {
        throw new Error(`${ type.id } ${ idOf(input) } is not there to be updated`);
      }
      const path = pathOf(type, stringAt(input, 'metadata', 'namespace'), stringAt(input, 'metadata', 'name'));

      patchesOf(type, previous, input).forEach(({ part, patch }) => enqueue(type, () => kubernetes.patch(path + part, 'merge-patch+json', patch)));

      return clone(input);
    },
    remove(type, namespace, name) {
      const previous = shelf(type).get(idFrom(namespace, name));
      const path = pathOf(type, namespace, name);

      if (previous) {
        enqueue(type, () => kubernetes.remove(path));
      }
      if (previous && type.id === 'namespace') {
        // Nobody else would: the controller of namespaces is not here.
        enqueue(type, () => kubernetes.put(`${ path }/finalize`, { apiVersion: 'v1', kind: 'Namespace', metadata: { name }, spec: { finalizers: [] } }));
      }

      return previous;
    },
    async stored<T>(work: () => T) {
      const own: Promise<unknown>[] = [];
      let result: T;

      writes = own;
      try {
        result = work();
      } finally {
        writes = undefined;
      }
      await Promise.all(own);

      return result;
    },
    onEvent(listener) {
      listeners.add(listener);

      return () => listeners.delete(listener);
    },
    async close() {
      isClosed = true;
      waiting.splice(0).forEach((look) => look());
      await Promise.all(informers.map((informer) => informer.stop()));
    }
  };
}

/** A later write has a higher one: kube-apiserver counts those of etcd. */
function revisionOf(object: JsonObject): number {
  return Number(stringAt(object, 'metadata', 'resourceVersion'));
}

/** What a write changes, in the parts that Kubernetes keeps apart. */
function patchesOf(type: ResourceType, previous: JsonObject, object: JsonObject): { readonly part: string; readonly patch: JsonObject }[] {
  const { status, ...rest } = generate(previous, { ...object, apiVersion: previous['apiVersion'], kind: previous['kind'] }) as JsonObject | undefined ?? {};
  const parts = type.statusSubresource
    ? [{ part: '', patch: rest }, { part: '/status', patch: status === undefined ? {} : { status } }]
    : [{ part: '', patch: status === undefined ? rest : { ...rest, status } }];

  return parts.filter(({ patch }) => Object.keys(patch).length > 0);
}
