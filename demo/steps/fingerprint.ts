/** Hashes of files by content: a time stamp says nothing after a clone, a copy or an interrupted build. */
import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** The hash of values, each told apart from the next. */
export function hashOf(...values: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(values)).digest('hex');
}

/** The hash of files and folders with all that is in them; undefined when one is missing. */
export function hashOfPaths(paths: readonly string[], ignored: readonly string[] = []): string | undefined {
  const hash = createHash('sha256');

  for (const path of paths) {
    const stat = statSync(path, { throwIfNoEntry: false });

    if (!stat) {
      return undefined;
    }
    for (const file of stat.isDirectory() ? filesUnder(path, ignored) : [path]) {
      const content = contentOf(file);

      hash.update(JSON.stringify([file.slice(path.length), content.length])).update(content);
    }
  }

  return hash.digest('hex');
}

/** Every file and link under a folder in a stable order; a name that is ignored is left out at any depth. */
export function filesUnder(folder: string, ignored: readonly string[] = []): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => !ignored.includes(entry.name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => (entry.isDirectory() ? filesUnder(join(folder, entry.name), ignored) : [join(folder, entry.name)]));
}

function contentOf(path: string): Buffer {
  return lstatSync(path).isSymbolicLink() ? Buffer.from(readlinkSync(path)) : readFileSync(path);
}
