/** Where the demo's parts lie in the working tree. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

export const ROOT = resolve(__dirname, '../..');

/** Everything that a run leaves behind besides packages and builds. */
export const CACHE = resolve(ROOT, '.cache');

export const EXTENSION_NAME = 'cluster-audit-log';
export const EXTENSION_SOURCE = resolve(ROOT, 'pkg', EXTENSION_NAME);

/** `cluster-audit-log-0.1.0`: the folder of the built extension, and the first part of its bundle's name. */
export function extensionBuild(): string {
  return `${ EXTENSION_NAME }-${ manifest(EXTENSION_SOURCE).version }`;
}

export function extensionFolder(): string {
  return resolve(ROOT, 'dist-pkg', extensionBuild());
}

export interface Manifest {
  readonly version: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly resolutions?: Readonly<Record<string, string>>;
}

/** The package.json of a folder. */
export function manifest(folder: string): Manifest {
  return JSON.parse(readFileSync(resolve(folder, 'package.json'), 'utf8')) as Manifest;
}
