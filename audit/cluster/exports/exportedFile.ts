/** Files that a change is handed on in, for a tool that makes it instead of us. */
import type { Operation } from '../change';

export interface ExportedFile {
  /** Below the directory of the export, with `/` between its parts. */
  readonly path: string;
  readonly content: string;
}

export type SourceOperation = Exclude<Operation, { kind: 'Cluster' }>;
export type ClusterOperation = Extract<Operation, { kind: 'Cluster' }>;

/**
 * What a tool that applies all objects at once may be given: the cluster, and the sources that it needs. What it `left` has to stay until
 * the cluster is changed, since Rancher stops managing a cluster without the object that it names.
 */
export interface Parts {
  readonly cluster: ClusterOperation | undefined;
  readonly sources: readonly SourceOperation[];
  readonly left: readonly SourceOperation[];
}

export function partsOf(operations: readonly Operation[]): Parts {
  const index = operations.findIndex(({ kind }) => kind === 'Cluster');
  const sourcesOf = (part: readonly Operation[]): SourceOperation[] => part.filter((operation) => operation.kind !== 'Cluster');

  return {
    cluster: operations.find((operation) => operation.kind === 'Cluster'),
    sources: sourcesOf(index < 0 ? operations : operations.slice(0, index)),
    left:    index < 0 ? [] : sourcesOf(operations.slice(index))
  };
}

/** Texts as lines of a comment, in YAML and in HCL. */
export function commentLines(...texts: readonly string[]): string[] {
  return texts.flatMap((text) => text.trim().split('\n')).map((line) => `# ${ line }`.trimEnd());
}

/** The name of an object as part of a file's name, whatever it holds. */
export function fileNameOf(name: string): string {
  return name.replace(/[^\w.-]/g, '-');
}
