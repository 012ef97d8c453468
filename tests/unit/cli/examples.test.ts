// The commands that the documents show run on the files that they name, and print what the documents say.
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

import { PRESETS } from '../../../audit/presets/presets';
import { runCommand } from './run';

const ROOT = resolve(__dirname, '../../..');
const EXAMPLES = 'cli/examples';
const FILES = Object.fromEntries(readdirSync(resolve(ROOT, EXAMPLES)).map((name) => [`${ EXAMPLES }/${ name }`, textOf(`${ EXAMPLES }/${ name }`)]));

interface Example {
  readonly command: string;
  /** What the document says that it prints, where it does. */
  readonly prints: string | undefined;
}

function textOf(path: string): string {
  return readFileSync(resolve(ROOT, path), 'utf8');
}

/** The commands in the indented blocks of a document; a block after the paragraph “prints” is the output of the one before. */
function examplesIn(document: string): readonly Example[] {
  const parts = textOf(document).split(/\n{2,}/);

  return parts.flatMap((part, index) => part.split('\n').flatMap((line) => {
    const [, command] = /^ {4}(?:npx )?cluster-audit (.*)$/.exec(line) ?? [];
    const prints = parts[index + 1] === 'prints' ? parts[index + 2]?.replace(/^ {4}/gm, '').trimEnd() : undefined;

    return command === undefined ? [] : [{ command, prints }];
  }));
}

/** The arguments of a line, as a shell takes it apart, and the file that is its standard input. */
function wordsOf(line: string): { readonly args: readonly string[]; readonly stdin: string } {
  const words = [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
  const from = words.indexOf('<');

  return { args: from < 0 ? words : words.slice(0, from), stdin: from < 0 ? '' : FILES[words[from + 1] ?? ''] ?? '' };
}

describe.each(['README.md', 'cli/README.md'])('%s', (document) => {
  const examples = examplesIn(document);

  it('has commands', () => {
    expect(examples.length).toBeGreaterThan(2);
  });

  it.each(examples)('cluster-audit $command', async ({ command, prints }) => {
    const { args, stdin } = wordsOf(command);
    const { code, out } = await runCommand(args, { files: FILES, stdin });

    expect(code).toBe(0);
    expect(out).not.toBe('');
    expect(out.trimEnd()).toBe(prints ?? out.trimEnd());
  });
});

it('the command line’s document has output, and names each preset', () => {
  expect(examplesIn('cli/README.md').filter(({ prints }) => prints !== undefined).map(({ command }) => command.split(' ')[0])).toEqual(['explain', 'test']);
  expect(PRESETS.filter(({ id }) => !textOf('cli/README.md').includes(`\`${ id }\``))).toEqual([]);
});
