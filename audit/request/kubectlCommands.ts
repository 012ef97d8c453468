/**
 * What each command of kubectl sends: the request that it is for, then those beside it.
 *
 * Source: k8s.io/kubectl/pkg/cmd, v0.36.
 */
import { nameSelectedBy } from './fieldSelector';
import { isOn, refused, type KubectlLine, type KubectlRefusal } from './kubectlLine';
import { onPod, copy, debug } from './kubectlPods';
import { builtIn, namespaceOf, requestFor, targetsOf, type KubectlRequest, type Target } from './kubectlTargets';

export type Wanted = readonly KubectlRequest[] | KubectlRefusal;
export type KubectlCommand = (line: KubectlLine) => Wanted;

const NODES = ['node', 'nodes', 'no'];
const PODS = ['pod', 'pods', 'po'];

/** `create <word> NAME`, or `create <word> <kind> NAME` for the last two. */
const CREATED: ReadonlyMap<string, Target> = new Map([
  ...(['clusterrole', 'clusterrolebinding', 'role', 'rolebinding'].map((word) => [word, builtIn('rbac.authorization.k8s.io', `${ word }s`)] as const)),
  ['configmap', builtIn('', 'configmaps')], ['cm', builtIn('', 'configmaps')],
  ['cronjob', builtIn('batch', 'cronjobs')], ['cj', builtIn('batch', 'cronjobs')],
  ['deployment', builtIn('apps', 'deployments')], ['deploy', builtIn('apps', 'deployments')],
  ['ingress', builtIn('networking.k8s.io', 'ingresses')], ['ing', builtIn('networking.k8s.io', 'ingresses')],
  ['job', builtIn('batch', 'jobs')],
  ['namespace', builtIn('', 'namespaces')], ['ns', builtIn('', 'namespaces')],
  ['poddisruptionbudget', builtIn('policy', 'poddisruptionbudgets')], ['pdb', builtIn('policy', 'poddisruptionbudgets')],
  ['priorityclass', builtIn('scheduling.k8s.io', 'priorityclasses')], ['pc', builtIn('scheduling.k8s.io', 'priorityclasses')],
  ['quota', builtIn('', 'resourcequotas')], ['resourcequota', builtIn('', 'resourcequotas')],
  ['serviceaccount', builtIn('', 'serviceaccounts')], ['sa', builtIn('', 'serviceaccounts')],
  ['secret', builtIn('', 'secrets')],
  ['service', builtIn('', 'services')], ['svc', builtIn('', 'services')]
]);
const CREATED_BY_KIND = ['secret', 'service', 'svc'];

/** `key=value`, or `key-` to take it away. */
const PAIR = /=|-$/;
/** `key=value:effect` or `key:effect`, or the same with a `-`. */
const TAINT = /[=:]|-$/;

const SYSTEM = 'kube-system';
/** What `cluster-info dump` lists in each namespace, in kubectl's order. */
const DUMPED = [builtIn('', 'events'), builtIn('', 'replicationcontrollers'), builtIn('', 'services'), builtIn('apps', 'daemonsets'), builtIn('apps', 'deployments'), builtIn('apps', 'replicasets'), builtIn('', 'pods')];

const SELF_REVIEWS: ReadonlyMap<string, readonly [group: string, resource: string]> = new Map([
  ['can-i', ['authorization.k8s.io', 'selfsubjectaccessreviews']], ['whoami', ['authentication.k8s.io', 'selfsubjectreviews']]
]);

export const COMMANDS: ReadonlyMap<string, KubectlCommand> = new Map<string, KubectlCommand>([
  ['get', (line) => onTargets(line, line.words, (target) => reads(line, target))],
  ['describe', (line) => onTargets(line, line.words, (target) => [...reads(line, target), requestFor(line, { ...builtIn('', 'events'), isNamespaced: target.isNamespaced }, 'list')])],
  ['wait', (line) => onTargets(line, line.words, (target) => awaits(line, target))],
  ['delete', (line) => onChosen(line, line.words, (target) => [requestFor(line, target, 'delete'), ...line.flags.get('wait') === 'false' ? [] : awaits(line, target)])],
  ['edit', (line) => onTargets(line, line.words, (target) => changes(line, target))],
  ['patch', (line) => onChosen(line, line.words, (target) => changes(line, target))],
  ['label', (line) => onChosen(line, withoutPairs(line.words), (target) => changesOrLists(line, target))],
  ['annotate', (line) => onChosen(line, withoutPairs(line.words), (target) => changesOrLists(line, target))],
  ['scale', (line) => onChosen(line, line.words, (target) => [...scales(line, target), known(line, target)])],
  ['autoscale', (line) => onTargets(line, line.words, (target) => [requestFor(line, builtIn('autoscaling', 'horizontalpodautoscalers'), 'create'), known(line, target)])],
  ['expose', (line) => onTargets(line, line.words, (target) => [requestFor(line, builtIn('', 'services'), 'create'), known(line, target)])],
  ['rollout', rollout],
  ['set', set],
  ['apply', apply],
  ['create', create],
  ['run', (line) => onName(line, line.words[0], () => [requestFor(line, builtIn('', 'pods'), 'create')])],
  ['logs', onPod('log', ['get'])],
  ['exec', onPod('exec', ['get', 'create'])],
  ['attach', onPod('attach', ['get', 'create'])],
  ['port-forward', onPod('portforward', ['get', 'create'])],
  ['cp', copy],
  ['debug', debug],
  ['cordon', onNodes(changes)],
  ['uncordon', onNodes(changes)],
  ['drain', onNodes((line, node) => [...changes(line, node), { verb: 'list', resource: 'pods' }, evicts(line)])],
  ['taint', (line) => onChosen(line, withoutPairs(line.words, TAINT), (target) => changes(line, target))],
  ['top', top],
  ['events', (line) => reads(line, builtIn('', 'events'))],
  ['certificate', (line) => onName(line, line.words[1], (name) => ['approve', 'deny'].includes(line.words[0] ?? '')
    ? changesOf(line, builtIn('certificates.k8s.io', 'certificatesigningrequests', name), 'update', 'approval') : [])],
  ['auth', (line) => {
    const [group, resource] = SELF_REVIEWS.get(line.words[0] ?? '') ?? [];

    return group === undefined || resource === undefined ? refused('unknownCommand', { command: `auth ${ line.words[0] ?? '' }`.trim() })
      : [{ verb: 'create', apiGroup: group, resource: isOn(line, 'list') ? 'selfsubjectrulesreviews' : resource }];
  }],
  ['explain', () => [{ verb: 'get', path: '/openapi/v3' }]],
  ['version', (line) => isOn(line, 'client') ? refused('noRequest', { command: 'version' }) : [{ verb: 'get', path: '/version' }]],
  ['api-resources', () => [{ verb: 'get', path: '/apis' }, { verb: 'get', path: '/api' }]],
  ['api-versions', () => [{ verb: 'get', path: '/apis' }, { verb: 'get', path: '/api' }]],
  ['cluster-info', (line) => line.words[0] === 'dump' ? dump(line) : [{ verb: 'list', resource: 'services', namespace: namespaceOf(line, SYSTEM) }]]
]);

/** The requests for each target of some words. */
export function onTargets(line: KubectlLine, words: readonly string[], make: (target: Target) => readonly KubectlRequest[]): Wanted {
  const targets = targetsOf(line, words);

  return 'code' in targets ? targets : targets.flatMap(make);
}

/** The same for commands that take names, or a flag that chooses objects, but never all objects by silence. */
function onChosen(line: KubectlLine, words: readonly string[], make: (target: Target) => readonly KubectlRequest[]): Wanted {
  const isChoosing = isOn(line, 'all') || line.flags.has('selector') || line.flags.has('field-selector');

  return words.length > 1 || words[0]?.includes('/') || isChoosing ? onTargets(line, words, make) : refused('noTarget', { command: line.command });
}

function onName(line: KubectlLine, name: string | undefined, make: (name: string) => readonly KubectlRequest[]): Wanted {
  return name ? make(name) : refused('noTarget', { command: line.command });
}

function onNodes(make: (line: KubectlLine, node: Target) => readonly KubectlRequest[]): KubectlCommand {
  return (line) => onChosen(line, line.words[0]?.includes('/') ? line.words : ['nodes', ...line.words], (node) => make(line, node));
}

/** A get by name, or a list; with `--watch` a watch in front. */
function reads(line: KubectlLine, target: Target): KubectlRequest[] {
  const selected = selectedBy(line);
  const read = target.name ? requestFor(line, target, 'get', { subresource: line.flags.get('subresource') ?? '' }) : requestFor(line, target, 'list', { selected });

  return isOn(line, 'watch', 'watch-only') ? [requestFor(line, { ...target, name: '' }, 'watch', { selected: target.name || selected }), read] : [read];
}

function selectedBy({ flags }: KubectlLine): string {
  return nameSelectedBy(flags.get('field-selector') ?? '') ?? '';
}

/** Until an object is gone or in a condition: it is read, then watched by its name. */
function awaits(line: KubectlLine, target: Target): KubectlRequest[] {
  const all = { ...target, name: '' };

  return [requestFor(line, all, 'watch', { selected: target.name }), requestFor(line, all, 'list', { selected: target.name }), ...target.name ? [requestFor(line, target, 'get')] : []];
}

/** What a command reads before it changes something. */
function known(line: KubectlLine, target: Target): KubectlRequest {
  return target.name ? requestFor(line, target, 'get') : requestFor(line, target, 'list', { selected: selectedBy(line) });
}

function changes(line: KubectlLine, target: Target): KubectlRequest[] {
  return changesOf(line, target, 'patch', line.flags.get('subresource') ?? '');
}

function changesOf(line: KubectlLine, target: Target, verb: string, subresource = ''): KubectlRequest[] {
  return [requestFor(line, target, verb, { subresource }), known(line, target)];
}

/** With `--list` objects are shown as they are. */
function changesOrLists(line: KubectlLine, target: Target): KubectlRequest[] {
  return isOn(line, 'list') ? [known(line, target)] : changes(line, target);
}

/** One for each Pod, in the Pod's own namespace. */
function evicts(line: KubectlLine): KubectlRequest {
  return isOn(line, 'disable-eviction') ? { verb: 'delete', resource: 'pods' } : { verb: 'create', resource: 'pods', subresource: 'eviction' };
}

/** A patch; with a precondition, the scale is read and updated. */
function scales(line: KubectlLine, target: Target): KubectlRequest[] {
  const verbs = line.flags.has('current-replicas') || line.flags.has('resource-version') ? ['update', 'get'] : ['patch'];

  return verbs.map((verb) => requestFor(line, target, verb, { subresource: 'scale' }));
}

function rollout(line: KubectlLine): Wanted {
  const [action = '', ...words] = line.words;

  switch (action) {
    case 'restart': case 'pause': case 'resume': case 'undo': return onTargets(line, words, (target) => changes(line, target));
    case 'history': return onTargets(line, words, (target) => [known(line, target)]);
    case 'status': return onTargets(line, words, (target) => awaits(line, target).toReversed());
    default: return refused('unknownCommand', { command: `rollout ${ action }`.trim() });
  }
}

function set(line: KubectlLine): Wanted {
  const [action = '', ...words] = line.words;

  switch (action) {
    case 'env': return onChosen(line, withoutPairs(words), (target) => changesOrLists(line, target));
    case 'image': case 'resources': case 'selector': case 'subject': return onChosen(line, withoutPairs(words), (target) => changes(line, target));
    // The account's name stands last.
    case 'serviceaccount': case 'sa': return onChosen(line, words.slice(0, -1), (target) => changes(line, target));
    default: return refused('unknownCommand', { command: `set ${ action }`.trim() });
  }
}

/** What is applied is in a file; what was applied last stands in the object. */
function apply(line: KubectlLine): Wanted {
  const [action = '', ...words] = line.words;

  switch (action) {
    case 'view-last-applied': return onTargets(line, words, (target) => [known(line, target)]);
    case 'edit-last-applied': return onTargets(line, words, (target) => changes(line, target));
    default: return refused('fromFile', { command: line.command });
  }
}

/** Nodes, then most of what is in some namespaces, with the logs of its Pods. */
function dump(line: KubectlLine): Wanted {
  const isOfAll = isOn(line, 'all-namespaces');
  const namespaces = isOfAll ? [''] : line.flags.get('namespaces')?.split(',') ?? [SYSTEM, namespaceOf(line)];

  return [
    { verb: 'list', resource: 'nodes' },
    ...isOfAll ? [{ verb: 'list', resource: 'namespaces' }] : [],
    ...namespaces.flatMap((namespace) => [...DUMPED.map(({ group, resource }) => ({ verb: 'list', apiGroup: group, resource, namespace })), { verb: 'get', resource: 'pods', subresource: 'log', namespace }])
  ];
}

function create(line: KubectlLine): Wanted {
  const [type = '', ...words] = line.words;
  const target = CREATED.get(type);
  const name = words[CREATED_BY_KIND.includes(type) ? 1 : 0];

  if (type === 'token') {
    return onName(line, name, (account) => [requestFor(line, builtIn('', 'serviceaccounts', account), 'create', { subresource: 'token' })]);
  }
  if (!target) {
    return type ? refused('unknownCommand', { command: `create ${ type }` }) : refused('noTarget', { command: 'create' });
  }

  return onName(line, name, () => [requestFor(line, target, 'create')]);
}

/** The numbers come from metrics.k8s.io, the objects themselves from Kubernetes. */
function top(line: KubectlLine): Wanted {
  const [type = '', name = ''] = line.words;
  const resource = NODES.includes(type) ? 'nodes' : PODS.includes(type) ? 'pods' : undefined;

  if (resource === undefined) {
    return refused('unknownCommand', { command: `top ${ type }`.trim() });
  }
  const target = builtIn('', resource, name);
  const metrics = requestFor(line, { ...target, group: 'metrics.k8s.io' }, name ? 'get' : 'list');

  return resource === 'nodes' ? [metrics, known(line, target)] : [metrics];
}

/** Words without those that say what to change. */
function withoutPairs(words: readonly string[], pair = PAIR): string[] {
  return words.filter((word, index) => index === 0 || !pair.test(word));
}
