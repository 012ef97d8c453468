/** How many tests a runner passed and failed, from the report that it wrote. */
import { readFileSync } from 'node:fs';

export interface Counts {
  readonly passed: number;
  readonly failed: number;
}

/** What a report says; a test that was left out is neither passed nor failed. */
interface Tally extends Counts {
  readonly leftOut: number;
}

export type Reader = (report: unknown) => Tally;

interface VitestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly testResults: readonly { readonly status: string; readonly assertionResults: readonly unknown[] }[];
}

interface PlaywrightReport {
  readonly stats: { readonly expected: number; readonly unexpected: number; readonly flaky: number; readonly skipped: number };
  readonly errors: readonly unknown[];
}

export const readVitest: Reader = (json) => {
  const report = json as VitestReport;
  const unloaded = report.testResults.filter(({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0);

  return { passed: report.numPassedTests, failed: report.numFailedTests + unloaded.length, leftOut: report.numPendingTests + report.numTodoTests };
};

export const readPlaywright: Reader = (json) => {
  const { stats, errors } = json as PlaywrightReport;

  return { passed: stats.expected, failed: stats.unexpected + stats.flaky + errors.length, leftOut: stats.skipped };
};

/** The counts of a run: it has failed if it ended badly, gave no report, or ran no test. In CI nothing may be left out. */
export function countsOf(exitCode: number, report: string, read: Reader): Counts {
  const { passed, failed, leftOut } = tallyIn(report, read);
  const failures = failed + (process.env['CI'] ? leftOut : 0);
  const isBad = exitCode !== 0 || passed + failures === 0;

  return { passed, failed: isBad ? Math.max(failures, 1) : failures };
}

/** What can't be proven on a machine fails in CI, and where it was asked for by name. */
export function failuresOf(unproven: readonly string[], isAskedFor: boolean): number {
  return process.env['CI'] || isAskedFor ? unproven.length : 0;
}

function tallyIn(report: string, read: Reader): Tally {
  try {
    return read(JSON.parse(readFileSync(report, 'utf8')));
  } catch {
    return { passed: 0, failed: 1, leftOut: 0 };
  }
}
