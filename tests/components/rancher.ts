/** A Rancher in memory for component tests: Secrets and ConfigMaps as Steve gives and takes them, and requests that fail on demand. */
import type { SourceObject } from '../../audit/cluster/sources';
import type { ApiRequest } from '../../rancher/store';

export interface FakeRancher {
  /** The writes that were asked for, whether they worked or not. */
  readonly writes: ApiRequest[];
  /** The objects by their path, such as `secrets/fleet-default/policy`. */
  readonly objects: Map<string, object>;
  request(request: ApiRequest): Promise<unknown>;
  /** Lets the next requests of a method fail. */
  fail(method: string, status: number, times?: number): void;
}

/** A Rancher with some objects. */
export function fakeRancher(...objects: readonly SourceObject[]): FakeRancher {
  const store = new Map<string, object>(objects.map((object) => [pathOf(object), onWire(object)]));
  const failures: { readonly method: string; readonly status: number }[] = [];
  const writes: ApiRequest[] = [];
  let revision = store.size;

  return {
    writes,
    objects: store,

    fail(method, status, times = 1) {
      failures.push(...Array.from({ length: times }, () => ({ method, status })));
    },

    async request(asked) {
      const { url, method = 'GET', data } = asked;
      const [path = '', query = ''] = url.replace('/v1/', '').split('?');
      const failure = failures.findIndex((candidate) => candidate.method === method);

      if (method !== 'GET') {
        writes.push(asked);
      }
      if (failure >= 0) {
        throw errorOf(failures.splice(failure, 1)[0]?.status ?? 500);
      }
      if (method === 'GET' && path.split('/').length === 2) {
        return { data: [...store].filter(([key]) => key.startsWith(`${ path }/`)).map(([, object]) => query.includes('exclude=data') ? { ...object, data: undefined } : object) };
      }
      const target = method === 'POST' ? `${ path }/${ metadataOf(data).namespace }/${ metadataOf(data).name }` : path;

      if (method === 'POST' ? store.has(target) : !store.has(target)) {
        throw errorOf(method === 'POST' ? 409 : 404);
      }
      if (method === 'PUT' && metadataOf(data)['resourceVersion'] !== metadataOf(store.get(target))['resourceVersion']) {
        throw errorOf(409);
      }
      if (method === 'DELETE') {
        store.delete(target);

        return undefined;
      }
      if (data) {
        store.set(target, { ...data, metadata: { ...metadataOf(data), resourceVersion: String(++revision) } });
      }

      return store.get(target);
    }
  };
}

function errorOf(status: number): Error {
  return Object.assign(new Error(`refused with ${ status }`), { status });
}

function metadataOf(object: object | undefined): SourceObject['metadata'] {
  return (object as SourceObject).metadata;
}

function pathOf({ kind, metadata }: SourceObject): string {
  return `${ kind.toLowerCase() }s/${ metadata.namespace }/${ metadata.name }`;
}

function onWire({ kind, type = 'Opaque', ...object }: SourceObject): object {
  return { ...object, type: kind.toLowerCase(), ...(kind === 'Secret' ? { _type: type } : {}) };
}
