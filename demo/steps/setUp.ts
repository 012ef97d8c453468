/** Goes through the steps of a set-up in order, and makes only what is not as its stamp says. */
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

import { runCommand } from './command';
import { takeLock, type Lock } from './lock';
import { CACHE, ROOT } from './places';
import { readStamp, removeStamp, writeStamp } from './stamps';
import { SetUpError, type Step } from './step';

const LOGS = join(CACHE, 'logs');
const SIGN_OF_LIFE = 10_000;

/** Leaves every step done. Rejects with a SetUpError, its log already printed, or with what aborted the signal. */
export async function setUp(steps: readonly Step[], signal: AbortSignal): Promise<void> {
  const lock = await takeLock(signal, (pid) => say(`waiting for the set-up of process ${ pid }`));

  try {
    for (const [index, step] of steps.entries()) {
      signal.throwIfAborted();
      await bringUp(step, `[${ index + 1 }/${ steps.length }] ${ step.title }`, lock, signal);
    }
  } finally {
    lock.release();
  }
}

async function bringUp(step: Step, title: string, lock: Lock, signal: AbortSignal): Promise<void> {
  const stamp = readStamp(step.name);
  const inputs = step.inputs();
  const intact = stamp !== undefined && stamp.outputs === step.outputs();

  if (intact && stamp.inputs === inputs) {
    return say(`${ title }: unchanged`);
  }
  removeStamp(step.name);
  if (!intact) {
    step.discard?.();
  }

  const start = Date.now();
  const seconds = (): number => Math.round((Date.now() - start) / 1000);
  const alive = setInterval(() => say(`${ title }: … ${ seconds() } s`), SIGN_OF_LIFE);

  say(`${ title }: ${ step.doing } …`);
  try {
    await make(step, lock, signal);
  } finally {
    clearInterval(alive);
  }

  const outputs = step.outputs();

  if (outputs === undefined) {
    throw new SetUpError(`${ step.title }: ended well but left nothing usable`);
  }
  writeStamp(step.name, { inputs, outputs });
  say(`${ title }: done in ${ seconds() } s`);
}

async function make(step: Step, lock: Lock, signal: AbortSignal): Promise<void> {
  mkdirSync(LOGS, { recursive: true });

  const log = join(LOGS, `${ step.name }.log`);
  const output = openSync(log, 'w');
  const named = relative(ROOT, log);

  try {
    await step.make(async (command, options) => {
      const code = await runCommand(command, { ...options, output, signal, onStart: (pid) => lock.runs(pid) });

      if (code !== 0) {
        throw new SetUpError(`its command ended with ${ code }`);
      }
    });
  } catch (error) {
    signal.throwIfAborted();
    process.stderr.write(readFileSync(log, 'utf8'));
    throw new SetUpError(`${ step.title }: ${ step.doing } failed: ${ error instanceof Error ? error.message : String(error) } (log: ${ named })`);
  } finally {
    closeSync(output);
  }
}

function say(line: string): void {
  console.log(line);
}
