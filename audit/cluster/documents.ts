/**
 * A change as files for `kubectl apply` and for a repository: every object as it will be, what the cluster needs before the cluster.
 */
import type { Operation } from './change';
import { manifestOf } from './manifests';

export interface ManifestFile {
  readonly name: string;
  readonly yaml: string;
}

type Fields = Readonly<Record<string, unknown>>;

/** Of an object's metadata, what whoever applies it has to say. */
const METADATA = ['name', 'namespace', 'labels', 'annotations'];
/** Of an object, besides: what an API adds on reading, and what a form keeps beside, is left out. */
const FIELDS = ['type', 'immutable', 'data', 'binaryData', 'spec'];
const VERSIONS: Readonly<Record<Operation['kind'], string>> = { Secret: 'v1', ConfigMap: 'v1', Cluster: 'provisioning.cattle.io/v1' };

/** One file an object, in the order in which they have to be applied. Objects that will not be there have none. */
export function filesOf(operations: readonly Operation[]): ManifestFile[] {
  return operations.flatMap(({ kind, name, after }) => after ? [{ name: `${ kind.toLowerCase() }-${ name || 'new' }.yaml`, yaml: documentOf(kind, after) }] : []);
}

/** All of them as one text. */
export function textOf(files: readonly ManifestFile[]): string {
  return files.map(({ yaml }) => yaml).join('---\n');
}

/** An object's manifest as YAML; '' for none. */
export function documentOf(kind: Operation['kind'], object: object | null): string {
  const { apiVersion = VERSIONS[kind], metadata, ...others } = (object ?? {}) as { readonly apiVersion?: string; readonly metadata?: Fields } & Fields;
  const names = FIELDS.filter((name) => others[name] !== null && !(name === 'type' && kind === 'Cluster'));

  return object ? manifestOf({ apiVersion, kind, metadata: picked(metadata ?? {}, METADATA), ...picked(others, names) }) : '';
}

function picked(fields: Fields, names: readonly string[]): Fields {
  return Object.fromEntries(names.flatMap((name) => fields[name] === undefined ? [] : [[name, fields[name]]]));
}
