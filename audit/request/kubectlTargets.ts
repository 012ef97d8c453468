/**
 * What a kubectl command is about: `TYPE`, `TYPE NAME…`, `TYPE/NAME…` and `TYPE,TYPE`.
 *
 * Source: k8s.io/cli-runtime/pkg/resource/builder.go, k8s.io/apimachinery/pkg/api/meta/restmapper.go, client-go's restmapper/shortcut.go.
 */
import type { RequestFields } from './attributes';
import { isKnownGroup, resourceNamed } from './catalogue';
import { isOn, refused, type KubectlLine, type KubectlRefusal } from './kubectlLine';
import type { ServedResources } from './served';

export interface Target {
  readonly group: string;
  readonly resource: string;
  readonly isNamespaced: boolean;
  /** Whether nobody knows that it is in namespaces. */
  readonly isScopeGuessed?: boolean;
  /** '' for all of them, or one that only the cluster can tell. */
  readonly name: string;
}

/** A request that kubectl sends. */
export interface KubectlRequest extends RequestFields {
  /** Of a target whose scope decides of the namespace, and is guessed. */
  readonly isScopeGuessed?: boolean;
}

const DEFAULT_NAMESPACE = 'default';

/** What `get all` stands for, in kubectl's order. */
const ALL: readonly string[] = [
  'pods', 'replicationcontrollers', 'services', 'daemonsets.apps', 'deployments.apps', 'replicasets.apps', 'statefulsets.apps', 'horizontalpodautoscalers.autoscaling', 'cronjobs.batch', 'jobs.batch'
];

/** The targets of a command's words, at least one. */
export function targetsOf(line: KubectlLine, words: readonly string[]): readonly Target[] | KubectlRefusal {
  const [first, ...names] = words;

  if (!first) {
    return refused('noTarget', { command: line.command });
  }
  const hasSlash = first.includes('/');
  const stranger = words.find((word, index) => (hasSlash ? !/^[^/]+\/[^/]+$/.test(word) : index > 0 && word.includes('/')));

  if (stranger !== undefined) {
    return refused('mixedForms', { word: stranger });
  }
  const pairs = hasSlash ? words.map(pairOf) : typesIn(first).flatMap((type) => (names.length ? names : ['']).map((name) => [type, name] as const));
  const targets: Target[] = [];

  for (const [type, name] of pairs) {
    const target = targetNamed(type, name, line.served);

    if (!target) {
      return refused('unknownResource', { resource: type });
    }
    if (name && isOn(line, 'all-namespaces')) {
      return refused('nameInAllNamespaces', { name });
    }
    targets.push(target);
  }

  return targets;
}

/**
 * `pods`, `po`, `Pod`, `deployments.apps`, `deployments.v1.apps` or `ingresses.networking`. In a group that Kubernetes doesn't have, any
 * resource is taken, as a namespaced one where nothing else is known. Undefined for what no cluster serves, and for a custom resource
 * without its group that is not known.
 */
function targetNamed(type: string, name: string, served: ServedResources): Target | undefined {
  const [plural = '', ...qualifiers] = type.toLowerCase().split('.');
  const hasVersion = qualifiers.length > 1 && /^v\d+((alpha|beta)\d+)?$/.test(qualifiers[0] ?? '');
  const group = qualifiers.slice(hasVersion ? 1 : 0).join('.');
  const candidates = served.called(plural);
  const known = qualifiers.length ? candidates.find((candidate) => candidate.group === group) ?? candidates.find((candidate) => candidate.group.startsWith(group)) : candidates[0];

  if (known) {
    return { group: known.group, resource: known.resource, isNamespaced: known.isNamespaced, name };
  }

  return group.includes('.') && !isKnownGroup(group) ? { group, resource: plural, isNamespaced: true, isScopeGuessed: true, name } : undefined;
}

/** A built-in target, by the plural name of its resource. */
export function builtIn(group: string, resource: string, name = ''): Target {
  return { group, resource, isNamespaced: resourceNamed(group, resource)?.isNamespaced ?? true, name };
}

/**
 * A request for a target.
 * @param selected the name that a field selector asks for, on a list or a watch
 */
export function requestFor(line: KubectlLine, { group, resource, isNamespaced, isScopeGuessed = false, name }: Target, verb: string, { subresource = '', selected = '' } = {}): KubectlRequest {
  // A Namespace is in itself, but not where it is looked for by its name.
  const own = group === '' && resource === 'namespaces' ? name : '';
  const isInOne = isNamespaced && !isOn(line, 'all-namespaces');

  return { verb, apiGroup: group, resource, subresource, namespace: isInOne ? namespaceOf(line) : own, name: name || selected, isScopeGuessed: isScopeGuessed && isInOne };
}

/** The namespace of a line; one without a name is as good as none. */
export function namespaceOf({ flags }: KubectlLine, otherwise = DEFAULT_NAMESPACE): string {
  return flags.get('namespace') || otherwise;
}

function typesIn(word: string): string[] {
  return word.split(',').flatMap((type) => (type.toLowerCase() === 'all' ? ALL : [type]));
}

function pairOf(word: string): readonly [type: string, name: string] {
  const slash = word.indexOf('/');

  return [word.slice(0, slash), word.slice(slash + 1)];
}
