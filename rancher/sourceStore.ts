/**
 * Secrets and ConfigMaps with policies: as the server has them, and as a form would write them.
 *
 * Nothing that they hold is ever logged. Source: steve pkg/stores (PUT needs the resourceVersion and maps `_type` back, POST does not).
 */
import { shallowReactive } from 'vue';

import type { Operation } from '../audit/cluster/change';
import { newSource, type Lookup, type SourceKind, type SourceObject, type SourceRef, type Sources } from '../audit/cluster/sources';
import { messageOf, statusOf, type RancherApi } from './store';

export type SourceOperation = Exclude<Operation, { readonly kind: 'Cluster' }>;

export interface SourceStore {
  /** What the server has, of what was loaded. Reactive. */
  readonly onServer: Sources;
  /** Looks at objects that were not looked at yet. */
  load(refs: readonly SourceRef[]): Promise<void>;
  /** Looks at objects again. */
  reload(refs: readonly SourceRef[]): Promise<void>;
  /** Writes one object; an object that is to be created and already holds the same is fine. */
  apply(operation: SourceOperation): Promise<void>;
  mayCreate(kind: SourceKind): boolean;
}

const TYPES: Readonly<Record<SourceKind, string>> = { Secret: 'secret', ConfigMap: 'configmap' };

/** The objects of one form. */
export function sourceStore(api: RancherApi): SourceStore {
  const known = shallowReactive(new Map<string, Lookup>());

  async function look(ref: SourceRef): Promise<Lookup> {
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
        // Its name says what it holds: someone has made it before, or this is a second try.
        if (!(action === 'create' && statusOf(error) === 409)) {
          throw Object.assign(new Error(messageOf(error), { cause: error }), { status: statusOf(error) });
        }
      }
      known.set(keyOf(ref), after === null ? 'notFound' : stored === undefined ? after : sourceFrom(ref, stored));
    }
  };
}

/** The texts that a form has put into objects which are not written yet, by cluster: they outlive the tab's component. */
const DRAFTS = new WeakMap<object, Map<string, string>>();

/** The drafts of a form's cluster; the same for each component that shows it. `cluster` is the raw model. */
export function draftsOf(cluster: object): Map<string, string> {
  const drafts = DRAFTS.get(cluster) ?? shallowReactive(new Map<string, string>());

  DRAFTS.set(cluster, drafts);

  return drafts;
}

/** The objects as they will be: with the drafts over those of the server, authorized for the cluster. */
export function withDrafts(sources: Sources, drafts: ReadonlyMap<string, string>, cluster: string): Sources {
  return (ref) => {
    const text = drafts.get(keyOf(ref));

    return text === undefined ? sources(ref) : newSource(ref, cluster, text);
  };
}

/** One name for an object, to keep it by. */
export function keyOf({ kind, namespace, name }: SourceRef): string {
  return `${ kind } ${ namespace }/${ name }`;
}

function urlOf({ kind, namespace, name }: SourceRef): string {
  return `/v1/${ TYPES[kind] }s/${ namespace }/${ name }`;
}

function sourceFrom({ kind }: SourceRef, body: unknown): SourceObject {
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
