/**
 * The list `kube-apiserver-arg`: what RKE2 and K3s make of it, and how it changes while all that isn't ours stays.
 *
 * Source: k3s pkg/util/args.go (GetArgs: strips one `--`, `key+=` puts a value last and `key-=` first, a missing value is `true`,
 * keys come out sorted); kube-apiserver takes `_` for `-` in flag names and the last of several values.
 */

import { problemOf } from './auditFlags';

export const ARGS_KEY = 'kube-apiserver-arg';
export const POLICY_FLAG = 'audit-policy-file';
export const LOG_PATH_FLAG = 'audit-log-path';

export interface ApiServerArg {
  /** The flag's name as kube-apiserver knows it. */
  readonly name: string;
  readonly value: string;
  /** `+` or `-` where the item says `+=` or `-=`. */
  readonly change: '' | '+' | '-';
  /** Place in the list; undefined where the whole list is one text. */
  readonly index: number | undefined;
}

/** The arguments that a value of `kube-apiserver-arg` spells out, in its order. Items that are no text are not among them. */
export function argsOf(value: unknown): ApiServerArg[] {
  if (typeof value === 'string') {
    return [argOf(value, undefined)];
  }

  return Array.isArray(value) ? value.flatMap((item: unknown, index) => typeof item === 'string' ? [argOf(item, index)] : []) : [];
}

function argOf(item: string, index: number | undefined): ApiServerArg {
  const [, key = '', value = 'true'] = /^(?:--)?([^=]*)(?:=([\s\S]*))?$/.exec(item) ?? [];
  const change = key.endsWith('+') ? '+' : key.endsWith('-') ? '-' : '';

  return { name: key.replace(/[+-]+$/, '').replaceAll('_', '-'), value, change, index };
}

/** The argument of each flag that counts: the last of its values, in the order that RKE2 and K3s give them. */
export function effectiveArgs(args: readonly ApiServerArg[]): ReadonlyMap<string, ApiServerArg> {
  const values = new Map<string, ApiServerArg[]>();

  for (const arg of args) {
    const others = values.get(arg.name) ?? [];

    values.set(arg.name, arg.change === '-' ? [arg, ...others] : [...others, arg]);
  }

  return new Map([...values].flatMap(([name, ofName]) => ofName.slice(-1).map((last) => [name, last])));
}

/** Whether a flag belongs to auditing, and so to us. */
export function isAuditFlag(name: string): boolean {
  return name.startsWith('audit-');
}

/**
 * The value of `kube-apiserver-arg` with exactly these audit flags, in effect as wanted; undefined where no argument is left, since
 * Rancher refuses an empty list. Other arguments stay as and where they are, and so do ours that already say what is wanted.
 */
export function withAuditArgs(value: unknown, wanted: Readonly<Record<string, string>>): unknown {
  const args = argsOf(value);
  const effective = effectiveArgs(args);
  const items: readonly unknown[] = Array.isArray(value) ? value : typeof value === 'string' ? [value] : [];
  const changed = items.flatMap((item, index) => {
    const arg = args.find((candidate) => (candidate.index ?? 0) === index);

    return arg && isAuditFlag(arg.name) ? itemsFor(item, arg, effective, wanted) : [item];
  });

  if (!Object.keys(wanted).length && !args.some(({ name }) => isAuditFlag(name))) {
    return value;
  }
  const missing = Object.entries(wanted).filter(([name]) => !effective.has(name)).map(([name, text]) => `${ name }=${ text }`);
  const all = [...changed, ...missing];

  if (!all.length) {
    return undefined;
  }

  return all.length === items.length && all.every((item, index) => item === items[index]) ? value : all;
}

function itemsFor(item: unknown, arg: ApiServerArg, effective: ReadonlyMap<string, ApiServerArg>, wanted: Readonly<Record<string, string>>): unknown[] {
  const last = effective.get(arg.name);
  const text = wanted[arg.name];

  if (text === undefined) {
    return [];
  }
  if (text === last?.value) {
    // kube-apiserver reads an overridden value too, and ends where it can't.
    return arg === last || problemOf(arg.name, arg.value) === undefined ? [item] : [];
  }

  return arg === last ? [`${ String(item).startsWith('--') ? '--' : '' }${ arg.name }=${ text }`] : [];
}
