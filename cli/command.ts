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
export function argumentsOf({ options }: Command, args: readonly string[]): { readonly values: Values; readonly files: readonly string[] } {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options: { ...options, help: { type: 'boolean', short: 'h' } }, allowPositionals: true, strict: true });

    return { values, files: positionals };
  } catch (error) {
    throw new UsageError('arguments', { reason: error instanceof Error ? error.message : String(error) });
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
