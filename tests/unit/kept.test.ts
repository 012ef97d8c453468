// Builds that all checkouts of a user share: what is kept, what is taken, and what goes.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { keep, takeKept } from '../../demo/steps/kept';

let home: string;
let build: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'kept-'));
  build = join(home, 'checkout/dist');
  vi.stubEnv('XDG_CACHE_HOME', join(home, 'cache'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(home, { recursive: true });
});

function built(text: string): void {
  mkdirSync(join(build, 'js'), { recursive: true });
  writeFileSync(join(build, 'js/a.js'), text);
}

function shelf(): string {
  return join(home, 'cache/cluster-audit-log/host');
}

/** Lets a build seem to have been used last some days ago. */
function age(inputs: string, days: number): void {
  const then = new Date(Date.now() - days * 86_400_000);

  utimesSync(join(shelf(), inputs), then, then);
}

test('what one checkout has built another one takes', () => {
  built('one');
  keep('host', 'a', build);
  built('two');

  expect(takeKept('host', 'b', build)).toBe(false);
  expect(readFileSync(join(build, 'js/a.js'), 'utf8')).toBe('two');
  expect(takeKept('host', 'a', build)).toBe(true);
  expect(readFileSync(join(build, 'js/a.js'), 'utf8')).toBe('one');
});

test('what was damaged is not taken, and what stands there stays', () => {
  built('one');
  keep('host', 'a', build);
  writeFileSync(join(shelf(), 'a/content/js/a.js'), 'on');

  expect(takeKept('host', 'a', build)).toBe(false);
  expect(readFileSync(join(build, 'js/a.js'), 'utf8')).toBe('one');
  expect(existsSync(`${ build }.new`)).toBe(false);
});

test('of many the ones that were used last stay, and what others are just putting there', () => {
  ['a', 'b', 'c'].forEach((inputs, index) => {
    built(inputs);
    keep('host', inputs, build);
    age(inputs, 9 - index);
  });
  mkdirSync(join(shelf(), 'new-1'));
  expect(takeKept('host', 'a', build)).toBe(true);
  built('d');
  keep('host', 'd', build);

  expect(readdirSync(shelf()).sort()).toEqual(['a', 'c', 'd', 'new-1']);
});

test('where nothing can be kept, nothing happens', () => {
  writeFileSync(join(home, 'cache'), 'a file');
  built('one');
  keep('host', 'a', build);

  expect(takeKept('host', 'a', build)).toBe(false);
});
