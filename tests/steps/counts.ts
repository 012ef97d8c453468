/** How many tests a runner passed and failed, and which ones failed, from the report that it wrote. */
import { readFileSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';

export interface Counts {
  readonly passed: number;
  readonly failed: number;
  /** What failed, with why: said once more at the end, since the end is all that some build servers keep. */
  readonly failures: readonly string[];
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
  readonly testResults: readonly VitestFile[];
}

interface VitestFile {
  readonly name?: string;
  readonly status: string;
  readonly message?: string;
  readonly assertionResults: readonly { readonly status?: string; readonly fullName?: string; readonly failureMessages?: readonly string[] }[];
}

interface PlaywrightReport {
  readonly stats: { readonly expected: number; readonly unexpected: number; readonly flaky: number; readonly skipped: number };
  readonly errors: readonly { readonly message?: string }[];
  readonly suites?: readonly PlaywrightSuite[];
}

interface PlaywrightSuite {
  readonly file?: string;
  readonly suites?: readonly PlaywrightSuite[];
  readonly specs?: readonly { readonly title: string; readonly tests: readonly PlaywrightTest[] }[];
}

interface PlaywrightTest {
  readonly projectName: string;
  readonly status: string;
  readonly results: readonly { readonly error?: { readonly message?: string } }[];
}

/** As much of an error as tells what it is about. */
const LINES_OF_ERROR = 12;

export const readVitest: Reader = (json) => {
  const report = json as VitestReport;
  const unloaded = report.testResults.filter(({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0);

  return {
    passed:   report.numPassedTests,
    failed:   report.numFailedTests + unloaded.length,
    failures: report.testResults.flatMap(failuresOfFile),
    leftOut:  report.numPendingTests + report.numTodoTests
  };
};

function failuresOfFile({ name = '', message, assertionResults }: VitestFile): string[] {
  if (!assertionResults.length) {
    return [failure(name, message)];
  }

  return assertionResults.filter(({ status }) => status === 'failed').map(({ fullName = '', failureMessages }) => failure(`${ name } › ${ fullName }`, failureMessages?.[0]));
}

export const readPlaywright: Reader = (json) => {
  const { stats, errors, suites = [] } = json as PlaywrightReport;

  return {
    passed:   stats.expected,
    failed:   stats.unexpected + stats.flaky + errors.length,
    failures: [...errors.map(({ message }) => failure('playwright', message)), ...suites.flatMap(failuresOfSuite)],
    leftOut:  stats.skipped
  };
};

function failuresOfSuite({ file = '', suites = [], specs = [] }: PlaywrightSuite): string[] {
  const ofSpecs = specs.flatMap(({ title, tests }) => tests
    .filter(({ status }) => status === 'unexpected' || status === 'flaky')
    .map(({ projectName, results }) => failure(`[${ projectName }] ${ file } › ${ title }`, results.find(({ error }) => error)?.error?.message)));

  return [...ofSpecs, ...suites.flatMap(failuresOfSuite)];
}

function failure(name: string, message = ''): string {
  return [name, ...stripVTControlCharacters(message).split('\n').slice(0, LINES_OF_ERROR)].join('\n  ').trimEnd();
}

/** The counts of a run: it has failed if it ended badly, gave no report, or ran no test. In CI nothing may be left out. */
export function countsOf(exitCode: number, report: string, read: Reader): Counts {
  const { passed, failed, failures: names, leftOut } = tallyIn(report, read);
  const failures = failed + (process.env['CI'] ? leftOut : 0);
  const isBad = exitCode !== 0 || passed + failures === 0;

  return { passed, failed: isBad ? Math.max(failures, 1) : failures, failures: names };
}

/** What can't be proven on a machine fails in CI, and where it was asked for by name. */
export function failuresOf(unproven: readonly string[], isAskedFor: boolean): number {
  return process.env['CI'] || isAskedFor ? unproven.length : 0;
}

function tallyIn(report: string, read: Reader): Tally {
  try {
    return read(JSON.parse(readFileSync(report, 'utf8')));
  } catch {
    return { passed: 0, failed: 1, failures: ['no report, or none that can be read'], leftOut: 0 };
  }
}
