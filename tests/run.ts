/**
 * `npm test`: sets up, runs every check, and closes with the sum. `run.ts unit …` runs one check, and gives it the rest
 * of the arguments.
 */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { runCommand } from '../demo/steps/command';
import { CACHE, ROOT } from '../demo/steps/places';
import { runProgram } from '../demo/steps/program';
import { setUp } from '../demo/steps/setUp';
import { SetUpError, type Step } from '../demo/steps/step';
import { CHECKS, type Check } from './steps/checks';
import { countsOf, failuresOf, type Counts } from './steps/counts';

const REPORTS = join(CACHE, 'reports', String(process.pid));

runProgram(async (signal) => {
  const [name, ...rest] = process.argv.slice(2);
  const checks = name === undefined ? CHECKS : CHECKS.filter((check) => check.name === name);

  if (checks.length === 0) {
    throw new SetUpError(`there is no check ${ name ?? '' }, only ${ CHECKS.map((check) => check.name).join(', ') }`);
  }

  const unproven = checks.flatMap((check) => check.unproven?.() ?? []);
  const possible = checks.filter((check) => check.unproven?.() === undefined);
  const ready = await readyOf(possible, signal);
  const notReady = possible.filter((check) => !ready.includes(check));
  const counts = await countAll(ready, rest, signal);
  const failed = sum(counts, 'failed') + notReady.length + failuresOf(unproven, name !== undefined);

  counts.flatMap(({ failures }) => failures).forEach((what) => console.log(`failed: ${ what }`));
  notReady.forEach((check) => console.log(`not set up, and so failed: ${ check.name }`));
  unproven.forEach((what) => console.log(`not proven: ${ what }`));
  console.log(`${ sum(counts, 'passed') } passed, ${ failed } failed`);

  return failed > 0 ? 1 : 0;
});

/** Sets up what the checks need, and returns those that have it. */
async function readyOf(checks: readonly Check[], signal: AbortSignal): Promise<Check[]> {
  const made = new Set<Step>();
  const ready: Check[] = [];

  // The last check needs most, and what may be missing on a machine comes first in it.
  for (const check of checks.toReversed()) {
    const missing = check.needs.filter((step) => !made.has(step));

    try {
      await setUp(missing, signal);
      missing.forEach((step) => made.add(step));
      ready.unshift(check);
    } catch (error) {
      signal.throwIfAborted();
      console.error(error instanceof SetUpError ? error.message : error);
    }
  }

  return ready;
}

async function countAll(checks: readonly Check[], rest: readonly string[], signal: AbortSignal): Promise<Counts[]> {
  const counts: Counts[] = [];

  mkdirSync(REPORTS, { recursive: true });
  try {
    for (const check of checks) {
      console.log(`\n── ${ check.name }`);
      counts.push(await count(check, rest, signal));
    }
  } finally {
    rmSync(REPORTS, { recursive: true, force: true });
  }

  return counts;
}

async function count(check: Check, rest: readonly string[], signal: AbortSignal): Promise<Counts> {
  const report = join(REPORTS, `${ check.name }.json`);
  const [tool, ...args] = check.command(report);
  const env = { ...process.env, ...check.environment?.(report) };
  const exitCode = await runCommand([join(ROOT, 'node_modules/.bin', tool), ...args, ...(check.adapted?.(rest) ?? rest)], { cwd: ROOT, env, output: 'inherit', signal });

  if (check.read) {
    return countsOf(exitCode, report, check.read);
  }
  console.log(exitCode === 0 ? 'passed' : 'failed');

  return exitCode === 0 ? { passed: 1, failed: 0, failures: [] } : { passed: 0, failed: 1, failures: [check.name] };
}

function sum(counts: readonly Counts[], name: 'passed' | 'failed'): number {
  return counts.reduce((total, each) => total + each[name], 0);
}
