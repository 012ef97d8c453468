/**
 * The objects that earlier edits of a cluster's policy left behind: each edit makes the next one, so that one can go back.
 */
import { previousSource } from './previous';
import { nameOf, namespaceOf, type RancherCluster } from './rancherCluster';
import { isSourceNamed } from './sourceUse';
import { isNamedFor, trimmedClusters, type SourceObject, type SourceRef } from './sources';

export interface OlderSources {
  /** Those to go back to, which stay. */
  readonly previous: readonly SourceObject[];
  /** The others, the latest first. */
  readonly older: readonly SourceObject[];
}

/** An object that was to go, and why it stays. */
export interface KeptSource {
  readonly source: SourceObject;
  readonly reason: 'inUse' | 'shared' | 'previous';
  /** The other clusters that may use it. */
  readonly others: readonly string[];
}

/**
 * What of `listed` was made for the cluster, is for no other, and is not in use, in any of the cluster's forms: as it was when it was
 * opened, as it will be, and as it is now. The previous ones are those that the cluster remembers, or else the latest.
 */
export function olderSourcesOf(clusters: readonly RancherCluster[], listed: readonly SourceObject[]): OlderSources {
  const left = listed
    .filter((source) => clusters.some((cluster) => isLeftOf(cluster, source)) && !isInUse(clusters, source))
    .toSorted((one, other) => createdAt(other) < createdAt(one) ? -1 : 1);
  const remembered = clusters.map(previousSource).filter((ref) => ref !== undefined);
  const known = left.filter((source) => remembered.some((ref) => isAt(ref, source)));
  const previous = known.length ? known : left.slice(0, 1);

  return { previous, older: left.filter((source) => !previous.includes(source)) };
}

/** What of the objects that were to go has to stay as things are now. Those that are gone don't count. */
export function keptSourcesOf(asked: readonly SourceObject[], clusters: readonly RancherCluster[], listed: readonly SourceObject[]): KeptSource[] {
  const { older } = olderSourcesOf(clusters, listed);
  const names = new Set(clusters.map(nameOf));

  return listed
    .filter((source) => !older.includes(source) && asked.some((before) => isSame(before, source)))
    .map((source) => {
      const others = trimmedClusters(source).filter((user) => !names.has(user));

      return { source, others, reason: isInUse(clusters, source) ? 'inUse' : others.length ? 'shared' : 'previous' };
    });
}

/** Whether two objects are the same one, however it has changed. */
export function isSame(one: SourceObject, { kind, metadata: { namespace, name } }: SourceObject): boolean {
  return isAt({ kind, namespace, name }, one);
}

function isLeftOf(cluster: RancherCluster, source: SourceObject): boolean {
  const { name, namespace } = source.metadata;

  return namespace === namespaceOf(cluster) && isNamedFor(nameOf(cluster), name) && trimmedClusters(source).every((user) => user === nameOf(cluster));
}

function isInUse(clusters: readonly RancherCluster[], { kind, metadata: { namespace, name } }: SourceObject): boolean {
  return clusters.some((cluster) => isSourceNamed(cluster, { kind, namespace, name }));
}

function isAt({ kind, namespace, name }: SourceRef, { kind: ofKind, metadata }: SourceObject): boolean {
  return kind === ofKind && namespace === metadata.namespace && name === metadata.name;
}

function createdAt({ metadata }: SourceObject): string {
  return metadata.creationTimestamp ?? '';
}
