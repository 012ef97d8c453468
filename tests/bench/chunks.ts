/** The files of the built extension, and what a browser loads of them. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

import { extensionBuild, extensionFolder } from '../../demo/steps/places';

export interface Chunk {
  readonly name: string;
  readonly bytes: number;
  readonly zipped: number;
}

/** The file that every page loads. */
export const BUNDLE = `${ extensionBuild() }.umd.min.js`;

/** Each file that a browser may load. */
export function chunksOfBuild(): Chunk[] {
  return readdirSync(extensionFolder()).filter((name) => name.endsWith('.js')).map(chunkOf);
}

/** One file by its name. */
export function chunkOf(name: string): Chunk {
  const content = readFileSync(join(extensionFolder(), name));

  return { name, bytes: content.length, zipped: gzipSync(content).length };
}

/**
 * Every file that one browser can load for what the extension adds: all but the words of the languages that the user does not speak.
 * `locale` is the user's.
 */
export function chunksForUser(locale: string): Chunk[] {
  const bundle = readFileSync(join(extensionFolder(), BUNDLE), 'utf8');
  const words = [...bundle.matchAll(/addL10n\("([\w-]+)",[^}]*?\.e\((\d+)\)/g)].filter(([, language]) => language !== locale).map(([, , id]) => `${ BUNDLE.replace(/js$/, '') }${ id }.js`);

  return chunksOfBuild().filter(({ name }) => !words.includes(name));
}

/** Kibibytes of some files, zipped. */
export function zippedKibibytes(chunks: readonly Chunk[]): number {
  return chunks.reduce((sum, { zipped }) => sum + zipped, 0) / 1024;
}
