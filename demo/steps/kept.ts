/** Folders that take minutes to make, kept for every checkout of this user, by a hash of what they are made from. */
import { cpSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

import { hashOfPaths } from './fingerprint';

/** How many of a name are kept: branches that differ take turns. */
const MOST = 3;

/** Puts what was made from these inputs in place of a folder; returns whether there was any, and whole. */
export function takeKept(name: string, inputs: string, folder: string): boolean {
  const kept = join(shelfOf(name), inputs);

  try {
    if (readFileSync(join(kept, 'hash'), 'utf8') !== hashOfPaths([join(kept, 'content')])) {
      return false;
    }
  } catch {
    return false;
  }
  rmSync(folder, { recursive: true, force: true });
  cpSync(join(kept, 'content'), folder, { recursive: true });

  return true;
}

/** Keeps a folder. Does nothing where the user has no place for it: then it is made anew by each checkout. */
export function keep(name: string, inputs: string, folder: string): void {
  const shelf = shelfOf(name);
  const unfinished = join(shelf, `new-${ process.pid }`);
  const kept = join(shelf, inputs);

  try {
    mkdirSync(unfinished, { recursive: true });
    cpSync(folder, join(unfinished, 'content'), { recursive: true });
    writeFileSync(join(unfinished, 'hash'), hashOfPaths([join(unfinished, 'content')]) ?? '');
    rmSync(kept, { recursive: true, force: true });
    renameSync(unfinished, kept);
    newestFirst(shelf).slice(MOST).forEach((old) => rmSync(old, { recursive: true, force: true }));
  } catch {
    rmSync(unfinished, { recursive: true, force: true });
  }
}

function newestFirst(shelf: string): string[] {
  return readdirSync(shelf).map((entry) => join(shelf, entry)).sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
}

function shelfOf(name: string): string {
  return join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'cluster-audit-log', name);
}
