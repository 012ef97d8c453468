/** The built extension: what every page of Rancher pays for it, and what it asks of the oldest host. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import * as oldestVue from 'vue-oldest-host';

import { extensionFolder } from '../../demo/steps/places';
import { BUNDLE, chunksForUser, chunksOfBuild, zippedKibibytes } from '../bench/chunks';
import { hostVueModule, namesTaken } from './hostVue';

const CHUNKS = chunksOfBuild().map(({ name }) => name);
const OLDEST = new Set(Object.keys(oldestVue));

describe('the bundle', () => {
  test('that every page loads is at most 30 KiB', () => {
    expect(Buffer.byteLength(textOf(BUNDLE))).toBeLessThanOrEqual(30 * 1024);
  });

  test('is at most 350 KiB, zipped, with all that one user\'s browser can load: the tab, its worker and the dialogs', () => {
    const chunks = chunksForUser('en-us');

    expect(CHUNKS.length - chunks.length, 'chunks of other languages').toBe(1);
    expect(zippedKibibytes(chunks)).toBeLessThanOrEqual(350);
  });

  test('takes from the host\'s Vue only what Rancher 2.10 has', () => {
    const module = hostVueModule(textOf(BUNDLE));
    const names = [...new Set(CHUNKS.flatMap((name) => namesTaken(textOf(name), module)))];

    expect(names).toEqual(expect.arrayContaining(['computed', 'defineComponent', 'openBlock', 'ref']));
    expect(missing(names)).toEqual([]);
  });
});

describe('reading a bundle', () => {
  test('finds the module that is the host\'s Vue among other externals', () => {
    const bundle = '(function(e,t){"object"===typeof exports?module.exports=t(require("jquery"),require("vue")):e["x"]=t(e["$"],e["Vue"])})'
      + '("undefined"!==typeof self?self:this,function(e,t){return function(){var n={77:function(t){t.exports=e},9274:function(e){e.exports=t}};}()});';

    expect(hostVueModule(bundle)).toBe('9274');
  });

  test.each([
    ['a call', '(0,v.ref)(1),(0,v.useId)()', ['ref', 'useId']],
    ['a name as text', 'v["useId"]', ['useId']],
    ['a pattern', 'var {h:a,useId:b}=v', ['h', 'useId']],
    ['another name for it', 'var w=v;w.useId()', ['useId']],
    ['nothing behind a name of its own', '(function(v){v.useId()})({})', []]
  ])('follows %s', (_what, use, names) => {
    expect(namesTaken(chunkWith(`var v=n(9274);${ use }`), '9274')).toEqual(names);
  });

  test('sees that the oldest host has no useId', () => {
    expect(missing(namesTaken(chunkWith('var v=n(9274);(0,v.h)((0,v.useId)())'), '9274'))).toEqual(['useId']);
  });

  test.each([
    'f(v)',
    'var w={...v}',
    'for(var k in v)t[k]=v[k]',
    'v[k]',
    'var {...w}=v',
    'n.n(v)',
    'n.t.bind(n,9274,23)',
    'var w=v;w={};w.useId()'
  ])('gives up on %s', (use) => {
    expect(() => namesTaken(chunkWith(`var v=n(9274);${ use }`), '9274')).toThrow('nobody can follow');
  });
});

function chunkWith(body: string): string {
  return `(self.webpackChunk=self.webpackChunk||[]).push([[1],{5:function(e,t,n){${ body }}}]);`;
}

function missing(names: readonly string[]): string[] {
  return names.filter((name) => !OLDEST.has(name));
}

function textOf(chunk: string): string {
  return readFileSync(join(extensionFolder(), chunk), 'utf8');
}
