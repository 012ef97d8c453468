import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

import type { Output } from '../../../cli/io';
import { runCommandLine } from '../../../cli/program';
import { casesOf } from '../tables';

interface Case {
  readonly args: string[];
  readonly files?: Readonly<Record<string, string>>;
  readonly stdin?: string;
  readonly language?: string;
  readonly code: number;
  /** Whether standard error may hold findings of a command that ends well. */
  readonly errIsFindings?: boolean;
  readonly out?: string;
  readonly err?: string;
  readonly outHas?: string[];
  readonly errHas?: string[];
  readonly json?: object;
  readonly lines?: object[];
}

class Text implements Output {
  text = '';
  readonly isTerminal = false;
  write = async (text: string): Promise<void> => {
    this.text += text;
  };
}

describe('the command line', () => {
  it.each(casesOf<Case>('cli/commands'))('$name', async ({ args, files = {}, stdin = '', language = 'C', code, errIsFindings: areFindings = false, ...expected }) => {
    const [out, err] = [new Text(), new Text()];
    const readFile = async (path: string): Promise<string> => {
      const text = files[path];

      if (text === undefined) {
        throw new Error('there is none');
      }

      return text;
    };

    expect(await runCommandLine(args, { stdin: inPieces(stdin), out, err, readFile }, { LANG: language })).toBe(code);
    expect([out.text, err.text]).toEqual([expected.out ?? out.text, expected.err ?? err.text]);
    expected.outHas?.forEach((part) => expect(out.text).toContain(part));
    expected.errHas?.forEach((part) => expect(err.text).toContain(part));
    expect(out.text.includes('\u001b')).toBe(false);
    if (code === 0 && !areFindings) {
      expect(err.text).toBe('');
    }
    if (expected.json) {
      expect(JSON.parse(out.text)).toMatchObject(expected.json);
    }
    if (expected.lines) {
      expect(out.text.trimEnd().split('\n').map((line) => JSON.parse(line) as object)).toMatchObject(expected.lines);
    }
  });
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

/** Chunks that end in the middle of lines, as pipes give them. */
async function *inPieces(text: string): AsyncGenerator<string> {
  for (let start = 0; start < text.length; start += 7) {
    yield text.slice(start, start + 7);
  }
}
