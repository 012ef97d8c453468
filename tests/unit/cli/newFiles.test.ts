// Directories that are written whole or not at all.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { writeNewFiles } from '../../../cli/newFiles';

const FILES = [{ path: 'a.yaml', content: 'ü\n' }, { path: 'b/c.yaml', content: '' }];
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cluster-audit-out-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('a directory of an export', () => {
  it.each([['new', 'x/y'], ['empty', '.']])('may be %s', async (_, path) => {
    await writeNewFiles(join(folder, path), FILES);

    expect(readFileSync(join(folder, path, 'a.yaml'), 'utf8')).toBe('ü\n');
    expect(readdirSync(join(folder, path, 'b'))).toEqual(['c.yaml']);
  });

  it('may be a link to an empty one', async () => {
    mkdirSync(join(folder, 'real'));
    symlinkSync('real', join(folder, 'link'));
    await writeNewFiles(join(folder, 'link'), FILES);

    expect(readdirSync(join(folder, 'real')).sort()).toEqual(['a.yaml', 'b']);
  });

  it('stays as it is where something is in it, hidden or not', async () => {
    writeFileSync(join(folder, '.git'), 'theirs');

    await expect(writeNewFiles(folder, FILES)).rejects.toMatchObject({ key: 'outNotEmpty', params: { folder, file: join(folder, '.git') } });
    expect(readdirSync(folder)).toEqual(['.git']);
  });

  it('is none where a file has its name', async () => {
    writeFileSync(join(folder, 'file'), 'theirs');

    await expect(writeNewFiles(join(folder, 'file'), FILES)).rejects.toMatchObject({ key: 'unwritable' });
    expect(readFileSync(join(folder, 'file'), 'utf8')).toBe('theirs');
  });

  // Root may write everywhere but there, and only Linux has it.
  it.skipIf(!existsSync('/proc/self'))('is none where the system takes none', async () => {
    await expect(writeNewFiles('/proc/cluster-audit/x', FILES)).rejects.toMatchObject({ key: 'unwritable' });
  });

  it('has nothing in it where one file fails', async () => {
    const [first = { path: '', content: '' }] = FILES;

    await expect(writeNewFiles(join(folder, 'new'), [first, { path: 'a.yaml/b', content: '' }])).rejects.toMatchObject({ key: 'unwritable' });
    expect(existsSync(join(folder, 'new'))).toBe(false);
    await expect(writeNewFiles(folder, [first, { path: 'a.yaml', content: '' }])).rejects.toMatchObject({ key: 'unwritable' });
    expect(readdirSync(folder)).toEqual([]);
  });
});
