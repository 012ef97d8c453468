/** Writes the files of a directory that is new or empty: all of them, or none. */
import { mkdir, open, readdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import type { ExportedFile } from '../audit/cluster/exports/exportedFile';
import { UsageError } from './io';

/** Throws a UsageError that names what is there already, or why nothing can be written. */
export async function writeNewFiles(folder: string, files: readonly ExportedFile[]): Promise<void> {
  const [present] = await entriesOf(folder);

  if (present !== undefined) {
    throw new UsageError('outNotEmpty', { folder, file: join(folder, present) });
  }
  const made: string[] = [];

  try {
    for (const { path, content } of files) {
      const file = join(folder, path);

      await makeFolder(dirname(file), made);
      const handle = await open(file, 'wx');

      made.push(file);
      await handle.writeFile(content).finally(() => handle.close());
    }
  } catch (error) {
    await Promise.all(made.map((path) => rm(path, { recursive: true, force: true })));
    throw unwritable(folder, error);
  }
}

/** Makes a folder and those that it is in, noting each. Node's own way to do that never ends where a system refuses it by ENOENT. */
async function makeFolder(folder: string, made: string[]): Promise<void> {
  try {
    await mkdir(folder);
    made.push(folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;

    if (code !== 'EEXIST' && (code !== 'ENOENT' || dirname(folder) === folder)) {
      throw error;
    }
    if (code === 'ENOENT') {
      await makeFolder(dirname(folder), made);
      await mkdir(folder);
      made.push(folder);
    }
  }
}

function unwritable(folder: string, error: unknown): UsageError {
  return new UsageError('unwritable', { folder, reason: error instanceof Error ? error.message : String(error) });
}

/** What is in a folder; nothing where there is none. */
async function entriesOf(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return [];
    }
    throw unwritable(folder, error);
  }
}
