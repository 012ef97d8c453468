// What goes out to a terminal, whatever stands in it.
import fc from 'fast-check';
import { expect, it } from 'vitest';

import { print, printJson, printProblem, type Line } from '../../../cli/print';
import { casesOf } from '../tables';

/** A terminal obeys these, whoever wrote them. */
const STEERING = /[\p{Cc}\p{Bidi_Control}]/u;
const TEXT = fc.string({ unit: fc.oneof(fc.constantFrom('\u001b[2J', '\u009b', '\u007f', '\r', '\n', '\t', '\u202e', '\u2069', '\\', '"'), fc.string({ minLength: 1, maxLength: 1, unit: 'binary' })) });

async function written(work: (output: { isTerminal: boolean; write: (text: string) => Promise<void> }) => Promise<void>): Promise<string> {
  let text = '';

  await work({
    isTerminal: true,
    write:      async (more) => {
      text += more;
    }
  });

  return text;
}

it.each(casesOf<{ readonly line: string; readonly shown: string }>('cli/steering'))('$name', async ({ line, shown }) => {
  expect(await written((output) => print(output, [line]))).toBe(`${ shown }\n`);
});

it('colours are ours alone', async () => {
  const line: Line = ['\u001b[32m', { text: '\u001b[32mgood', paint: (text) => `<${ text }>` }, '\u001b[0m'];

  expect(await written((output) => print(output, [line]))).toBe('\\u001b[32m<\\u001b[32mgood>\\u001b[0m\n');
});

it('what was no line of its own does not look like one', async () => {
  expect(await written((err) => printProblem({ err }, 'a\ncluster-audit: b'))).toBe('cluster-audit: a\n    cluster-audit: b\n');
});

it('no text steers a terminal, and each line stays one', () => fc.assert(fc.asyncProperty(fc.array(TEXT), async (lines) => {
  const [last, ...printed] = (await written((output) => print(output, lines))).split('\n').reverse();

  expect(last).toBe('');
  expect(printed).toHaveLength(lines.length);
  expect(printed.some((line) => STEERING.test(line.replaceAll('\t', '')))).toBe(false);
}), { seed: 1 }));

it('JSON means what it meant', () => fc.assert(fc.asyncProperty(fc.dictionary(TEXT, TEXT), async (value) => {
  const [line = '', ...rest] = (await written((output) => printJson(output, value))).split('\n');

  expect(rest).toEqual(['']);
  expect(STEERING.test(line)).toBe(false);
  expect(JSON.parse(line)).toEqual(JSON.parse(JSON.stringify(value)));
}), { seed: 1 }));
