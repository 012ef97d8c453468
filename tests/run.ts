/**
 * `npm test`: runs every check as soon as what it needs is set up, two at a time, and closes with the sum. `run.ts unit …` runs one check, and
 * gives it the rest of the arguments.
 */
import { closeSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { runCommand } from '../demo/steps/command';
import { CACHE, ROOT } from '../demo/steps/places';
import { runProgram } from '../demo/steps/program';
import { setUp } from '../demo/steps/setUp';
import { SetUpError, type Step } from '../demo/steps/step';
import { CHECKS, type Check } from './steps/checks';
import { countsOf, failuresOf, type Counts } from './steps/counts';
import { inLanes } from './steps/lanes';

const REPORTS = join(CACHE, 'reports', String(process.pid));
/** Most checks keep one processor busy, and wait now and then. */
const LANES = 2;

/** A check, and whether what it needs is there, once that is known. */
interface Turn {
  readonly check: Check;
  readonly isReady: Promise<boolean>;
}

runProgram(async (signal) => {
  const [name, ...rest] = process.argv.slice(2);
  const checks = name === undefined ? CHECKS : CHECKS.filter((check) => check.name === name);

  if (checks.length === 0) {
    throw new SetUpError(`there is no check ${ name ?? '' }, only ${ CHECKS.map((check) => check.name).join(', ') }`);
  }

  const unproven = checks.flatMap((check) => check.unproven?.() ?? []);
  const turns = turnsOf(checks.filter((check) => check.unproven?.() === undefined), signal);
  const counts = await countAll(turns, name === undefined ? undefined : rest, signal);
  const failed = sum(counts, 'failed') + failuresOf(unproven, name !== undefined);

  counts.flatMap(({ failures }) => failures).forEach((what) => console.log(`failed: ${ what }`));
  unproven.forEach((what) => console.log(`not proven: ${ what }`));
  console.log(`${ sum(counts, 'passed') } passed, ${ failed } failed`);

  return failed > 0 ? 1 : 0;
});

/** Sets up what the checks need, for one after the other in their order. */
function turnsOf(checks: readonly Check[], signal: AbortSignal): Turn[] {
  const made = new Set<Step>();
  let before: Promise<unknown> = Promise.resolve();

  return checks.map((check) => {
    const isReady = before.then(() => makeReady(check, made, signal));

    // Who waits for it hears of it.
    before = isReady.catch(() => undefined);

    return { check, isReady };
  });
}

async function makeReady(check: Check, made: Set<Step>, signal: AbortSignal): Promise<boolean> {
  const missing = check.needs.filter((step) => !made.has(step));

  try {
    if (missing.length) {
      await setUp(missing, signal);
    }
    missing.forEach((step) => made.add(step));

    return true;
  } catch (error) {
    signal.throwIfAborted();
    console.error(error instanceof SetUpError ? error.message : error);

    return false;
  }
}

/** Runs one check with arguments on the terminal, or all of them in lanes. */
async function countAll(turns: readonly Turn[], rest: readonly string[] | undefined, signal: AbortSignal): Promise<Counts[]> {
  mkdirSync(REPORTS, { recursive: true });
  try {
    return await inLanes(LANES, turns, async ({ check, isReady }) => {
      if (!await isReady) {
        return { passed: 0, failed: 1, failures: [`${ check.name }: it could not be set up`] };
      }

      return rest ? count(check, rest, 'inherit', signal) : countApart(check, signal);
    });
  } finally {
    rmSync(REPORTS, { recursive: true, force: true });
  }
}

/** Counts a check beside another one; its output comes at its end, so that it stays together. */
async function countApart(check: Check, signal: AbortSignal): Promise<Counts> {
  const log = join(REPORTS, `${ check.name }.log`);
  const output = openSync(log, 'w');
  const start = Date.now();

  console.log(`── ${ check.name }: running`);
  try {
    return await count(check, [], output, signal);
  } finally {
    closeSync(output);
    console.log(`\n── ${ check.name }: ended after ${ Math.round((Date.now() - start) / 1000) } s\n${ readFileSync(log, 'utf8') }`);
  }
}

async function count(check: Check, rest: readonly string[], output: number | 'inherit', signal: AbortSignal): Promise<Counts> {
  const report = join(REPORTS, `${ check.name }.json`);
  const [tool, ...args] = check.command(report);
  const env = { ...process.env, ...check.environment?.(report) };
  const exitCode = await runCommand([join(ROOT, 'node_modules/.bin', tool), ...args, ...(check.adapted?.(rest) ?? rest)], { cwd: ROOT, env, output, signal });

  if (check.read) {
    return countsOf(exitCode, report, check.read);
  }

  return exitCode === 0 ? { passed: 1, failed: 0, failures: [] } : { passed: 0, failed: 1, failures: [check.name] };
}

function sum(counts: readonly Counts[], name: 'passed' | 'failed'): number {
  return counts.reduce((total, each) => total + each[name], 0);
}
