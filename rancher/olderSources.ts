/**
 * Takes away what earlier edits of a cluster left, as the server has the cluster and the objects by then: someone else's edit, or a revert in
 * another window, may have brought one into use since it was offered, and Rancher stops managing a cluster whose object is gone.
 */
import { isSame, keptSourcesOf, olderSourcesOf, type KeptSource, type OlderSources } from '../audit/cluster/olderSources';
import { namespaceOf, type RancherCluster } from '../audit/cluster/rancherCluster';
import { SOURCE_KINDS, type SourceObject } from '../audit/cluster/sources';
import type { SourceStore } from './sourceStore';
import { messageOf } from './store';

/** Where to look. */
export interface OlderPlace {
  readonly store: Pick<SourceStore, 'apply' | 'list'>;
  /** The cluster as its screen has it: as it was when it was opened, and as it will be. */
  clusters(): readonly RancherCluster[];
  /** The cluster as the server has it; rejects where that can't be read. */
  clusterNow(): Promise<RancherCluster>;
}

/** What the server had when it was asked. */
export interface OlderState {
  readonly now: RancherCluster;
  readonly listed: readonly SourceObject[];
}

/** What the server has; undefined where the user may not even list. */
export async function olderState({ store, clusters, clusterNow }: OlderPlace): Promise<OlderState | undefined> {
  const [namespace] = clusters().map(namespaceOf);
  const lists = await Promise.all(SOURCE_KINDS.map((kind) => store.list(kind, namespace ?? '')));

  if (lists.every((list) => list === undefined)) {
    return undefined;
  }

  // An object is there before a cluster uses it: the cluster is looked at last.
  return { listed: lists.flatMap((list) => list ?? []), now: await clusterNow() };
}

/** What is to be said of a state. */
export function olderIn({ now, listed }: OlderState, clusters: readonly RancherCluster[]): OlderSources {
  return olderSourcesOf([...clusters, now], listed);
}

/** How a removal went: what was not removed and why, and the error that it stopped at. */
export interface OlderRemoval {
  readonly kept: readonly KeptSource[];
  readonly problem: string | undefined;
}

/** Removes what was offered and may still go; rejects, and removes nothing, where the server can't be asked. */
export async function removeOlder(offered: readonly SourceObject[], place: OlderPlace): Promise<OlderRemoval> {
  const state = await olderState(place);

  if (!state) {
    return { kept: [], problem: undefined };
  }
  const clusters = [...place.clusters(), state.now];
  const kept = keptSourcesOf(offered, clusters, state.listed);

  for (const before of olderSourcesOf(clusters, state.listed).older.filter((source) => offered.some((asked) => isSame(asked, source)))) {
    const { name, namespace } = before.metadata;

    try {
      await place.store.apply({ action: 'delete', kind: before.kind, namespace, name, before, after: null });
    } catch (error) {
      return { kept, problem: messageOf(error) };
    }
  }

  return { kept, problem: undefined };
}
