/** Other processes: whether one is still the one that was meant, and the end of a whole group of them. */
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** A process by number and start, since numbers are used again. */
export interface ProcessId {
  readonly pid: number;
  readonly started: string;
}

const PATIENCE = 3_000;

export function processId(pid: number): ProcessId {
  return { pid, started: startOf(pid) };
}

export function isAlive({ pid, started }: ProcessId): boolean {
  return exists(pid) && startOf(pid) === started;
}

/** Ends every process of a group: asks first, insists after a while. What nobody reaps stays in the group, dead, and is not waited for. */
export async function endGroup(leader: number): Promise<void> {
  const deadline = Date.now() + PATIENCE;

  for (let signal: NodeJS.Signals | 0 = 'SIGTERM'; tell(-leader, signal) && Date.now() < deadline + PATIENCE; signal = Date.now() > deadline ? 'SIGKILL' : 0) {
    await sleep(25);
  }
}

function exists(pid: number): boolean {
  return tell(pid, 0);
}

/** Whether there was somebody to tell. */
function tell(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(pid, signal);

    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** The 22nd field of Linux' stat is the start time; elsewhere the number alone has to do. */
function startOf(pid: number): string {
  try {
    return readFileSync(`/proc/${ pid }/stat`, 'utf8').split(') ').at(-1)?.split(' ')[19] ?? '';
  } catch {
    return '';
  }
}
