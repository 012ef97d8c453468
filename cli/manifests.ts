/**
 * Manifests of clusters, Secrets and ConfigMaps, as people write them and as kubectl and Rancher's APIs print them.
 *
 * Source: k8s.io/apimachinery pkg/util/yaml (documents part at lines that start with `---`); sigs.k8s.io/yaml (what a scalar is).
 */
import { namespaceOf, type RancherCluster } from '../audit/cluster/rancherCluster';
import { isFields, rke1FormOf, type Fields } from '../audit/cluster/rke1Forms';
import { base64Of, SOURCE_KINDS, type SourceKind, type SourceObject } from '../audit/cluster/sources';
import { fieldName } from '../audit/policy/finding';
import { plainValue } from '../audit/policy/jsonTree';
import { Refusal } from '../audit/policy/refusal';
import { treeOf } from '../audit/policy/tree';
import { textOf, UsageError, type Io } from './io';
import { CLUSTER, misshapenIn, SOURCE } from './shapes';

/** Those with clusters of other groups, such as Cluster API's, are none of Rancher's. */
const CLUSTER_GROUPS = ['provisioning.cattle.io/', 'management.cattle.io/'];

/** The one cluster of a file; throws a UsageError where there is none, or more than one. */
export async function clusterIn(file: string, io: Io): Promise<RancherCluster> {
  const clusters = (await manifestsIn(file, io)).filter(isCluster);
  const [cluster] = clusters;

  if (!cluster || clusters.length > 1) {
    throw new UsageError('oneCluster', { file, count: String(clusters.length) });
  }
  checkShape(file, cluster, CLUSTER);

  return cluster;
}

function isCluster(manifest: Fields): boolean {
  const { apiVersion, kind } = manifest;

  return kind === 'Cluster'
    ? apiVersion === undefined || typeof apiVersion === 'string' && CLUSTER_GROUPS.some((group) => apiVersion.startsWith(group))
    // Norman's form, and the one that people edit, have no kind.
    : kind === undefined && rke1FormOf(manifest) !== undefined;
}

/** The Secrets and ConfigMaps of files, in the cluster's namespace where they name none, and with `stringData` as Kubernetes stores it. */
export async function sourcesIn(files: readonly string[], cluster: RancherCluster, io: Io): Promise<SourceObject[]> {
  const manifests = await Promise.all(files.map(async (file) => (await manifestsIn(file, io)).map((manifest) => ({ file, manifest }))));

  return manifests.flat().filter(({ manifest }) => SOURCE_KINDS.includes(manifest['kind'] as SourceKind)).map(({ file, manifest }) => {
    checkShape(file, manifest, SOURCE);
    const { stringData, ...source } = manifest as unknown as SourceObject & { readonly stringData?: Readonly<Record<string, string>> | null };

    if (!source.metadata?.name) {
      throw new UsageError('manifestField', { file, field: 'metadata.name', wanted: 'string' });
    }
    const data = { ...source.data, ...Object.fromEntries(Object.entries(stringData ?? {}).map(([key, text]) => [key, base64Of(text)])) };

    return { ...source, metadata: { ...source.metadata, namespace: source.metadata.namespace || namespaceOf(cluster) }, data };
  });
}

function checkShape(file: string, manifest: object, shape: Parameters<typeof misshapenIn>[1]): void {
  const misshapen = misshapenIn(manifest, shape);

  if (misshapen) {
    throw new UsageError('manifestField', { file, field: fieldName(misshapen.path), wanted: misshapen.wanted });
  }
}

async function manifestsIn(file: string, io: Io): Promise<Fields[]> {
  return documentsOf(await textOf(file, io)).flatMap(({ text, line }) => objectsIn(valueOf(text, file, line)));
}

/** The objects of a document: one, or those of a list of Kubernetes' or Norman's. */
function objectsIn(value: unknown): Fields[] {
  const { items, type, data } = isFields(value) ? value : {};
  const listed = Array.isArray(items) ? items : type === 'collection' && Array.isArray(data) ? data : undefined;

  return (listed ?? [value]).filter(isFields).map(asKubernetes);
}

/** Without what Steve adds to an object of Kubernetes. */
function asKubernetes(object: Fields): Fields {
  const { id, links, actions, type, _type, ...rest } = object;

  return object['kind'] === undefined || links === undefined ? object : { ...rest, ...(typeof _type === 'string' ? { type: _type } : {}) };
}

/** The text of each document, and the line that it starts on. */
function documentsOf(text: string): { readonly text: string; readonly line: number }[] {
  const documents: { readonly lines: string[]; readonly line: number }[] = [{ lines: [], line: 1 }];

  for (const [index, line] of text.split('\n').entries()) {
    if (index > 0 && line.startsWith('---')) {
      documents.push({ lines: [], line: index + 2 });
    } else {
      documents.at(-1)?.lines.push(line);
    }
  }

  return documents.map(({ lines, line }) => ({ text: lines.join('\n'), line }));
}

function valueOf(text: string, file: string, line: number): unknown {
  try {
    const { root, duplicates: [duplicate] } = treeOf(text);

    if (duplicate) {
      throw new Refusal('policy.syntax', { reason: duplicate.upstream }, duplicate);
    }

    return plainValue(root);
  } catch (error) {
    if (!(error instanceof Refusal)) {
      throw error;
    }
    const { code, params, span } = error;
    const at = line + (span ? text.slice(0, span.start).split('\n').length - 1 : 0);

    throw new UsageError('unreadableAt', { file, line: String(at), reason: String(params['reason'] ?? params['upstream'] ?? params['character'] ?? code) });
  }
}
