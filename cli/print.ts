/**
 * Text for people and JSON for machines on their way out: what stands in somebody else's file can't steer the terminal that shows it.
 *
 * A document that a tool takes, such as a manifest, has to stay as it is, and does not come by here.
 */
import type { Io, Output } from './io';
import type { Painted } from './style';

/** A line without its end. */
export type Line = string | readonly (string | Painted)[];

/** Control characters and those that turn the direction of what follows. A tab does no harm. */
const STEERING = /(?!\t)[\p{Cc}\p{Bidi_Control}]/gu;
const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r' };

/** Prints lines, with colours where a piece has one. */
export async function print(output: Output, lines: readonly Line[]): Promise<void> {
  await output.write(lines.map((line) => `${ typeof line === 'string' ? escaped(line) : line.map(pieceOf).join('') }\n`).join(''));
}

/** Prints a value as one line of JSON. All that is escaped in it stands in strings, where JSON has the same escapes. */
export async function printJson(output: Output, value: object): Promise<void> {
  await output.write(`${ escaped(JSON.stringify(value)) }\n`);
}

/** Prints what went wrong; what follows a line's end is indented, so that it is not taken for a message of its own. */
export async function printProblem({ err }: Pick<Io, 'err'>, text: string): Promise<void> {
  await print(err, indented(`cluster-audit: ${ text }`));
}

/** The lines of a text, all but the first one indented. */
export function indented(text: string): readonly string[] {
  return text.split('\n').map((line, index) => index ? `    ${ line }` : line);
}

function pieceOf(piece: string | Painted): string {
  return typeof piece === 'string' ? escaped(piece) : piece.paint(escaped(piece.text));
}

function escaped(text: string): string {
  return text.replace(STEERING, (character) => SHORT[character] ?? `\\u${ character.charCodeAt(0).toString(16).padStart(4, '0') }`);
}
