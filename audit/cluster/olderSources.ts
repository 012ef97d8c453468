/**
 * The objects that earlier edits of a cluster's policy left behind: each edit makes the next one, so that one can go back. Where the host
 * doesn't say when it has saved, an object that the cluster left keeps its name.
 */
import { readAuditSettings } from './distributions';
import { previousSource } from './previous';
import { nameOf, namespaceOf, type RancherCluster } from './rancherCluster';
import { isSourceNamed } from './sourceUse';
import { isAuthorized, isNamedFor, SOURCE_KINDS, trimmedClusters, type SourceObject, type SourceRef } from './sources';

export interface OlderSources {
  /** Those to go back to, which stay. */
  readonly previous: readonly SourceObject[];
  /** Those that were made for the cluster and are for no other, the latest first: they can go. */
  readonly older: readonly SourceObject[];
  /** Those that others made, or that others may use, and that still name the cluster: its name can go, if they hold a policy. */
  readonly named: readonly SourceObject[];
}

/** What can be done away with: objects, or the cluster's name in some. */
export type OlderGroup = 'older' | 'named';

/** An object that was to be changed, and why it stays. */
export interface KeptSource {
  readonly source: SourceObject;
  readonly reason: 'inUse' | 'shared' | 'previous';
  /** The other clusters that may use it. */
  readonly others: readonly string[];
}

/**
 * What of `listed` is not in use by the cluster, in any of its forms: as it was when it was opened, as it will be, and as it is now. The
 * previous ones are those that the cluster remembers, or else the latest of the kind that is in use; where none is, the latest of each kind.
 */
export function olderSourcesOf(clusters: readonly RancherCluster[], listed: readonly SourceObject[]): OlderSources {
  const unused = listed.filter((source) => !isInUse(clusters, source));
  const left = unused
    .filter((source) => clusters.some((cluster) => isLeftOf(cluster, source)))
    .toSorted((one, other) => createdAt(other) < createdAt(one) ? -1 : 1);
  const remembered = clusters.map(previousSource).filter((ref) => ref !== undefined);
  const known = unused.filter((source) => remembered.some((ref) => isAt(ref, source)));
  const kinds = clusters.flatMap((cluster) => readAuditSettings(cluster).source?.kind ?? []);
  const latest = kinds.length ? left.filter(({ kind }) => kinds.includes(kind)).slice(0, 1) : SOURCE_KINDS.flatMap((kind) => left.find((source) => source.kind === kind) ?? []);
  const previous = known.length ? known : latest;
  const rest = unused.filter((source) => !previous.includes(source));

  return {
    previous,
    older: left.filter((source) => rest.includes(source)),
    named: rest.filter((source) => !left.includes(source) && clusters.some((cluster) => source.metadata.namespace === namespaceOf(cluster) && isAuthorized(source, nameOf(cluster))))
  };
}

/** Which of the objects that were to be changed have to stay as things are now. Those that are gone don't count. */
export function keptSourcesOf(group: OlderGroup, asked: readonly SourceObject[], clusters: readonly RancherCluster[], listed: readonly SourceObject[]): KeptSource[] {
  const { previous } = olderSourcesOf(clusters, listed);
  const names = new Set(clusters.map(nameOf));

  return listed.filter((source) => asked.some((before) => isSame(before, source))).flatMap((source) => {
    const others = trimmedClusters(source).filter((user) => !names.has(user));
    const reason = isInUse(clusters, source) ? 'inUse' : group === 'older' && others.length ? 'shared' : previous.includes(source) ? 'previous' : undefined;

    return reason ? [{ source, reason, others }] : [];
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
