/**
 * Brings wanted settings about outside the host's form: the operations of a plan in their order, each with the resourceVersion that
 * the plan saw.
 *
 * A conflict makes a new plan of the cluster as it is now, unless someone else has changed its audit log: then that is theirs to see
 * first. It stops at the first failure; a second run plans what is left.
 */
import type { Operation } from '../audit/cluster/change';
import { draftAuditSettings, neededSources, planAuditSettings, readAuditSettings } from '../audit/cluster/distributions';
import type { PlanOptions } from '../audit/cluster/distribution';
import { nameOf, type RancherCluster } from '../audit/cluster/rancherCluster';
import { isSameSettings, type WantedSettings } from '../audit/cluster/settings';
import { withoutAuthorization, type SourceRef } from '../audit/cluster/sources';
import { takesAway } from '../audit/cluster/sourceUse';
import { blocks, type Finding } from '../audit/policy/finding';
import type { ClusterStore, LoadedCluster } from './clusterStore';
import { isNameTaken, type SourceOperation, type SourceStore } from './sourceStore';
import { messageOf, statusOf } from './store';

export interface Wish {
  readonly wanted: WantedSettings;
  readonly options: PlanOptions;
}

/** How it ended; `done` is what was written, whatever came after. */
export type Outcome = { readonly done: readonly Operation[] } & (
  | { readonly state: 'done' }
  | { readonly state: 'blocked'; readonly findings: readonly Finding[] }
  /** Someone else has changed the audit log; `now` is the cluster as they left it. */
  | { readonly state: 'conflict'; readonly now: LoadedCluster }
  /** `rest` is what is left to do once the cluster itself is changed. */
  | { readonly state: 'failed'; readonly operation: Operation; readonly reason: string; readonly rest: readonly SourceOperation[] }
);

/** Someone who keeps writing the cluster is waited for only so often. */
const ATTEMPTS = 5;
const CONFLICT = 409;

/** Applies what is wanted to a cluster as it was seen. */
export async function applySettings(seen: RancherCluster, { wanted, options }: Wish, clusters: ClusterStore, sources: SourceStore): Promise<Outcome> {
  const done: Operation[] = [];
  let cluster = seen;
  let names = 0;

  for (let attempt = 1; ; attempt++) {
    await sources.load(newSources(cluster));
    const { findings, operations } = planAuditSettings(cluster, sources.onServer, wanted, { ...options, attempt: names });

    if (blocks(findings)) {
      return { state: 'blocked', done, findings };
    }
    const later = operations.filter((operation) => takesAway(operation, nameOf(cluster))) as readonly SourceOperation[];
    const failure = await firstFailure(operations.filter((operation) => !takesAway(operation, nameOf(cluster))));

    if (!failure) {
      const { done: taken, ...outcome } = await applyRest(later, nameOf(cluster), sources);

      return { ...outcome, done: [...done, ...taken] };
    }
    if (statusOf(failure.error) !== CONFLICT || attempt === ATTEMPTS) {
      return { state: 'failed', done, operation: failure.operation, reason: messageOf(failure.error), rest: [] };
    }
    if (isNameTaken(failure.error)) {
      names++;
      continue;
    }
    const settled = await settingsNow(cluster, failure.operation);

    if (!settled.isSame) {
      return { state: 'conflict', done, now: settled.now };
    }
    cluster = settled.now.cluster;
  }

  /** What a plan would make, and which may be there from before. */
  function newSources(current: RancherCluster): SourceRef[] {
    return draftAuditSettings(current, sources.onServer, wanted, { ...options, attempt: names }).operations.filter(({ action }) => action === 'create') as SourceRef[];
  }

  async function firstFailure(operations: readonly Operation[]): Promise<{ readonly operation: Operation; readonly error: unknown } | undefined> {
    for (const operation of operations) {
      try {
        const isWritten = await (operation.kind === 'Cluster' ? clusters.apply(operation) : sources.apply(operation));

        done.push(...isWritten === false ? [] : [operation]);
      } catch (error) {
        return { operation, error };
      }
    }

    return undefined;
  }

  /** The cluster and its sources anew, and whether its audit log is still as we knew it. */
  async function settingsNow(known: RancherCluster, failed: Operation): Promise<{ readonly now: LoadedCluster; readonly isSame: boolean }> {
    const { settings: before } = readAuditSettings(known, sources.onServer);
    const now = await clusters.load();

    await sources.reload([...neededSources(known), ...neededSources(now.cluster), ...newSources(now.cluster), ...failed.kind === 'Cluster' ? [] : [failed]]);
    const { settings: after } = readAuditSettings(now.cluster, sources.onServer);

    return { now, isSame: isSameSettings(before, after) };
  }
}

/** Takes away what a cluster that is changed already does not use any more; what someone else has made of it meanwhile stays. */
export async function applyRest(rest: readonly SourceOperation[], cluster: string, sources: SourceStore): Promise<Outcome> {
  const done: Operation[] = [];

  for (const [index, operation] of rest.entries()) {
    try {
      await applyAnew(operation, cluster, sources);
    } catch (error) {
      return { state: 'failed', done, operation, reason: messageOf(error), rest: rest.slice(index) };
    }
    done.push(operation);
  }

  return { state: 'done', done };
}

async function applyAnew(operation: SourceOperation, cluster: string, sources: SourceStore): Promise<void> {
  try {
    await sources.apply(operation);
  } catch (error) {
    if (statusOf(error) !== CONFLICT) {
      throw error;
    }
    const { kind, namespace, name } = operation;

    await sources.reload([operation]);
    const before = sources.onServer({ kind, namespace, name });

    if (typeof before !== 'string') {
      await sources.apply(operation.action === 'delete' ? { ...operation, before } : { action: 'update', kind, namespace, name, before, after: withoutAuthorization(before, cluster) });
    }
  }
}
