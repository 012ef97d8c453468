/** A machine that lacks something for a check: it is said what was not proven, and never taken for success where it counts. */
import { spawnSync } from 'node:child_process';
import { beforeEach, expect, test, vi } from 'vitest';

import { ROOT } from '../../demo/steps/places';
import { CHECKS } from '../steps/checks';
import { failuresOf } from '../steps/counts';

const NOWHERE = '';

beforeEach(() => {
  vi.stubEnv('CI', '');

  return () => vi.unstubAllEnvs();
});

test('without Go, what a real kube-apiserver proves is not proven', () => {
  vi.stubEnv('PATH', NOWHERE);
  expect(CHECKS.flatMap(({ name, unproven }) => unproven?.() === undefined ? [] : [name])).toEqual(['conformance', 'contract-real', 'real', 'browser-real']);
});

test('what is not proven fails in CI, and where it is asked for', () => {
  expect(failuresOf(['a', 'b'], false)).toBe(0);
  expect(failuresOf(['a', 'b'], true)).toBe(2);
  vi.stubEnv('CI', 'true');
  expect(failuresOf(['a', 'b'], false)).toBe(2);
});

test.each(['', 'true'])('a check that can’t run says so and fails, CI=%s', (CI) => {
  const { status, stdout } = spawnSync(process.execPath, ['--import', 'tsx', 'tests/run.ts', 'real'], { cwd: ROOT, env: { PATH: NOWHERE, CI }, encoding: 'utf8' });

  expect(stdout.trim().split('\n')).toEqual([expect.stringMatching(/^not proven: that a kube-apiserver .* for lack of Go 1\.26 or newer$/), '0 passed, 1 failed']);
  expect(status).toBe(1);
});
