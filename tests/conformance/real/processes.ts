/** The processes of this machine: from /proc where there is one, else as `ps` lists them. */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';

interface Process {
  readonly pid: number;
  readonly parent: number;
  /** Z for one that has ended, and that nobody has asked about. */
  readonly state: string;
}

export function childrenOf(parent: number): number[] {
  return processes().filter((process) => process.parent === parent).map(({ pid }) => pid);
}

/** Those of some processes that still run. */
export function runningOf(pids: readonly number[]): number[] {
  return processes().filter(({ pid, state }) => pids.includes(pid) && !state.startsWith('Z')).map(({ pid }) => pid);
}

function processes(): Process[] {
  return existsSync('/proc/self/stat') ? processesOfProc() : processesOfPs();
}

function processesOfProc(): Process[] {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap((name) => {
    try {
      // The name of the program may hold anything, a parenthesis too.
      const [, state = '', parent] = /^.*\) (\S) (\d+) /s.exec(readFileSync(`/proc/${ name }/stat`, 'utf8')) ?? [];

      return [{ pid: Number(name), parent: Number(parent), state }];
    } catch {
      // It has ended meanwhile.
      return [];
    }
  });
}

function processesOfPs(): Process[] {
  return execFileSync('ps', ['-A', '-o', 'pid=,ppid=,stat='], { encoding: 'utf8' }).trim().split('\n').map((line) => {
    const [pid, parent, state = ''] = line.trim().split(/\s+/);

    return { pid: Number(pid), parent: Number(parent), state };
  });
}
