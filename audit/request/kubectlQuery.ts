/**
 * What follows the path of a kubectl command's request: the options of a subresource of a Pod.
 *
 * Source: k8s.io/kubectl/pkg/cmd (exec, attach, logs) and k8s.io/api/core/v1 (PodExecOptions, PodAttachOptions, PodLogOptions), v0.36;
 * net/url (Values.Encode, QueryEscape) of Go.
 */
import { isOn, readKubectlLine, type KubectlLine } from './kubectlLine';
import { KUBERNETES } from './served';

/** By their names; what is undefined or empty is not sent. */
type Parameters = Readonly<Record<string, string | readonly string[] | undefined>>;

const OPTIONS: ReadonlyMap<string, (line: KubectlLine) => Parameters> = new Map([['exec', ofExec], ['attach', ofAttach], ['logs', ofLogs]]);
const SECONDS: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1, ms: 0.001 };

/**
 * The query of a line, with its `?`; '' for none.
 * @param container the one of the Pod: kubectl names it where the line names none
 */
export function kubectlQuery(text: string, container: string): string {
  const line = readKubectlLine(text, KUBERNETES);
  const options = 'code' in line ? undefined : OPTIONS.get(line.command)?.(line);

  if (!options || 'code' in line) {
    return '';
  }
  const parameters = Object.entries({ container: line.flags.get('container') || container, ...options }).toSorted(([one], [other]) => one < other ? -1 : 1);

  return `?${ parameters.flatMap(([name, values = []]) => [values].flat().map((value) => `${ name }=${ escaped(value) }`)).join('&') }`;
}

/** On a terminal errors come by the same stream. */
function ofExec(line: KubectlLine): Parameters {
  const tty = isOn(line, 'stdin') ? switchOf(line, 'tty') : undefined;

  return { command: line.rest, stdin: switchOf(line, 'stdin'), stdout: 'true', stderr: tty ? undefined : 'true', tty };
}

/** A container without a terminal gets none. */
function ofAttach(line: KubectlLine): Parameters {
  return { stdin: switchOf(line, 'stdin'), stdout: 'true', stderr: 'true' };
}

function ofLogs(line: KubectlLine): Parameters {
  const { flags } = line;
  const tail = flags.get('tail') ?? (flags.has('selector') ? '10' : '-1');
  const since = [...(flags.get('since') ?? '').matchAll(/([\d.]+)(h|ms|m|s)/g)].reduce((sum, [, count, unit = '']) => sum + Number(count) * (SECONDS[unit] ?? 0), 0);
  const sinceTime = Date.parse(flags.get('since-time') ?? '');

  return {
    follow:                       switchOf(line, 'follow'),
    previous:                     switchOf(line, 'previous'),
    sinceSeconds:                 since ? String(Math.round(since)) : undefined,
    sinceTime:                    Number.isNaN(sinceTime) ? undefined : new Date(sinceTime).toISOString().replace(/\.\d+/, ''),
    timestamps:                   switchOf(line, 'timestamps'),
    tailLines:                    tail === '-1' ? undefined : tail,
    limitBytes:                   flags.get('limit-bytes') === '0' ? undefined : flags.get('limit-bytes'),
    insecureSkipTLSVerifyBackend: switchOf(line, 'insecure-skip-tls-verify-backend')
  };
}

function switchOf(line: KubectlLine, flag: string): 'true' | undefined {
  return isOn(line, flag) ? 'true' : undefined;
}

function escaped(value: string): string {
  return encodeURIComponent(value.replace(/\p{Surrogate}/gu, '\ufffd')).replace(/[!'()*]/g, (character) => `%${ character.charCodeAt(0).toString(16).toUpperCase() }`).replaceAll('%20', '+');
}
