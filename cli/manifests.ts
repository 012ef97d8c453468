/** Manifests of clusters, Secrets and ConfigMaps, as people and `kubectl get -o yaml` write them. */
import { parseAllDocuments, type Document } from 'yaml';

import type { RancherCluster } from '../audit/cluster/rancherCluster';
import { base64Of, SOURCE_KINDS, type SourceKind, type SourceObject } from '../audit/cluster/sources';
import { textOf, UsageError, type Io } from './io';

type Manifest = Readonly<Record<string, unknown>> & { readonly kind?: unknown };

/** The one cluster of a file; throws a UsageError where there is none, or more than one. */
export async function clusterIn(file: string, io: Io): Promise<RancherCluster> {
  const clusters = (await manifestsIn(file, io)).filter(({ kind }) => kind === 'Cluster');
  const [cluster] = clusters;

  if (!cluster || clusters.length > 1) {
    throw new UsageError('oneCluster', { file });
  }

  return cluster as RancherCluster;
}

/** The Secrets and ConfigMaps of files, with `stringData` as Kubernetes stores it. */
export async function sourcesIn(files: readonly string[], io: Io): Promise<SourceObject[]> {
  const manifests = await Promise.all(files.map((file) => manifestsIn(file, io)));

  return manifests.flat().filter(({ kind }) => SOURCE_KINDS.includes(kind as SourceKind)).map((manifest) => {
    const { stringData, ...source } = manifest as unknown as SourceObject & { readonly stringData?: Readonly<Record<string, string>> };
    const data = { ...source.data, ...Object.fromEntries(Object.entries(stringData ?? {}).map(([key, text]) => [key, base64Of(text)])) };

    return { ...source, data };
  });
}

/** Aliases are followed only so far. */
function valueOf(document: Document, file: string): unknown {
  try {
    return document.toJS();
  } catch (error) {
    throw new UsageError('unreadable', { file, reason: error instanceof Error ? error.message : String(error) });
  }
}

async function manifestsIn(file: string, io: Io): Promise<Manifest[]> {
  const documents = parseAllDocuments(await textOf(file, io));

  return [...documents].flatMap((document) => {
    const [error] = document.errors;

    if (error) {
      throw new UsageError('unreadable', { file, reason: error.message });
    }
    const manifest = valueOf(document, file);
    const items = (manifest as { readonly items?: unknown } | null)?.items;

    return (Array.isArray(items) ? items : [manifest]).filter((item): item is Manifest => typeof item === 'object' && item !== null);
  });
}
