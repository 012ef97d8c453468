/**
 * A kubectl command line, taken apart into its command, words and flags.
 *
 * Source: github.com/spf13/pflag for the forms of flags; a shell's quotes and backslashes for the words.
 */
import { longNameOf, SWITCHES, WITH_CHOICE, WITH_VALUE } from './kubectlFlags';

export interface KubectlLine {
  readonly command: string;
  /** Without the command, and without what stands after `--`. */
  readonly words: readonly string[];
  /** By their long names; 'true' for a flag without a value. The last of several counts. */
  readonly flags: ReadonlyMap<string, string>;
}

/** Why a line can't be read or sends nothing: a key of l10n under `clusterAudit.request`, with its parameters. */
export interface KubectlRefusal {
  readonly code: KubectlCode;
  readonly params: Readonly<Record<string, string>>;
}

export type KubectlCode =
  'emptyLine' | 'unclosedQuote' | 'unknownFlag' | 'flagWithoutValue' | 'unknownCommand' | 'noRequest' | 'dryRun' | 'fromFile' | 'unknownResource' | 'noTarget' | 'mixedForms' | 'nameInAllNamespaces';

/** Reads a line such as `kubectl -n kube-system get pods`; the word kubectl may be left out. */
export function readKubectlLine(text: string): KubectlLine | KubectlRefusal {
  const parts = partsOf(text);

  if (!parts) {
    return refused('unclosedQuote');
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
      const given = value ?? (WITH_VALUE.has(name) ? args[++index] : 'true');

      if (!SWITCHES.has(name) && !WITH_CHOICE.has(name) && !WITH_VALUE.has(name)) {
        return refused('unknownFlag', { flag });
      }
      if (given === undefined) {
        return refused('flagWithoutValue', { flag });
      }
      flags.set(name, given);
    }
  }
  const [command, ...rest] = words;

  return command === undefined && !flags.has('help') ? refused('emptyLine') : { command: command ?? '', words: rest, flags };
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

    if (!SWITCHES.has(name) || rest.startsWith('=')) {
      return [...flags, [name, `-${ letter }`, rest === '' ? undefined : rest.replace(/^=/, '')]];
    }
    flags.push([name, `-${ letter }`, undefined]);
  }

  return flags;
}

/** Words of a line as a shell takes them apart; undefined where a quote stays open. */
function partsOf(text: string): string[] | undefined {
  const part = /\s*((?:[^\s"'\\]|\\.|"(?:[^"\\]|\\.)*"|'[^']*')+)/ysu;
  const parts: string[] = [];
  let end = 0;

  for (let match = part.exec(text); match; match = part.exec(text)) {
    parts.push(unquoted(match[1] ?? ''));
    end = part.lastIndex;
  }

  return text.slice(end).trim() === '' ? parts : undefined;
}

function unquoted(part: string): string {
  return part.replace(/'([^']*)'|"((?:[^"\\]|\\.)*)"|\\(.)/gsu, (_, single?: string, double?: string, escaped?: string) => single ?? double?.replace(/\\([$`"\\])/g, '$1') ?? escaped ?? '');
}
