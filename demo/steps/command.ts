/** One command in a process group of its own, so that all it starts can be stopped with it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';

import { endGroup } from './processes';
import type { RunOptions } from './step';

export interface CommandOptions extends RunOptions {
  /** Where the output goes: an open file, or the terminal. */
  readonly output: number | 'inherit';
  readonly signal: AbortSignal;
  onStart?(pid: number): void;
}

/** Runs a command to its end; gives its exit code, 1 for a death by signal. Rejects when it can't start or is stopped. */
export async function runCommand([file, ...args]: readonly [string, ...string[]], options: CommandOptions): Promise<number> {
  const { cwd, env, output, signal } = options;

  signal.throwIfAborted();

  const child = spawn(file, args, { cwd, env, detached: true, stdio: ['ignore', output, output] });
  const ended = once(child, 'exit');

  if (child.pid === undefined) {
    await ended;
    throw new Error(`${ file } did not start`);
  }

  const leader = child.pid;
  const stop = (): void => {
    void endGroup(leader);
  };

  options.onStart?.(leader);
  signal.addEventListener('abort', stop);
  try {
    const [code] = await ended as [number | null];

    return code ?? 1;
  } finally {
    signal.removeEventListener('abort', stop);
    await endGroup(leader);
    signal.throwIfAborted();
  }
}
