/** The sum that `npm test` closes with: no way to lose a test counts as success. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest';

import { countsOf, readPlaywright, readVitest } from '../steps/counts';

const FOLDER = mkdtempSync(join(tmpdir(), 'counts-'));

afterAll(() => rmSync(FOLDER, { recursive: true, force: true }));
beforeEach(() => {
  vi.stubEnv('CI', '');

  return () => vi.unstubAllEnvs();
});

describe('vitest', () => {
  const report = { numPassedTests: 3, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0, testResults: [{ status: 'passed', assertionResults: [{}] }] };

  test('counts what passed and failed', () => {
    expect(countsOf(1, written({ ...report, numFailedTests: 2 }), readVitest)).toMatchObject({ passed: 3, failed: 2 });
  });

  test('counts a file that can not be loaded as a failure', () => {
    expect(countsOf(1, written({ ...report, testResults: [{ status: 'failed', assertionResults: [] }] }), readVitest)).toMatchObject({ passed: 3, failed: 1 });
  });

  test('names what failed, and why', () => {
    const testResults = [{ name: 'a.test.ts', status: 'failed', assertionResults: [{ status: 'passed', fullName: 'fine' }, { status: 'failed', fullName: 'group one', failureMessages: ['\u001B[31mexpected 1\u001B[39m\ngot 2'] }] }, { name: 'b.test.ts', status: 'failed', message: 'no such module', assertionResults: [] }];

    expect(countsOf(1, written({ ...report, testResults }), readVitest).failures).toEqual(['a.test.ts › group one\n  expected 1\n  got 2', 'b.test.ts\n  no such module']);
  });

  test('counts a bad end without a failed test as a failure', () => {
    expect(countsOf(1, written(report), readVitest)).toMatchObject({ passed: 3, failed: 1 });
  });

  test('counts no test at all as a failure', () => {
    expect(countsOf(0, written({ ...report, numPassedTests: 0 }), readVitest)).toMatchObject({ passed: 0, failed: 1 });
  });

  test('counts what was left out as a failure in CI alone', () => {
    const leftOut = written({ ...report, numPendingTests: 1, numTodoTests: 1 });

    expect(countsOf(0, leftOut, readVitest)).toMatchObject({ passed: 3, failed: 0 });
    vi.stubEnv('CI', 'true');
    expect(countsOf(0, leftOut, readVitest)).toMatchObject({ passed: 3, failed: 2 });
  });
});

describe('playwright', () => {
  const report = { stats: { expected: 5, unexpected: 0, flaky: 0, skipped: 0 }, errors: [] };

  test('counts what passed, failed, wavered or could not be loaded', () => {
    expect(countsOf(0, written(report), readPlaywright)).toMatchObject({ passed: 5, failed: 0 });
    expect(countsOf(1, written({ stats: { ...report.stats, unexpected: 1, flaky: 1 }, errors: [{}] }), readPlaywright)).toMatchObject({ passed: 5, failed: 3 });
  });

  test('names what failed, and why', () => {
    const spec = (status: string) => ({ title: `is ${ status }`, tests: [{ projectName: '2.15', status, results: [{}, { error: { message: 'not seen' } }] }] });
    const suites = [{ file: 'a.test.ts', specs: [spec('expected')], suites: [{ file: 'a.test.ts', specs: [spec('flaky'), spec('unexpected')] }] }];

    expect(countsOf(1, written({ ...report, errors: [{ message: 'no browser' }], suites }), readPlaywright).failures)
      .toEqual(['playwright\n  no browser', '[2.15] a.test.ts › is flaky\n  not seen', '[2.15] a.test.ts › is unexpected\n  not seen']);
  });

  test('counts what was skipped as a failure in CI', () => {
    vi.stubEnv('CI', 'true');
    expect(countsOf(0, written({ ...report, stats: { ...report.stats, skipped: 2 } }), readPlaywright)).toMatchObject({ passed: 5, failed: 2 });
  });
});

test.each([readVitest, readPlaywright])('a runner without a report, or with half of one, has failed', (read) => {
  expect(countsOf(0, join(FOLDER, 'none.json'), read)).toMatchObject({ passed: 0, failed: 1 });
  expect(countsOf(0, written({}), read)).toMatchObject({ passed: 0, failed: 1 });
});

function written(report: unknown): string {
  const path = join(FOLDER, 'report.json');

  writeFileSync(path, JSON.stringify(report));

  return path;
}
