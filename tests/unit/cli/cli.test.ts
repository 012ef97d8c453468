import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

import { version } from '../../../package.json';
import { casesOf } from '../tables';
import { runCommand, type Given } from './run';

interface Case extends Given {
  readonly args: string[];
  readonly code: number;
  /** Whether standard error may hold findings of a command that ends well. */
  readonly errIsFindings?: boolean;
  readonly out?: string;
  readonly err?: string;
  readonly outHas?: string[];
  readonly errHas?: string[];
  readonly json?: object;
  readonly lines?: object[];
  /** Parts of each file that is written, and no other is. */
  readonly written?: Readonly<Record<string, string[]>>;
}

/** What a terminal obeys, but for the ends of lines. */
const STEERING = /(?![\t\n])[\p{Cc}\p{Bidi_Control}]/u;
/** Forms of output that stay as they are, for tools. */
const DOCUMENTS = ['yaml', 'kubectl', 'config'];

describe('the command line', () => {
  it.each([...casesOf<Case>('cli/commands'), ...casesOf<Case>('cli/plan')])('$name', async ({ args, files, stdin, language, code, errIsFindings: areFindings = false, written: parts, ...expected }) => {
    const { out, err, written, ...ended } = await runCommand(args, { ...(files ? { files } : {}), ...(stdin === undefined ? {} : { stdin }), ...(language === undefined ? {} : { language }) });

    expect({ ...ended, err }).toEqual({ code, err: expected.err ?? err });
    expect(out).toBe(expected.out ?? out);
    expected.outHas?.forEach((part) => expect(out).toContain(part));
    expected.errHas?.forEach((part) => expect(err).toContain(part));
    expect(err).not.toMatch(STEERING);
    if (!args.some((arg) => DOCUMENTS.includes(arg))) {
      expect(out).not.toMatch(STEERING);
    }
    if (code === 0 && !areFindings) {
      expect(err).toBe('');
    }
    if (expected.json) {
      expect(JSON.parse(out)).toMatchObject(expected.json);
    }
    expect(Object.keys(written)).toEqual(Object.keys(parts ?? {}));
    Object.entries(parts ?? {}).forEach(([path, wanted]) => wanted.forEach((part) => expect(written[path]).toContain(part)));
    if (expected.lines) {
      expect(out.trimEnd().split('\n').map((line) => JSON.parse(line) as object)).toMatchObject(expected.lines);
    }
  });
});

it('the version is that of the package', async () => {
  expect(await runCommand(['--version'])).toMatchObject({ code: 0, out: `${ version }\n`, err: '' });
});

describe('the package', () => {
  const program = resolve(__dirname, '../../../dist-cli/bin/cluster-audit.js');

  it('runs alone', () => {
    const folder = mkdtempSync(join(tmpdir(), 'cluster-audit-'));

    writeFileSync(join(folder, 'p.yaml'), 'apiVersion: audit.k8s.io/v1\nrules: [{ level: Metadata }]\n');
    const { stdout, status } = spawnSync(process.execPath, [program, 'check', 'p.yaml'], { cwd: folder, encoding: 'utf8', env: { PATH: process.env['PATH'], LANG: 'C' } });

    rmSync(folder, { recursive: true });
    expect([status, stdout.trimEnd().split('\n').at(-1)]).toEqual([0, 'p.yaml: Kubernetes 1.36 starts with this policy.']);
  });

  it('is quiet when its reader goes away', () => {
    const { stderr, stdout } = spawnSync('sh', ['-c', `yes '{"policy":""}' | head -n 20000 | "${ process.execPath }" "${ program }" batch | head -n 1`], { encoding: 'utf8' });

    expect([stdout.split('\n').length, stderr]).toEqual([2, '']);
  });
});
