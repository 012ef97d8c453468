/** Folders that take minutes to make, kept for every checkout of this user, by a hash of what they are made from. */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, join } from 'node:path';

import { hashOfPaths } from './fingerprint';

/** How many of a name are kept: branches that differ take turns. */
const MOST = 3;
const UNFINISHED = 'new-';
/** In milliseconds. */
const DAY = 86_400_000;

/** Puts what was made from these inputs in place of a folder; returns whether there was any, and whole. */
export function takeKept(name: string, inputs: string, folder: string): boolean {
  const kept = join(shelfOf(name), inputs);
  const copy = `${ folder }.new`;

  try {
    rmSync(copy, { recursive: true, force: true });
    cpSync(join(kept, 'content'), copy, { recursive: true });
    // Whatever happened to it on its shelf, or while it was copied.
    if (readFileSync(join(kept, 'hash'), 'utf8') !== hashOfPaths([copy])) {
      throw new Error('damaged');
    }
    rmSync(folder, { recursive: true, force: true });
    renameSync(copy, folder);
    touch(kept);

    return true;
  } catch {
    rmSync(copy, { recursive: true, force: true });

    return false;
  }
}

/** Keeps a folder. Does nothing where the user has no place for it: then it is made anew by each checkout. */
export function keep(name: string, inputs: string, folder: string): void {
  const shelf = shelfOf(name);
  const kept = join(shelf, inputs);

  try {
    mkdirSync(shelf, { recursive: true });
    const unfinished = mkdtempSync(join(shelf, UNFINISHED));

    cpSync(folder, join(unfinished, 'content'), { recursive: true });
    writeFileSync(join(unfinished, 'hash'), hashOfPaths([join(unfinished, 'content')]) ?? '');
    rmSync(kept, { recursive: true, force: true });
    renameSync(unfinished, kept);
    touch(kept);
    lastUsedFirst(shelf).slice(MOST).forEach((old) => rmSync(old, { recursive: true, force: true }));
  } catch {
    // There is no room for it, or somebody else keeps the same one right now.
  }
}

function touch(kept: string): void {
  utimesSync(kept, new Date(), new Date());
}

/** What is on a shelf, without what others are just putting there; what they never finished counts after a day. */
function lastUsedFirst(shelf: string): string[] {
  const used = (entry: string): number => statSync(entry).mtimeMs;

  return readdirSync(shelf).map((entry) => join(shelf, entry))
    .filter((entry) => !basename(entry).startsWith(UNFINISHED) || used(entry) < Date.now() - DAY)
    .sort((a, b) => used(b) - used(a));
}

function shelfOf(name: string): string {
  return join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'cluster-audit-log', name);
}
