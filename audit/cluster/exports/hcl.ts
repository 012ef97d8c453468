/**
 * HCL, the language of Terraform's files, laid out as `terraform fmt` does.
 *
 * Source: hashicorp/hcl hclsyntax/spec.md (quoted templates, identifiers); hclwrite/format.go (alignment: of attributes that stand in
 * one line each and follow each other).
 */
import { commentLines } from './exportedFile';

/** What is written as it stands: a reference or a call. */
export class Expression {
  constructor(readonly text: string) {}
}

/** A call of a function with one value. */
export class Call {
  constructor(readonly name: string, readonly argument: unknown) {}
}

export type Item =
  | { readonly comment: readonly string[] }
  | { readonly attribute: string; readonly value: unknown }
  | { readonly block: string; readonly labels?: readonly string[]; readonly body: Body };

/** Undefined ones are left out. */
export type Body = readonly (Item | undefined)[];

const INDENT = '  ';

/** An attribute; none where there is no value. */
export function attribute(name: string, value: unknown): Item | undefined {
  return value === undefined || value === null ? undefined : { attribute: name, value };
}

/** The text of a file, or of what is inside a block. */
export function hclText(body: Body): string {
  return bodyLines(body).map((line) => `${ line }\n`).join('');
}

function bodyLines(body: Body): string[] {
  const items = body.filter((item) => item !== undefined);
  const attributes = items.map((item) => 'attribute' in item ? pairLines(item.attribute, item.value) : undefined);
  const aligned = alignedLines(attributes);

  return items.flatMap((item, index) => {
    const previous = items[index - 1];
    const gap = previous && !('comment' in previous) && !('attribute' in item && 'attribute' in previous) ? [''] : [];

    return [...gap, ...'comment' in item ? commentLines(...item.comment) : 'attribute' in item ? aligned[index] ?? [] : blockLines(item)];
  });
}

function blockLines({ block, labels = [], body }: Extract<Item, { block: string }>): string[] {
  return [`${ [block, ...labels.map(quoted)].join(' ') } {`, ...indented(bodyLines(body)), '}'];
}

/** A name and its value, in one line or more; the first line is in two parts, for alignment. */
interface Pair {
  readonly name: string;
  readonly lines: readonly string[];
}

function pairLines(name: string, value: unknown): Pair {
  return { name, lines: valueLines(value) };
}

/** The lines of each pair, with the `=` of neighbours that take one line each below each other. */
function alignedLines(pairs: readonly (Pair | undefined)[]): string[][] {
  return pairs.map((pair, index) => {
    const [first = '', ...rest] = pair?.lines ?? [];
    const width = pair && isOneLine(pair) ? Math.max(...runAround(pairs, index).map(({ name }) => columns(name))) : 0;

    return pair ? [`${ pair.name }${ ' '.repeat(Math.max(width - columns(pair.name), 0)) } = ${ first }`, ...rest] : [];
  });
}

/** Characters as people count them. */
function columns(text: string): number {
  return [...new Intl.Segmenter().segment(text)].length;
}

function runAround(pairs: readonly (Pair | undefined)[], index: number): Pair[] {
  const start = pairs.slice(0, index).findLastIndex((pair) => !isOneLine(pair)) + 1;
  const length = pairs.slice(index).findIndex((pair) => !isOneLine(pair));

  return pairs.slice(start, length < 0 ? undefined : index + length).filter((pair) => pair !== undefined);
}

function isOneLine(pair: Pair | undefined): boolean {
  return pair?.lines.length === 1;
}

function valueLines(value: unknown): string[] {
  if (value instanceof Expression) {
    return [value.text];
  }
  if (value instanceof Call) {
    const lines = valueLines(value.argument);

    return lines.map((line, index) => `${ index ? '' : `${ value.name }(` }${ line }${ index === lines.length - 1 ? ')' : '' }`);
  }
  if (Array.isArray(value)) {
    return value.length ? ['[', ...indented(value.flatMap((item: unknown) => withComma(valueLines(item)))), ']'] : ['[]'];
  }
  if (typeof value === 'object' && value !== null) {
    const pairs = Object.entries(value).filter(([, inner]) => inner !== undefined).map(([name, inner]) => pairLines(quoted(name), inner));

    return pairs.length ? ['{', ...indented(alignedLines(pairs).flat()), '}'] : ['{}'];
  }

  return [typeof value === 'string' ? quoted(value) : JSON.stringify(value) ?? 'null'];
}

function withComma(lines: readonly string[]): string[] {
  return lines.map((line, index) => index === lines.length - 1 ? `${ line },` : line);
}

function indented(lines: readonly string[]): string[] {
  return lines.map((line) => line && `${ INDENT }${ line }`);
}

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '"': '\\"', '\n': '\\n', '\r': '\\r', '\t': '\\t', '${': '$${', '%{': '%%{' };

/** A text in quotes, in which nothing is a template. */
export function quoted(text: string): string {
  // A lone surrogate is no character.
  return `"${ text.replace(/\p{Cs}/gu, '\ufffd').replace(/[\\"]|[$%]\{|\p{Cc}|[\u2028\u2029\ufeff]/gu, (part) => ESCAPES[part] ?? `\\u${ part.charCodeAt(0).toString(16).padStart(4, '0') }`) }"`;
}

/** A name as the label of a resource: letters, digits, `_` and `-`, and no digit first. */
export function resourceLabel(name: string): string {
  return name.replace(/[^\w-]/g, '_').replace(/^(?![A-Za-z_])/, '_');
}
