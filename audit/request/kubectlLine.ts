/**
 * A kubectl command line, taken apart: the command, its words, and the flags that decide which requests it sends.
 */

export interface KubectlLine {
  readonly command: string;
  readonly words: readonly string[];
  readonly namespace: string | undefined;
  readonly isAllNamespaces: boolean;
  readonly isWatch: boolean;
  readonly fieldSelector: string | undefined;
  readonly raw: string | undefined;
  readonly file: string | undefined;
  /** The same line without its first word, as `rollout restart x` is about x. */
  rest(): KubectlLine;
  withWords(words: readonly string[]): KubectlLine;
}

/** Flags that take a value, and change no request but for those that are read below. */
const WITH_VALUE = [
  '--namespace', '-n', '--output', '-o', '--selector', '-l', '--field-selector', '--container', '-c', '--filename', '-f', '--as', '--as-group', '--as-uid', '--raw', '--replicas', '--tail', '--since', '--since-time',
  '--image', '--patch', '-p', '--type', '--port', '--context', '--cluster', '--user', '--kubeconfig', '--server', '-s', '--token', '--timeout', '--sort-by', '--limit', '--chunk-size', '--grace-period', '--from-literal',
  '--from-file', '--role', '--clusterrole', '--serviceaccount', '--verb', '--resource', '--min', '--max', '--cpu-percent', '--duration', '--audience', '--bound-object-kind', '--bound-object-name', '--name', '--for', '--subresource'
];
const WITHOUT_VALUE = [
  '--all-namespaces', '-A', '--watch', '-w', '--watch-only', '--all', '--follow', '--previous', '-i', '-t', '-it', '-ti', '--stdin', '--tty', '--show-labels', '--no-headers', '--force', '--now', '--overwrite', '--ignore-not-found',
  '--ignore-daemonsets', '--delete-emptydir-data', '--prefix', '--timestamps', '--all-containers', '--recursive', '-R', '--server-side', '--wait', '--list', '--show-managed-fields', '--insecure-skip-tls-verify', '-v', '--quiet', '-q'
];

/** The parts of a line, or why it can't be read: a key of l10n under `clusterAudit.request`. */
export function readKubectlLine(text: string): KubectlLine | { readonly code: string; readonly params: Readonly<Record<string, string>> } {
  const parts = partsOf(text);
  const [command = '', ...args] = parts[0] === 'kubectl' ? parts.slice(1) : parts;
  const flags = new Map<string, string>();
  const words: string[] = [];

  for (let index = 0; index < args.length; index++) {
    const arg = args[index] ?? '';

    if (arg === '--') {
      break;
    }
    if (!arg.startsWith('-') || arg === '-') {
      words.push(arg);
      continue;
    }
    const [flag = '', value] = arg.split(/=(.*)/s);
    const isFollow = command === 'logs' && flag === '-f';

    if (isFollow || WITHOUT_VALUE.includes(flag)) {
      flags.set(flag, value ?? 'true');
    } else if (WITH_VALUE.includes(flag)) {
      flags.set(flag, value ?? args[++index] ?? '');
    } else {
      return { code: 'unknownFlag', params: { flag } };
    }
  }
  if (!command) {
    return { code: 'emptyLine', params: {} };
  }

  return lineOf(command, words, flags);
}

function lineOf(command: string, words: readonly string[], flags: ReadonlyMap<string, string>): KubectlLine {
  const isOn = (...names: string[]): boolean => names.some((name) => flags.has(name) && flags.get(name) !== 'false');

  return {
    command,
    words,
    namespace:       flags.get('--namespace') ?? flags.get('-n'),
    isAllNamespaces: isOn('--all-namespaces', '-A'),
    isWatch:         isOn('--watch', '-w', '--watch-only'),
    fieldSelector:   flags.get('--field-selector'),
    raw:             flags.get('--raw'),
    file:            flags.get('--filename') ?? (command === 'logs' ? undefined : flags.get('-f')),
    rest:            () => lineOf(command, words.slice(1), flags),
    withWords:       (others) => lineOf(command, others, flags)
  };
}

/** Words of a line as a shell takes them apart, with quotes and backslashes. */
function partsOf(text: string): string[] {
  return [...text.matchAll(/(?:[^\s"'\\]|\\.|"(?:[^"\\]|\\.)*"|'[^']*')+/gs)]
    .map(([part]) => part.replace(/'([^']*)'|"((?:[^"\\]|\\.)*)"|\\(.)/gs, (_, single?: string, double?: string, escaped?: string) => single ?? double?.replace(/\\(.)/gs, '$1') ?? escaped ?? ''));
}
