/**
 * Secrets and ConfigMaps with policies: as the server has them, and as a form would write them.
 *
 * Nothing that they hold is ever logged. Source: steve pkg/stores (PUT needs the resourceVersion and maps `_type` back, POST does not).
 */
import { shallowReactive } from 'vue';

import type { Operation } from '../audit/cluster/change';
import { isAuthorized, isObjectName, trimmedClusters, type Lookup, type SourceKind, type SourceObject, type SourceRef, type Sources } from '../audit/cluster/sources';
import { messageOf, statusOf, type RancherApi } from './store';

export type SourceOperation = Exclude<Operation, { readonly kind: 'Cluster' }>;

export interface SourceStore {
  /** What the server has, of what was loaded. Reactive. */
  readonly onServer: Sources;
  /** Looks at objects that were not looked at yet. */
  load(refs: readonly SourceRef[]): Promise<void>;
  /** Looks at objects again. */
  reload(refs: readonly SourceRef[]): Promise<void>;
  /**
   * Writes one object, and says whether it did: an object that is to be created and is there already is fine, where it holds the same for
   * the same clusters. Rejects with a status of 409 where someone else was quicker, and where `isNameTaken` tells more.
   */
  apply(operation: SourceOperation): Promise<boolean>;
  /** The objects of a namespace that can hold text, without what they hold; undefined where the user may not list them. */
  list(kind: SourceKind, namespace: string): Promise<readonly SourceObject[] | undefined>;
  mayCreate(kind: SourceKind): boolean;
}

/** Secrets of other types are made and read by machines. */
const OPAQUE = 'Opaque';
const CONFLICT = 409;
const TYPES: Readonly<Record<SourceKind, string>> = { Secret: 'secret', ConfigMap: 'configmap' };

/** The objects of one form. */
export function sourceStore(api: RancherApi): SourceStore {
  const known = shallowReactive(new Map<string, Lookup>());
  /** Those that were made here: who may only create could not tell them from others'. */
  const created = new Set<string>();

  async function look(ref: SourceRef): Promise<Lookup> {
    // The name comes from the cluster's manifest, and `..` alone would name another resource.
    if (!isObjectName(ref.name) || !isObjectName(ref.namespace)) {
      return 'notFound';
    }
    try {
      return sourceFrom(ref, await api.request({ url: urlOf(ref) }));
    } catch (error) {
      const status = statusOf(error);

      if (status === 404 || status === 403) {
        // Steve also says 404 to a user who has no right to the type.
        return status === 404 && api.mayCreate(TYPES[ref.kind]) ? 'notFound' : 'forbidden';
      }

      return 'notRead';
    }
  }

  /** Rejects unless the object that is there already serves as well as the one that was to be made. */
  async function expectSame(ref: SourceRef, wanted: SourceObject, cause: unknown): Promise<void> {
    const there = await look(ref);
    const isHidden = typeof there === 'string';

    if (!isHidden) {
      known.set(keyOf(ref), there);
    }
    if (isHidden ? !created.has(keyOf(ref)) : !servesAs(there, wanted)) {
      throw Object.assign(new Error(messageOf(cause), { cause }), { status: CONFLICT, isTaken: isHidden });
    }
  }

  async function reload(refs: readonly SourceRef[]): Promise<void> {
    await Promise.all(refs.map(async (ref) => {
      known.set(keyOf(ref), await look(ref));
    }));
  }

  return {
    onServer:  (ref) => known.get(keyOf(ref)) ?? 'notRead',
    mayCreate: (kind) => api.mayCreate(TYPES[kind]),

    reload,
    load:      (refs) => reload(refs.filter((ref) => !known.has(keyOf(ref)))),

    async list(kind, namespace) {
      if (!api.mayList(TYPES[kind])) {
        return undefined;
      }
      const answer = await api.request({ url: `/v1/${ TYPES[kind] }s/${ encodeURIComponent(namespace) }?exclude=data&exclude=binaryData&exclude=metadata.managedFields` }) as { readonly data?: readonly unknown[] };

      return (answer.data ?? []).map((body) => sourceFrom({ kind }, body)).filter(({ type }) => type === undefined || type === OPAQUE);
    },

    async apply(operation) {
      const { action, kind, namespace, name, after } = operation;
      const ref: SourceRef = { kind, namespace, name };
      let stored: unknown;

      try {
        if (action === 'create') {
          stored = await api.request({ url: `/v1/${ TYPES[kind] }s`, method: 'POST', data: after });
        } else if (action === 'delete') {
          await api.request({ url: urlOf(ref), method: 'DELETE' });
        } else {
          stored = await api.request({ url: urlOf(ref), method: 'PUT', data: wireOf(after) });
        }
      } catch (error) {
        if (action !== 'create' || statusOf(error) !== CONFLICT) {
          throw Object.assign(new Error(messageOf(error), { cause: error }), { status: statusOf(error) });
        }
        await expectSame(ref, after, error);

        return false;
      }
      created.add(keyOf(ref));
      known.set(keyOf(ref), after === null ? 'notFound' : stored === undefined ? after : sourceFrom(ref, stored));

      return true;
    }
  };
}

/** Whether an object holds what is wanted, for the clusters that it is wanted for. */
function servesAs(there: SourceObject, wanted: SourceObject): boolean {
  return Object.entries(wanted.data ?? {}).every(([key, value]) => there.data?.[key] === value) && trimmedClusters(wanted).every((cluster) => isAuthorized(there, cluster));
}

/** Whether an error says that another object, which the user may not read, has the name. */
export function isNameTaken(error: unknown): boolean {
  return (error as { readonly isTaken?: unknown } | null)?.isTaken === true;
}

/** Whether an error says that someone else was quicker, and the next try would overwrite what they wrote. */
export function isOutdated(error: unknown): boolean {
  return statusOf(error) === CONFLICT && !isNameTaken(error);
}

/** One name for an object, to keep it by. */
export function keyOf({ kind, namespace, name }: SourceRef): string {
  return `${ kind } ${ namespace }/${ name }`;
}

function urlOf({ kind, namespace, name }: SourceRef): string {
  return `/v1/${ TYPES[kind] }s/${ encodeURIComponent(namespace) }/${ encodeURIComponent(name) }`;
}

function sourceFrom({ kind }: Pick<SourceRef, 'kind'>, body: unknown): SourceObject {
  const { _type, metadata, data, binaryData, immutable } = body as SourceObject & { readonly _type?: string };

  return {
    kind,
    metadata,
    ...(_type === undefined ? {} : { type: _type }),
    ...(immutable === undefined ? {} : { immutable }),
    ...(data === undefined ? {} : { data }),
    ...(binaryData === undefined ? {} : { binaryData })
  };
}

function wireOf({ kind, type, ...source }: SourceObject): object {
  return { ...source, type: TYPES[kind], ...(type === undefined ? {} : { _type: type }) };
}
