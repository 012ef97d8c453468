/**
 * The objects that earlier edits of a cluster's policy left behind: each edit makes the next one, so that one can go back.
 */
import { previousSource } from './previous';
import { nameOf, namespaceOf, type RancherCluster } from './rancherCluster';
import { isSourceNamed } from './sourceUse';
import { isNamedFor, trimmedClusters, type SourceObject, type SourceRef } from './sources';

export interface OlderSources {
  /** The one before the current one, which stays. */
  readonly previous: SourceObject | undefined;
  /** Those before it, the latest first. */
  readonly older: readonly SourceObject[];
}

/**
 * What of `listed` was made for the cluster, is for no other, and is not in use, in any of the cluster's forms: as it is saved and as it
 * will be. The previous one is the one that the cluster remembers, or else the latest.
 */
export function olderSourcesOf(clusters: readonly RancherCluster[], listed: readonly SourceObject[]): OlderSources {
  const left = listed
    .filter((source) => clusters.some((cluster) => isLeftOf(cluster, source)) && !clusters.some((cluster) => isInUse(cluster, source)))
    .toSorted((one, other) => createdAt(other) < createdAt(one) ? -1 : 1);
  const remembered = clusters.map(previousSource).filter((ref) => ref !== undefined);
  const previous = left.find((source) => remembered.some((ref) => isAt(ref, source))) ?? left[0];

  return { previous, older: left.filter((source) => source !== previous) };
}

function isLeftOf(cluster: RancherCluster, source: SourceObject): boolean {
  const { name, namespace } = source.metadata;

  return namespace === namespaceOf(cluster) && isNamedFor(nameOf(cluster), name) && trimmedClusters(source).every((user) => user === nameOf(cluster));
}

function isInUse(cluster: RancherCluster, { kind, metadata: { namespace, name } }: SourceObject): boolean {
  return isSourceNamed(cluster, { kind, namespace, name });
}

function isAt({ kind, namespace, name }: SourceRef, { kind: ofKind, metadata }: SourceObject): boolean {
  return kind === ofKind && namespace === metadata.namespace && name === metadata.name;
}

function createdAt({ metadata }: SourceObject): string {
  return metadata.creationTimestamp ?? '';
}
