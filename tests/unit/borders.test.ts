/** The borders between rooms, held against the ESLint configuration that the tree is linted with. */
import { ESLint } from 'eslint';
import { dirname, posix, resolve } from 'node:path';
import tseslint from 'typescript-eslint';
import { describe, expect, test } from 'vitest';

import { casesOf } from './tables';

interface BorderCase {
  readonly file: string;
  readonly forbids: readonly string[];
  readonly allows: readonly string[];
}

const ROOT = resolve(__dirname, '../..');
const BORDER = 'rooms/borders';

/** Every way to write an import. */
const FORMS: readonly ((name: string) => string)[] = [
  (name) => `import b from '${ name }';`,
  (name) => `import '${ name }';`,
  (name) => `import type { B } from '${ name }';`,
  (name) => `import { type B } from '${ name }';`,
  (name) => `import b = require('${ name }');`,
  (name) => `export { b } from '${ name }';`,
  (name) => `export type { B } from '${ name }';`,
  (name) => `export * from '${ name }';`,
  (name) => `export const b = () => import('${ name }');`,
  (name) => `export const b = () => import(\`${ name }\`);`,
  (name) => `export type B = import('${ name }').B;`,
  (name) => `export const b = require('${ name }');`
];

/** The files are not there, so there is nothing for rules that ask for types. */
const eslint = new ESLint({
  cwd:            ROOT,
  overrideConfig: [tseslint.configs.disableTypeChecked, { languageOptions: { parserOptions: { projectService: false } } }]
});

describe('borders', () => {
  test.each(casesOf<BorderCase>('borders'))('$name', async ({ file, forbids, allows }) => {
    const crossings = await Promise.all(forbids.map(async (target) => [target, await reportedForms(file, target)]));
    const passages = await Promise.all(allows.map(async (target) => [target, await reportedForms(file, target)]));

    expect(crossings).toEqual(forbids.map((target) => [target, FORMS.map((form) => form(nameOf(file, target)))]));
    expect(passages).toEqual(allows.map((target) => [target, []]));
  });

  test.each([
    ["import b from '~/demo/b';"],
    ["import b from '@/demo/b';"],
    ["import b from '@pkg/cluster-audit-log/b';"],
    ["import b from '/etc/b';"],
    ["import b from '../../../b';"],
    ["import b from 'raw-loader!../../demo/b?raw';"],
    ["export const b = require.resolve('../../demo/b');"],
    ["export const b = new Worker(new URL('../../demo/b.ts', import.meta.url));"],
    ['export const b = (name: string) => import(name);'],
    ['export const b = (name: string) => import(`../../${ name }`);'] // a path that nobody can follow
  ])('a component can not get around them by %s', async (code) => {
    expect(await reports('components/policy/a.ts', code)).toBe(1);
  });

  test('a room that is not in the table is no room', async () => {
    expect(await reports('audit/elsewhere/a.ts', 'export {};')).toBe(1);
    expect(await reports('somewhere/a.ts', 'export {};')).toBe(1);
  });

  test.each(['window', 'document', 'localStorage', 'navigator', 'fetch', 'process', 'Buffer', 'setTimeout', 'globalThis', 'self', 'HTMLElement'])(
    'audit can not use the global %s', async (name) => {
      const [result] = await eslint.lintText(`export const value: unknown = ${ name };\n`, { filePath: resolve(ROOT, 'audit/policy/a.ts') });

      expect(result?.messages.map(({ ruleId }) => ruleId)).toEqual([expect.stringMatching(/^no-(undef|restricted-globals)$/)]);
    });
});

/** The imports of a path of the tree, or of a package, that are reported: one is on each line. */
async function reportedForms(file: string, target: string): Promise<string[]> {
  const imports = FORMS.map((form) => form(nameOf(file, target)));
  const lines = await reportedLines(file, imports.join('\n'));

  return imports.filter((_code, index) => lines.filter((line) => line === index + 1).length === 1);
}

/** How the file would name the target. */
function nameOf(file: string, target: string): string {
  const relative = posix.relative(dirname(file), target);

  return isPackage(target) ? target : relative.startsWith('.') ? relative : `./${ relative }`;
}

async function reports(file: string, code: string): Promise<number> {
  return (await reportedLines(file, code)).length;
}

/** The lines of a code at which it crosses a border, from 1. */
async function reportedLines(file: string, code: string): Promise<number[]> {
  const before = file.endsWith('.vue') ? '<script lang="ts">\n' : '';
  const [result] = await eslint.lintText(`${ before }${ code }\n${ before && '</script>\n' }`, { filePath: resolve(ROOT, file) });
  const messages = result?.messages ?? [];

  expect(messages.filter(({ fatal }) => fatal)).toEqual([]);

  return messages.filter(({ ruleId }) => ruleId === BORDER).map(({ line }) => before ? line - 1 : line);
}

/** Whatever does not begin with a folder or a file at the root of the tree. */
function isPackage(target: string): boolean {
  return !/^(audit|rancher|components|l10n|pkg|cli|demo|tests)\/|^(vue|eslint)\.config$/.test(target);
}
