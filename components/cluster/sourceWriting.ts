/**
 * Writes the objects that a form's cluster needs, before and after the host saves the cluster.
 */
import type { Operation } from '../../audit/cluster/change';
import { MAX_ATTEMPTS, trimmedClusters, type SourceRef } from '../../audit/cluster/sources';
import type { FormDrafts } from '../../rancher/formDrafts';
import { isNameTaken, keyOf, type SourceOperation, type SourceStore } from '../../rancher/sourceStore';
import { messageOf, statusOf } from '../../rancher/store';

export interface SourceWriting {
  /** Writes what has to be there before the cluster is saved; rejects where that fails, and may be called again. */
  writeSources(): Promise<void>;
  /** Does what has to wait until the cluster is saved, and says what of it was not possible. */
  finish(): Promise<readonly Leftover[]>;
}

/** An object that is as it was: `source` still names the cluster, `orphan` is of a try under another name. */
export interface Leftover extends SourceRef {
  readonly what: 'source' | 'orphan';
  readonly reason: string;
}

interface Form {
  readonly store: SourceStore;
  readonly drafts: FormDrafts;
  /** What has to change in the cluster's objects, and in the model, as they are now. */
  plan(): readonly Operation[];
  apply(operation: Extract<Operation, { readonly kind: 'Cluster' }>): void;
  /** What the saved cluster makes superfluous. */
  after(): readonly Operation[];
  /** The objects that the cluster's files come from. */
  needed(): readonly SourceRef[];
  /** Plans a new object under another name from now on. */
  rename(): void;
}

const CONFLICT = 409;

/** The writing for one form. */
export function sourceWriting({ store, drafts, plan, apply, after, needed, rename }: Form): SourceWriting {
  return {
    async writeSources() {
      for (let left = MAX_ATTEMPTS; ; left--) {
        try {
          await writePlanned();
          break;
        } catch (error) {
          if (!isNameTaken(error) || left === 0) {
            throw error;
          }
          rename();
        }
      }
      drafts.objects.clear();
    },

    async finish() {
      const later = after().filter((operation): operation is SourceOperation => operation.kind !== 'Cluster');

      return [...await attempt('source', later), ...await attempt('orphan', orphans())];
    }
  };

  async function writePlanned(): Promise<void> {
    // An object of that name may be there from before, and lack the cluster's right.
    await store.load(plan().filter(({ action }) => action === 'create') as SourceOperation[]);
    for (const operation of plan()) {
      if (operation.kind === 'Cluster') {
        apply(operation);
      } else {
        await write(operation);
      }
    }
  }

  async function attempt(what: Leftover['what'], operations: readonly SourceOperation[]): Promise<Leftover[]> {
    const left: Leftover[] = [];

    for (const operation of operations) {
      const { kind, namespace, name } = operation;

      try {
        await store.apply(operation);
      } catch (error) {
        left.push({ what, kind, namespace, name, reason: messageOf(error) });
      }
    }

    return left;
  }

  async function write(operation: SourceOperation): Promise<void> {
    try {
      const isWritten = await store.apply(operation);

      if (isWritten && operation.action === 'create') {
        drafts.created.set(keyOf(operation), operation);
      }
    } catch (error) {
      if (statusOf(error) === CONFLICT) {
        // The next try goes on from what someone else has made of it.
        await store.reload([operation]);
      }
      throw error;
    }
  }

  /** What a try under another name has left, unless another cluster uses it by now. */
  function orphans(): SourceOperation[] {
    const used = new Set(needed().map(keyOf));
    const left = [...drafts.created.values()].filter((ref) => !used.has(keyOf(ref)));

    left.forEach((ref) => drafts.created.delete(keyOf(ref)));

    return left.flatMap(({ kind, namespace, name }) => {
      const before = store.onServer({ kind, namespace, name });

      return typeof before === 'string' || trimmedClusters(before).length > 1 ? [] : [{ action: 'delete' as const, kind, namespace, name, before, after: null }];
    });
  }
}
