/**
 * The requests that a kubectl command line sends.
 *
 * Impersonation (`--as`) changes nothing: a policy sees the user who is authenticated. Requests for the API's own documents, which kubectl
 * keeps for hours, are left out. What only the cluster can tell is empty: the names of objects that are selected, of a Deployment's pod.
 * Source: k8s.io/kubectl/pkg/cmd, v0.36.
 */
import { requestOf, type RequestAttributes } from './attributes';
import { COMMANDS } from './kubectlCommands';
import { isOn, readKubectlLine, refused, type KubectlRefusal } from './kubectlLine';
import { requestOfHttp, type Identity } from './requestInfo';
import { KUBERNETES, type ServedResources } from './served';

export interface KubectlSent {
  /** The request that the command is for. */
  readonly request: RequestAttributes;
  /** Those that kubectl sends beside it. */
  readonly others: readonly RequestAttributes[];
  /** Resources, with their groups, of which it is only guessed that they are in namespaces. */
  readonly guessed: readonly string[];
}

/** What is sent, or why there is nothing. */
export type KubectlReading = KubectlSent | KubectlRefusal;

const METHOD_OF_RAW: ReadonlyMap<string, string> = new Map([['get', 'GET'], ['create', 'POST'], ['replace', 'PUT'], ['delete', 'DELETE']]);
/** What they send is in files. */
const OF_FILES = ['replace', 'diff'];
const WITHOUT_REQUEST = ['', 'help', 'config', 'completion', 'plugin', 'kustomize', 'options', 'proxy', 'kuberc'];

/**
 * The requests of a line such as `kubectl get pods -n kube-system`; the word kubectl may be left out.
 * @param identity who is authenticated, whatever the line says of impersonation
 * @param served what is known of the cluster's resources
 */
export function requestOfKubectl(text: string, identity: Identity, served: ServedResources = KUBERNETES): KubectlReading {
  const line = readKubectlLine(text, served);

  if ('code' in line) {
    return line;
  }
  const { command, flags } = line;
  const method = METHOD_OF_RAW.get(command);
  const raw = flags.get('raw');

  if (method !== undefined && raw !== undefined) {
    return { request: requestOfHttp(method, raw, identity), others: [], guessed: [] };
  }
  if (isOn(line, 'help') || WITHOUT_REQUEST.includes(command)) {
    return refused('noRequest', { command });
  }
  if (OF_FILES.includes(command) || flags.has('filename') || flags.has('kustomize')) {
    return refused('fromFile', { command });
  }
  if (flags.get('dry-run') === 'client') {
    return refused('dryRun');
  }
  const wanted = COMMANDS.get(command)?.(line) ?? refused('unknownCommand', { command });

  if ('code' in wanted) {
    return wanted;
  }
  const [request, ...others] = wanted.map((fields) => ({ ...requestOf(fields), ...identity }));
  const guessed = wanted.filter(({ isScopeGuessed }) => isScopeGuessed).map(({ apiGroup, resource }) => `${ resource }.${ apiGroup }`);

  return request ? { request, others, guessed: [...new Set(guessed)] } : refused('noTarget', { command });
}
