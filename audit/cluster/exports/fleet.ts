/**
 * A change as a directory for Rancher's Fleet: the cluster and what its policy comes from, each in a path of its own.
 *
 * Source: rancher/fleet schemas/fleet.yaml.json and pkg/apis/fleet.cattle.io/v1alpha1; helm/helm#30622 (taking over a custom resource);
 * webhook pkg/resources/provisioning.cattle.io/v1/cluster/mutator.go (what it rewrites).
 */
import { dump } from 'js-yaml';

import type { Words } from '../../policy/words';
import type { Operation } from '../change';
import { manifestOf } from '../manifests';
import { nameOf, namespaceOf, type RancherCluster } from '../rancherCluster';
import { keysIn } from '../sources';
import { deliveredObject } from './delivered';
import { commentLines, fileNameOf, partsOf, type ClusterOperation, type ExportedFile, type SourceOperation } from './exportedFile';

const CLUSTER_PATH = 'cluster';
const SOURCE_PATH = 'source';
/** By it the cluster's bundle finds the one that it needs first. */
const SOURCE_LABEL = 'cluster-audit-log/source-of';
const REWRITTEN = ['/spec/rkeConfig/machineGlobalConfig/kube-apiserver-arg', '/spec/rkeConfig/machineSelectorFiles'];

/** The files of the directory, for a cluster of RKE2 or K3s, which may itself stay as it is; none where nothing is to be done. */
export function fleetFiles(whose: RancherCluster, operations: readonly Operation[], t: Words): ExportedFile[] {
  const { cluster, sources, left } = partsOf(operations);
  const [name, namespace] = [nameOf(whose), namespaceOf(whose)];
  const paths = [...sources.length ? [SOURCE_PATH] : [], ...cluster ? [CLUSTER_PATH] : []];

  return [
    ...(paths.length ? [gitRepo(name, paths, t)] : []),
    ...(sources.length ? [sourceBundle(name, namespace, t), ...sources.map((operation) => sourceManifest(operation, t))] : []),
    ...(cluster ? [clusterBundle(cluster, sources.length > 0, left, t), { path: `${ CLUSTER_PATH }/cluster.yaml`, content: manifestOf(deliveredObject('Cluster', cluster.after)) }] : [])
  ];
}

function gitRepo(name: string, paths: readonly string[], t: Words): ExportedFile {
  return yamlFile('gitrepo.yaml', [
    [t('export.fleet.gitRepo'), {
      apiVersion: 'fleet.cattle.io/v1alpha1',
      kind:       'GitRepo',
      metadata:   { name, namespace: 'fleet-local' },
      spec:       { repo: 'https://git.example/clusters', branch: 'main', paths, targets: [{ clusterName: 'local' }] }
    }]
  ]);
}

function sourceBundle(cluster: string, namespace: string, t: Words): ExportedFile {
  return yamlFile(`${ SOURCE_PATH }/fleet.yaml`, [
    [t('export.fleet.source', { cluster }), { defaultNamespace: namespace, keepResources: true, labels: { [SOURCE_LABEL]: cluster } }],
    [t('export.fleet.takeOwnership'), { helm: { takeOwnership: true } }]
  ]);
}

function sourceManifest({ kind, name, after }: SourceOperation, t: Words): ExportedFile {
  const isShared = kind === 'Secret' && after !== null && keysIn(after).length > 1;

  const manifest = manifestOf(after && deliveredObject(kind, after));

  return { path: `${ SOURCE_PATH }/${ fileNameOf(name) }.yaml`, content: isShared ? comment(t('export.otherKeys', { name })) + manifest : manifest };
}

function clusterBundle({ name, namespace }: ClusterOperation, hasSource: boolean, left: readonly SourceOperation[], t: Words): ExportedFile {
  const later = left.map((source) => t('export.fleet.left', { kind: source.kind, name: source.name }));

  return yamlFile(`${ CLUSTER_PATH }/fleet.yaml`, [
    [[t('export.fleet.cluster', { cluster: name }), ...later], { defaultNamespace: namespace, keepResources: true }],
    [t('export.fleet.takeOwnershipOfCluster'), { helm: { takeOwnership: true } }],
    ...(hasSource ? [[t('export.fleet.dependsOn'), { dependsOn: [{ selector: { matchLabels: { [SOURCE_LABEL]: name } } }] }] as const] : []),
    [t('export.fleet.comparePatches'), { diff: { comparePatches: [{ apiVersion: 'provisioning.cattle.io/v1', kind: 'Cluster', name, namespace, jsonPointers: REWRITTEN }] } }]
  ]);
}

/** One document, each part of it with a comment. */
function yamlFile(path: string, parts: readonly (readonly [comment: string | readonly string[], fields: object])[]): ExportedFile {
  return { path, content: parts.map(([texts, fields]) => `${ comment(...[texts].flat()) }${ dump(fields, { lineWidth: -1 }) }`).join('\n') };
}

function comment(...texts: readonly string[]): string {
  return commentLines(...texts).map((line) => `${ line }\n`).join('');
}
