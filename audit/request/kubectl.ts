/**
 * The requests that a kubectl command line sends.
 *
 * Source: k8s.io/kubectl/pkg/cmd; resources by their names in the catalogue. Impersonation (`--as`) changes nothing: a policy sees
 * the user who is authenticated.
 */
import { requestOf, type RequestAttributes, type RequestFields } from './attributes';
import { resourceNamed, resourcesCalled } from './catalogue';
import { exactName } from './fieldSelector';
import { readKubectlLine, type KubectlLine } from './kubectlLine';
import { requestOfHttp, type Identity } from './requestInfo';

export type KubectlReading =
  /** The request that the command is for, and those that kubectl sends with it. */
  | { readonly request: RequestAttributes; readonly others: readonly RequestAttributes[] }
  /** Why the line can't be read: a key of l10n under `clusterAudit.request`. */
  | { readonly code: string; readonly params: Readonly<Record<string, string>> };

/** What a command asks for, before it is known who asks. */
type Wanted = readonly RequestFields[] | { readonly code: string; readonly params: Readonly<Record<string, string>> };

interface Target {
  readonly group: string;
  readonly resource: string;
  readonly isNamespaced: boolean;
  readonly name: string;
}

const DEFAULT_NAMESPACE = 'default';
/** `create <word> … NAME`: words that are no resource's name. */
const CREATED: ReadonlyMap<string, string> = new Map([['quota', 'resourcequotas'], ['pdb', 'poddisruptionbudgets'], ['sa', 'serviceaccounts'], ['ns', 'namespaces']]);

const COMMANDS: ReadonlyMap<string, (line: KubectlLine) => Wanted> = new Map<string, (line: KubectlLine) => Wanted>([
  ['get', get],
  ['describe', (line) => onTargets(line, (target) => [...reads(line, target), onResource(line, { group: '', resource: 'events', isNamespaced: true, name: '' }, 'list')])],
  ['delete', (line) => onTargets(line, (target) => target.name ? [onResource(line, target, 'delete')] : [onResource(line, target, 'delete'), onResource(line, target, 'list')])],
  ['edit', changes('patch')],
  ['patch', changes('patch')],
  ['label', changes('patch')],
  ['annotate', changes('patch')],
  ['scale', (line) => onTargets(line, (target) => [onResource(line, target, 'patch', 'scale'), onResource(line, target, 'get')])],
  ['rollout', (line) => onTargets(line.rest(), (target) => line.words[0] === 'status' || line.words[0] === 'history' ? [onResource(line, target, 'get')] : [onResource(line, target, 'patch'), onResource(line, target, 'get')])],
  ['set', (line) => onTargets(line.rest(), (target) => [onResource(line, target, 'patch'), onResource(line, target, 'get')])],
  ['logs', onPod('log', ['get'])],
  ['exec', onPod('exec', ['get', 'create'])],
  ['attach', onPod('attach', ['get', 'create'])],
  ['port-forward', onPod('portforward', ['get', 'create'])],
  ['cp', (line) => onPod('exec', ['get', 'create'])(line.withWords([line.words.find((word) => word.includes(':'))?.replace(/:.*/, '').replace(/.*\//, '') ?? '']))],
  ['create', create],
  ['run', (line) => named(line, () => [onResource(line, { group: '', resource: 'pods', isNamespaced: true, name: '' }, 'create')])],
  ['expose', (line) => onTargets(line, (target) => [onResource(line, { group: '', resource: 'services', isNamespaced: true, name: '' }, 'create'), onResource(line, target, 'get')])],
  ['autoscale', (line) => onTargets(line, (target) => [onResource(line, { group: 'autoscaling', resource: 'horizontalpodautoscalers', isNamespaced: true, name: '' }, 'create'), onResource(line, target, 'get')])],
  ['cordon', onNode], ['uncordon', onNode], ['taint', (line) => onNode(line.words[0] === 'nodes' || line.words[0] === 'node' ? line.rest() : line)],
  ['drain', (line) => named(line, (name) => [
    { verb: 'create', resource: 'pods', subresource: 'eviction', namespace: line.namespace ?? DEFAULT_NAMESPACE }, { verb: 'patch', resource: 'nodes', name }, { verb: 'list', resource: 'pods' }
  ])],
  ['top', (line) => onTargets(line, (target) => [{ ...onResource(line, target, target.name ? 'get' : 'list'), apiGroup: 'metrics.k8s.io' }])],
  ['events', (line) => [onResource(line, { group: '', resource: 'events', isNamespaced: true, name: '' }, line.isWatch ? 'watch' : 'list')]],
  ['certificate', (line) => named(line.rest(), (name) => [{ verb: 'update', apiGroup: 'certificates.k8s.io', resource: 'certificatesigningrequests', subresource: 'approval', name }])],
  ['auth', (line) => [{ verb: 'create', ...line.words[0] === 'whoami' ? { apiGroup: 'authentication.k8s.io', resource: 'selfsubjectreviews' } : { apiGroup: 'authorization.k8s.io', resource: 'selfsubjectaccessreviews' } }]],
  ['version', () => [{ verb: 'get', path: '/version' }]],
  ['api-resources', () => [{ verb: 'get', path: '/apis' }, { verb: 'get', path: '/api' }]],
  ['api-versions', () => [{ verb: 'get', path: '/apis' }, { verb: 'get', path: '/api' }]],
  ['cluster-info', (line) => [{ verb: 'list', resource: 'services', namespace: line.namespace ?? 'kube-system' }]]
]);

/** The requests of a line such as `kubectl get pods -n kube-system`; the word kubectl may be left out. */
export function requestOfKubectl(text: string, identity: Identity): KubectlReading {
  const line = readKubectlLine(text);

  if ('code' in line) {
    return line;
  }
  if (line.raw !== undefined) {
    return { request: requestOfHttp(RAW_METHODS.get(line.command) ?? 'GET', line.raw, identity), others: [] };
  }
  const command = COMMANDS.get(line.command);

  if (!command) {
    return refused(line.command === 'apply' || line.command === 'replace' ? 'fromFile' : 'unknownCommand', { command: line.command });
  }
  const wanted = line.file === undefined ? command(line) : refused('fromFile', { command: line.command });

  if ('code' in wanted) {
    return wanted;
  }
  const [request, ...others] = wanted.map((fields) => ({ ...requestOf(fields), ...identity }));

  return request ? { request, others } : refused('noTarget', { command: line.command });
}

const RAW_METHODS: ReadonlyMap<string, string> = new Map([['get', 'GET'], ['create', 'POST'], ['replace', 'PUT'], ['delete', 'DELETE']]);

function get(line: KubectlLine): Wanted {
  return onTargets(line, (target) => reads(line, target));
}

function reads(line: KubectlLine, target: Target): RequestFields[] {
  const selected = exactName(line.fieldSelector ?? '');

  if (target.name) {
    return [onResource(line, target, 'get')];
  }
  const list = { ...onResource(line, target, 'list'), ...(selected === undefined ? {} : { name: selected }) };

  return line.isWatch ? [{ ...list, verb: 'watch' }, list] : [list];
}

function changes(verb: string): (line: KubectlLine) => Wanted {
  return (line) => onTargets(line, (target) => [onResource(line, target, verb), onResource(line, target, 'get')]);
}

function create(line: KubectlLine): Wanted {
  const [type = '', ...words] = line.words;

  if (type === 'token') {
    return named(line.rest(), (name) => [{ verb: 'create', resource: 'serviceaccounts', subresource: 'token', namespace: line.namespace ?? DEFAULT_NAMESPACE, name }]);
  }
  const [target] = resourcesCalled(CREATED.get(type) ?? type);

  if (!target) {
    return refused('unknownResource', { resource: type });
  }

  return words.length ? [onResource(line, { ...target, name: '' }, 'create')] : refused('noTarget', { command: line.command });
}

/** A command for a pod, by its name or by the name of what runs it, which is looked up first. */
function onPod(subresource: string, verbs: readonly string[]): (line: KubectlLine) => Wanted {
  return (line) => named(line, (word) => {
    const [type = '', name] = word.includes('/') ? word.split('/') : ['pods', word];
    const [target] = resourcesCalled(type);
    const isPod = target?.resource === 'pods';
    const pods = verbs.map((verb) => onResource(line, { group: '', resource: 'pods', isNamespaced: true, name: isPod ? name ?? '' : '' }, verb, subresource));

    return [...pods, ...target && !isPod ? [onResource(line, { ...target, name: name ?? '' }, 'get'), onResource(line, { group: '', resource: 'pods', isNamespaced: true, name: '' }, 'list')] : []];
  });
}

function onNode(line: KubectlLine): Wanted {
  return named(line, (name) => [{ verb: 'patch', resource: 'nodes', name }, { verb: 'get', resource: 'nodes', name }]);
}

function named(line: KubectlLine, make: (name: string) => RequestFields[]): Wanted {
  const [name] = line.words;

  return name ? make(name) : refused('noTarget', { command: line.command });
}

/** Requests for each of `TYPE`, `TYPE NAME…`, `TYPE/NAME…` and `TYPE,TYPE`. */
function onTargets(line: KubectlLine, make: (target: Target) => RequestFields[]): Wanted {
  const [first = '', ...names] = line.words;
  const pairs = first.includes('/')
    ? line.words.map((word) => word.split('/'))
    : first.split(',').flatMap((type) => names.length ? names.filter((name) => !name.includes('=')).map((name) => [type, name]) : [[type, '']]);
  const requests: RequestFields[] = [];

  for (const [type = '', name = ''] of pairs) {
    const target = targetOf(type, name);

    if (!target) {
      return refused(type ? 'unknownResource' : 'noTarget', type ? { resource: type } : { command: line.command });
    }
    requests.push(...make(target));
  }

  return requests;
}

/** `pods`, `po`, `Pod`, `deployments.apps`, `deployments.v1.apps`; one with a group may be a resource that we don't know. */
function targetOf(type: string, name: string): Target | undefined {
  const [plural = '', ...groupParts] = type.split('.');
  const group = groupParts.filter((part, index) => !(index === 0 && /^v\d/.test(part))).join('.');
  const known = resourcesCalled(plural).find((candidate) => !groupParts.length || candidate.group === group);

  return known ? { ...known, name } : group && !resourceNamed(group, plural) ? { group, resource: plural, isNamespaced: true, name } : undefined;
}

function onResource(line: KubectlLine, { group, resource, isNamespaced, name }: Target, verb: string, subresource = ''): RequestFields {
  const namespace = resource === 'namespaces' && !group ? name : isNamespaced && !line.isAllNamespaces ? line.namespace ?? DEFAULT_NAMESPACE : '';

  return { verb, apiGroup: group, resource, subresource, namespace, name };
}

function refused(code: string, params: Readonly<Record<string, string>>): { code: string; params: Readonly<Record<string, string>> } {
  return { code, params };
}
