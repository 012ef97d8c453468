/**
 * A kubectl command line, taken apart into its command, words and flags.
 *
 * Source: github.com/spf13/pflag for the forms of flags; shellWords.ts has that of the words.
 */
import { flagForm, longNameOf } from './kubectlFlags';
import type { ServedResources } from './served';
import { shellWordsOf, type ShellRefusal } from './shellWords';

export interface KubectlLine {
  readonly command: string;
  /** Without the command, and without what stands after `--`. */
  readonly words: readonly string[];
  /** What stands after `--`. */
  readonly rest: readonly string[];
  /** By their long names; 'true' for a flag without a value. The last of several counts. */
  readonly flags: ReadonlyMap<string, string>;
  /** What the names of resources mean. */
  readonly served: ServedResources;
}

/** Why a line can't be read or sends nothing: a key of l10n under `clusterAudit.request`, with its parameters. */
export interface KubectlRefusal {
  readonly code: KubectlCode;
  readonly params: Readonly<Record<string, string>>;
}

export type KubectlCode =
  ShellRefusal | 'emptyLine' | 'unknownFlag' | 'flagWithoutValue' | 'unknownCommand' | 'noRequest' | 'dryRun' | 'fromFile' | 'unknownResource' | 'noTarget' | 'mixedForms' | 'nameInAllNamespaces';

/** Reads a line such as `kubectl -n kube-system get pods`; the word kubectl may be left out. */
export function readKubectlLine(text: string, served: ServedResources): KubectlLine | KubectlRefusal {
  const parts = shellWordsOf(text);

  if (typeof parts === 'string') {
    return refused(parts);
  }
  const end = parts.indexOf('--');
  const args = parts.slice(parts[0] === 'kubectl' ? 1 : 0, end < 0 ? undefined : end);
  const words: string[] = [];
  const flags = new Map<string, string>();

  for (let index = 0; index < args.length; index++) {
    const arg = args[index] ?? '';

    if (!arg.startsWith('-') || arg === '-') {
      words.push(arg);
      continue;
    }
    for (const [name, flag, value] of flagsIn(arg, words[0] ?? '')) {
      const form = flagForm(name, words[0] ?? '');
      const given = value ?? (form === 'value' ? args[++index] : 'true');

      if (form === undefined) {
        return refused('unknownFlag', { flag });
      }
      if (given === undefined) {
        return refused('flagWithoutValue', { flag });
      }
      flags.set(name, given);
    }
  }
  const [command, ...rest] = words;

  return command === undefined && !flags.has('help') ? refused('emptyLine') : { command: command ?? '', words: rest, rest: end < 0 ? [] : parts.slice(end + 1), flags, served };
}

/** A line without the word kubectl, and without what is blank around it: the same command, however it was written. */
export function withoutKubectl(line: string): string {
  return line.trim().replace(/^kubectl(?:\s+|$)/, '');
}

export function refused(code: KubectlCode, params: KubectlRefusal['params'] = {}): KubectlRefusal {
  return { code, params };
}

/** Whether a switch is given and not turned off. */
export function isOn({ flags }: KubectlLine, ...names: string[]): boolean {
  return names.some((name) => flags.has(name) && !['false', 'f', '0'].includes(flags.get(name)?.toLowerCase() ?? ''));
}

type Flag = readonly [longName: string, asWritten: string, value: string | undefined];

/** `--name`, `--name=value`, `-n`, `-n=value`, `-nvalue`, and several letters at once: `-it`. */
function flagsIn(arg: string, command: string): readonly Flag[] {
  if (arg.startsWith('--')) {
    const equals = arg.indexOf('=');
    const flag = equals < 0 ? arg : arg.slice(0, equals);

    return [[flag.slice(2), flag, equals < 0 ? undefined : arg.slice(equals + 1)]];
  }
  const flags: Flag[] = [];

  for (let at = 1; at < arg.length; at++) {
    const letter = arg[at] ?? '';
    const name = longNameOf(letter, command) ?? '';
    const rest = arg.slice(at + 1);

    if (flagForm(name, command) !== 'switch' || rest.startsWith('=')) {
      return [...flags, [name, `-${ letter }`, rest === '' ? undefined : rest.replace(/^=/, '')]];
    }
    flags.push([name, `-${ letter }`, undefined]);
  }

  return flags;
}
