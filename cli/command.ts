/** What each command is: a name, its options, and a function that gives the exit code. */
import { parseArgs, type ParseArgsConfig } from 'node:util';

import { NEWEST_MINOR } from '../audit/policy/kubernetesVersion';
import { UsageError, type ExitCode, type Io } from './io';
import type { Words } from './words';

export type Options = NonNullable<ParseArgsConfig['options']>;
export type Values = Readonly<Record<string, string | boolean | readonly (string | boolean)[] | undefined>>;

export interface Command {
  readonly name: string;
  readonly options: Options;
  /** Parameters of its help's words. */
  readonly helpParams?: Readonly<Record<string, string>>;
  readonly run: (call: Call) => Promise<ExitCode>;
}

export interface Call {
  readonly values: Values;
  readonly files: readonly string[];
  readonly io: Io;
  readonly t: Words;
}

export const NEWEST_KUBERNETES = `1.${ NEWEST_MINOR }`;
export const KUBERNETES: Options = { kubernetes: { type: 'string' } };
export const JSON_OUTPUT: Options = { json: { type: 'boolean' } };

/** Options and files of a command's arguments; throws a UsageError that names what is wrong. */
export function argumentsOf(command: Command, args: readonly string[]): { readonly values: Values; readonly files: readonly string[] } {
  const options: Options = { ...command.options, help: { type: 'boolean', short: 'h' } };
  // What it refuses by itself, it refuses in its own words and in English.
  const { values, positionals, tokens } = parseArgs({ args: [...args], options, allowPositionals: true, strict: false, tokens: true });

  for (const token of tokens) {
    if (token.kind === 'option') {
      checkOption(token, Object.hasOwn(options, token.name) ? options[token.name]?.type : undefined, command.name);
    }
  }

  return { values, files: positionals };
}

function checkOption({ name, rawName, value, inlineValue }: { readonly name: string; readonly rawName: string; readonly value?: string | undefined; readonly inlineValue?: boolean | undefined }, type: 'string' | 'boolean' | undefined, command: string): void {
  if (type === undefined) {
    throw new UsageError('unknownOption', { option: rawName, command });
  }
  if (type === 'boolean' && value !== undefined) {
    throw new UsageError('optionAlone', { option: rawName });
  }
  // Another option is no value: the one that was meant is missing.
  if (type === 'string' && (value === undefined || !inlineValue && /^-./s.test(value))) {
    throw new UsageError('optionValue', { option: `--${ name }` });
  }
}

/** The version of `--kubernetes`, as people write it: `1.33`, `v1.33.4+rke2r1`. */
export function kubernetesOf(values: Values): string {
  const version = stringOf(values, 'kubernetes') ?? NEWEST_KUBERNETES;

  if (!/^v?1\.\d{1,3}(?:[.+-].*)?$/.test(version)) {
    throw new UsageError('kubernetes', { version });
  }

  return version;
}

export function stringOf(values: Values, name: string): string | undefined {
  const value = values[name];

  return typeof value === 'string' ? value : undefined;
}

export function stringsOf(values: Values, name: string): readonly string[] {
  const value = values[name];

  return Array.isArray(value) ? value.map(String) : [];
}
