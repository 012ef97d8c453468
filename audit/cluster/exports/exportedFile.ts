/** A file that a change is handed on in, for a tool that makes it instead of us. */

export interface ExportedFile {
  /** Below the directory of the export, with `/` between its parts. */
  readonly path: string;
  readonly content: string;
}

/** The words under a key of l10n, without the root `clusterAudit`. */
export type Words = (key: string, params?: Readonly<Record<string, string | number>>) => string;

/** Texts as lines of a comment, in YAML and in HCL. */
export function commentLines(...texts: readonly string[]): string[] {
  return texts.flatMap((text) => text.trim().split('\n')).map((line) => `# ${ line }`.trimEnd());
}

/** The name of an object as part of a file's name, whatever it holds. */
export function fileNameOf(name: string): string {
  return name.replace(/[^\w.-]/g, '-');
}
