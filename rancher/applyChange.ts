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
import type { RancherCluster } from '../audit/cluster/rancherCluster';
import { isSameSettings, type WantedSettings } from '../audit/cluster/settings';
import type { SourceRef } from '../audit/cluster/sources';
import { blocks, type Finding } from '../audit/policy/finding';
import type { ClusterStore, LoadedCluster } from './clusterStore';
import type { SourceStore } from './sourceStore';
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
  | { readonly state: 'failed'; readonly operation: Operation; readonly reason: string }
);

/** Someone who keeps writing the cluster is waited for only so often. */
const ATTEMPTS = 5;
const CONFLICT = 409;

/** Applies what is wanted to a cluster as it was seen. */
export async function applySettings(seen: RancherCluster, { wanted, options }: Wish, clusters: ClusterStore, sources: SourceStore): Promise<Outcome> {
  const done: Operation[] = [];
  let cluster = seen;

  for (let attempt = 1; ; attempt++) {
    await sources.load(newSources(cluster));
    const { findings, operations } = planAuditSettings(cluster, sources.onServer, wanted, options);

    if (blocks(findings)) {
      return { state: 'blocked', done, findings };
    }
    const failure = await firstFailure(operations);

    if (!failure) {
      return { state: 'done', done };
    }
    if (statusOf(failure.error) !== CONFLICT || attempt === ATTEMPTS) {
      return { state: 'failed', done, operation: failure.operation, reason: messageOf(failure.error) };
    }
    const settled = await settingsNow(cluster);

    if (!settled.isSame) {
      return { state: 'conflict', done, now: settled.now };
    }
    cluster = settled.now.cluster;
  }

  /** What a plan would make, and which may be there from before. */
  function newSources(current: RancherCluster): SourceRef[] {
    return draftAuditSettings(current, sources.onServer, wanted, options).operations.filter(({ action }) => action === 'create') as SourceRef[];
  }

  async function firstFailure(operations: readonly Operation[]): Promise<{ readonly operation: Operation; readonly error: unknown } | undefined> {
    for (const operation of operations) {
      try {
        await (operation.kind === 'Cluster' ? clusters.apply(operation) : sources.apply(operation));
      } catch (error) {
        return { operation, error };
      }
      done.push(operation);
    }

    return undefined;
  }

  /** The cluster and its sources anew, and whether its audit log is still as we knew it. */
  async function settingsNow(known: RancherCluster): Promise<{ readonly now: LoadedCluster; readonly isSame: boolean }> {
    const { settings: before } = readAuditSettings(known, sources.onServer);
    const now = await clusters.load();

    await sources.reload([...neededSources(known), ...neededSources(now.cluster), ...newSources(now.cluster)]);
    const { settings: after } = readAuditSettings(now.cluster, sources.onServer);

    return { now, isSame: isSameSettings(before, after) };
  }
}
