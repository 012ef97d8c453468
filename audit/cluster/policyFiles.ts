/**
 * The files of `machineSelectorFiles` that bring a policy to the nodes.
 *
 * Entries are found by what they say and never by their index, since Rancher's webhook drops and appends some.
 * Source: rancher pkg/capr/planner/planner.go (renderFiles); webhook pkg/resources/provisioning.cattle.io/v1/cluster/mutator.go.
 */
import type { Path } from '../policy/finding';
import { valueAt, withValueAt } from '../policy/valueAt';
import { CONTROL_PLANE_SELECTOR, effectiveOnSome, reachOf, reachOfAny, type Reach } from './machineLabels';
import { namespaceOf, SELECTOR_FILES, type FileItem, type FileSource, type FileSourceObject, type LabelSelector, type MachineSelectorFiles, type RancherCluster } from './rancherCluster';
import { fileHash, POLICY_KEY_IN_SOURCE, type SourceKind, type SourceRef } from './sources';

export interface PolicyFile {
  readonly source: SourceRef;
  readonly item: FileItem;
  /** Of the item in the cluster. */
  readonly path: Path;
  /** Of its entry: the machines that get it. */
  readonly selector: LabelSelector | null | undefined;
  readonly reach: Reach;
  /** Whether its entry names a Secret and a ConfigMap, which Rancher refuses. */
  readonly isTwofold: boolean;
}

const FIELDS: Readonly<Record<SourceKind, 'secret' | 'configMap'>> = { Secret: 'secret', ConfigMap: 'configMap' };

/** All files that control-plane machines get, in the order in which they are written. */
export function controlPlaneFiles(cluster: RancherCluster): PolicyFile[] {
  return (cluster.spec?.rkeConfig?.machineSelectorFiles ?? []).flatMap((entry, index) => filesOfEntry(cluster, entry, index)).filter(({ reach }) => reach !== 'none');
}

/** All files of an entry, whichever machines it is for. */
export function filesOfEntry(cluster: RancherCluster, entry: MachineSelectorFiles | null, index: number): PolicyFile[] {
  const selector = entry?.machineLabelSelector;
  const machines = { selector, reach: reachOf(selector, cluster) };

  return (entry?.fileSources ?? []).flatMap((source, at) => filesOf(cluster, source, [...SELECTOR_FILES, index, 'fileSources', at], machines));
}

function filesOf(cluster: RancherCluster, source: FileSource | null, path: Path, machines: Pick<PolicyFile, 'selector' | 'reach'>): PolicyFile[] {
  const isTwofold = Boolean(source?.secret?.name && source.configMap?.name);

  return (['Secret', 'ConfigMap'] as const).flatMap((kind) => {
    const object = source?.[FIELDS[kind]];

    return (object?.items ?? []).flatMap((item, index) => object?.name && item
      ? [{ source: { kind, namespace: namespaceOf(cluster), name: object.name }, item, path: [...path, FIELDS[kind], 'items', index], ...machines, isTwofold }]
      : []);
  });
}

/** The files that control-plane machines get at a path. */
export function filesAt(cluster: RancherCluster, path: string | undefined): PolicyFile[] {
  return path === undefined ? [] : controlPlaneFiles(cluster).filter(({ item }) => item.path === path);
}

/** Whether every control-plane machine surely gets one of the files. */
export function isOnEveryMachine(cluster: RancherCluster, files: readonly PolicyFile[]): boolean {
  return reachOfAny(files.map(({ selector }) => selector), cluster) === 'all';
}

/**
 * Of files at one path, those that control-plane machines end up with, which may be several where each pool gets its own; none where
 * a machine may be left without.
 */
export function effectiveFiles(cluster: RancherCluster, files: readonly PolicyFile[]): PolicyFile[] {
  return isOnEveryMachine(cluster, files) ? effectiveOnSome(files, cluster) : [];
}

/** What a policy file should be. */
export interface WantedFile {
  readonly kind: SourceKind;
  readonly name: string;
  readonly key: string;
  readonly path: string;
  /** Undefined where only Rancher may read it. */
  readonly text: string | undefined;
  /** Whether the files of the kind hold the text already, each from its own object. */
  readonly isThere: boolean;
}

/**
 * The cluster with the wanted file at its path on all control-plane machines, and none of `old` besides. A file that is there already
 * keeps its place, its machines, its permissions and, if it has one, a hash.
 */
export function withPolicyFile(cluster: RancherCluster, old: readonly PolicyFile[], wanted: WantedFile | undefined): RancherCluster {
  const kept = wanted ? keptFiles(cluster, old, wanted) : [];
  const pointed = wanted ? kept.reduce((result, file) => withFilePointed(result, file, wanted.isThere ? { ...wanted, name: file.source.name, key: keyOf(file) } : wanted), cluster) : cluster;
  // From the last to the first, so that paths stay true.
  const cleaned = old.filter((file) => !kept.includes(file)).toReversed().reduce(withoutFile, pointed);

  return wanted && !kept.length ? withNewFile(cleaned, wanted) : cleaned;
}

/** Those that are as wanted, or else one file for every machine where there is one, or those that reach every machine together. */
function keptFiles(cluster: RancherCluster, old: readonly PolicyFile[], wanted: WantedFile): PolicyFile[] {
  const reusable = old.filter((file) => file.item.path === wanted.path && file.source.kind === wanted.kind && (wanted.isThere || isReusable(cluster, file, wanted.name)));
  const [last] = wanted.isThere ? [] : reusable.filter(({ reach }) => reach === 'all').slice(-1);

  return last ? [last] : effectiveFiles(cluster, reusable);
}

/** An entry with other files can't be pointed to another object. */
function isReusable(cluster: RancherCluster, { path, source }: PolicyFile, name: string): boolean {
  return source.name === name || (valueAt(cluster, path.slice(0, -1)) as readonly unknown[]).length === 1;
}

function withFilePointed(cluster: RancherCluster, { path, item }: PolicyFile, wanted: WantedFile): RancherCluster {
  const pointed = withValueAt(cluster, [...path.slice(0, -2), 'name'], wanted.name);
  const keyed = item.key === wanted.key ? pointed : withValueAt(pointed, [...path, 'key'], wanted.key);

  return item.hash === undefined || item.hash === '' ? keyed : withValueAt(keyed, [...path, 'hash'], wanted.text === undefined ? undefined : fileHash(wanted.text));
}

function withNewFile(cluster: RancherCluster, { kind, name, key, path }: WantedFile): RancherCluster {
  const object: FileSourceObject = { name, items: [{ key, path, permissions: '600' }] };
  const entry: MachineSelectorFiles = { machineLabelSelector: CONTROL_PLANE_SELECTOR, fileSources: [{ [FIELDS[kind]]: object }] };

  return withValueAt(cluster, SELECTOR_FILES, [...cluster.spec?.rkeConfig?.machineSelectorFiles ?? [], entry]);
}

/** Takes out an item, and what then says nothing any more: its object, its source, its entry, the list. */
function withoutFile(cluster: RancherCluster, { path }: PolicyFile): RancherCluster {
  const [sourcePath, entryPath] = [path.slice(0, -3), path.slice(0, -5)];
  const withoutItem = withValueAt(cluster, path, undefined);
  const items = valueAt(withoutItem, path.slice(0, -1)) as readonly unknown[];

  if (items.length) {
    return withoutItem;
  }
  const withoutObject = withValueAt(withoutItem, path.slice(0, -2), undefined);
  const { secret, configMap } = valueAt(withoutObject, sourcePath) as FileSource;

  if (secret?.name || configMap?.name) {
    return withoutObject;
  }
  const withoutSource = withValueAt(withoutObject, sourcePath, undefined);
  const { fileSources } = valueAt(withoutSource, entryPath) as MachineSelectorFiles;

  if (fileSources?.length) {
    return withoutSource;
  }
  const withoutEntry = withValueAt(withoutSource, entryPath, undefined);

  return withoutEntry.spec?.rkeConfig?.machineSelectorFiles?.length ? withoutEntry : withValueAt(withoutEntry, SELECTOR_FILES, undefined);
}

/** The key under which a file's policy stands. */
export function keyOf({ item }: PolicyFile): string {
  return item.key ?? POLICY_KEY_IN_SOURCE;
}
