/**
 * One set-up at a time in a working tree: a file that names its owner and what the owner has started.
 *
 * An owner that was killed leaves the file and perhaps a running build; whoever comes next ends both.
 */
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { CACHE } from './places';
import { endGroup, isAlive, processId, type ProcessId } from './processes';

export interface Lock {
  /** Notes the command that is now at work. */
  runs(pid: number): void;
  release(): void;
}

interface Owner extends ProcessId {
  readonly command?: ProcessId;
}

const FILE = join(CACHE, 'steps', 'lock');
const MINE = `${ FILE }.${ process.pid }`;

/** Waits for its turn; `onWait` is told once who is at work. */
export async function takeLock(signal: AbortSignal, onWait: (pid: number) => void): Promise<Lock> {
  const me = processId(process.pid);
  let waiting = false;

  mkdirSync(join(CACHE, 'steps'), { recursive: true });
  while (!tryToTake(me)) {
    const text = textOf(FILE);
    const owner = ownerIn(text);

    if (owner && isAlive(owner)) {
      if (!waiting) {
        onWait(owner.pid);
        waiting = true;
      }
      await sleep(200, undefined, { signal });
    } else {
      await clearUp(text, owner);
    }
  }

  return {
    runs:    (pid) => write({ ...me, command: processId(pid) }, (mine) => renameSync(mine, FILE)),
    release: () => rmSync(FILE, { force: true })
  };
}

/** A link is made whole or not at all, and only where there is no file. */
function tryToTake(me: Owner): boolean {
  try {
    write(me, (mine) => linkSync(mine, FILE));

    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') {
      return false;
    }
    throw error;
  } finally {
    rmSync(MINE, { force: true });
  }
}

async function clearUp(text: string, owner: Owner | undefined): Promise<void> {
  if (owner?.command && isAlive(owner.command)) {
    await endGroup(owner.command.pid);
  }
  // Somebody else may have cleared up and taken the lock in the meantime.
  if (textOf(FILE) === text) {
    rmSync(FILE, { force: true });
  }
}

function write(owner: Owner, publish: (path: string) => void): void {
  writeFileSync(MINE, JSON.stringify(owner));
  publish(MINE);
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function ownerIn(text: string): Owner | undefined {
  try {
    return JSON.parse(text) as Owner;
  } catch {
    return undefined;
  }
}
