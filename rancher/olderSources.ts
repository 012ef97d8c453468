/**
 * Takes away what earlier edits of a cluster left, as the server has the cluster and the objects by then: someone else's edit, or a revert in
 * another window, may have brought one into use since it was offered, and Rancher stops managing a cluster whose object is gone.
 */
import { isSame, keptSourcesOf, olderSourcesOf, type KeptSource, type OlderGroup, type OlderSources } from '../audit/cluster/olderSources';
import { nameOf, namespaceOf, type RancherCluster } from '../audit/cluster/rancherCluster';
import { choiceOf } from '../audit/cluster/sourceChoice';
import { SOURCE_KINDS, withoutAuthorization, type SourceObject, type SourceRef } from '../audit/cluster/sources';
import type { SourceOperation, SourceStore } from './sourceStore';
import { messageOf } from './store';

/** Where to look. */
export interface OlderPlace {
  readonly store: Pick<SourceStore, 'apply' | 'list' | 'onServer' | 'reload'>;
  /** The cluster as its screen has it: as it was when it was opened, and as it will be. */
  clusters(): readonly RancherCluster[];
  /** The cluster as the server has it; rejects where that can't be read. */
  clusterNow(): Promise<RancherCluster>;
}

/** What the server had when it was asked. */
export interface OlderState {
  readonly now: RancherCluster;
  /** Without what they hold. */
  readonly listed: readonly SourceObject[];
  /** Those with a policy among the ones that still name the cluster, whole. */
  readonly policies: readonly SourceObject[];
}

/** What the server has; undefined where the user may not even list. */
export async function olderState({ store, clusters, clusterNow }: OlderPlace): Promise<OlderState | undefined> {
  const [namespace] = clusters().map(namespaceOf);
  const lists = await Promise.all(SOURCE_KINDS.map((kind) => store.list(kind, namespace ?? '')));

  if (lists.every((list) => list === undefined)) {
    return undefined;
  }
  const listed = lists.flatMap((list) => list ?? []);
  const named = olderSourcesOf(clusters(), listed).named.map(refOf);

  await store.reload(named);
  // An object is there before a cluster uses it: the cluster is looked at last.
  const now = await clusterNow();

  return { now, listed, policies: named.map(store.onServer).filter((source) => typeof source !== 'string').filter((source) => choiceOf(source, nameOf(now), now.spec?.kubernetesVersion).policyKeys.length > 0) };
}

/** What is to be said of a state. Right and use are what an object has besides: only a policy's are ours to take. */
export function olderIn({ now, listed, policies }: OlderState, clusters: readonly RancherCluster[]): OlderSources {
  const found = olderSourcesOf([...clusters, now], listed);

  return { ...found, named: policies.filter((source) => found.named.some((other) => isSame(source, other))) };
}

/** How a removal went: what was left as it is and why, and the error that it stopped at. */
export interface OlderRemoval {
  readonly kept: readonly KeptSource[];
  readonly problem: string | undefined;
}

/** Removes what was offered and may still go, objects or the cluster's name in them; rejects, and writes nothing, where the server can't be asked. */
export async function removeOlder(group: OlderGroup, offered: readonly SourceObject[], place: OlderPlace): Promise<OlderRemoval> {
  const state = await olderState(place);

  if (!state) {
    return { kept: [], problem: undefined };
  }
  const kept = keptSourcesOf(group, offered, [...place.clusters(), state.now], state.listed);
  const going = olderIn(state, place.clusters())[group].filter((source) => offered.some((asked) => isSame(asked, source)));

  for (const before of going) {
    try {
      await place.store.apply(removalOf(group, before, nameOf(state.now)));
    } catch (error) {
      return { kept, problem: messageOf(error) };
    }
  }

  return { kept, problem: undefined };
}

function removalOf(group: OlderGroup, before: SourceObject, cluster: string): SourceOperation {
  return group === 'older' ? { action: 'delete', ...refOf(before), before, after: null } : { action: 'update', ...refOf(before), before, after: withoutAuthorization(before, cluster) };
}

function refOf({ kind, metadata: { namespace, name } }: SourceObject): SourceRef {
  return { kind, namespace, name };
}
