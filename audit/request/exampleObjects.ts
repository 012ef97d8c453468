/**
 * Examples of the objects in events: what a client sends, and what kube-apiserver answers.
 *
 * Source: k8s.io/apiserver/pkg/endpoints/handlers; the kinds of subresources from Kubernetes' discovery documents.
 */
import type { RequestAttributes } from './attributes';
import { resourceNamed } from './catalogue';
import { groupVersionOf } from './exampleUri';

/** What an object is called whose name the request does not say. */
/** Of a Pod. */
export const CONTAINER_OF_EXAMPLE = 'main';
const NAME_OF_EXAMPLE = 'example';

type Fields = Readonly<Record<string, unknown>>;

/** Subresources whose objects are of a kind of their own; others are of their resource's. */
const KINDS: ReadonlyMap<string, Fields> = new Map([
  ['scale', { kind: 'Scale', apiVersion: 'autoscaling/v1' }], ['eviction', { kind: 'Eviction', apiVersion: 'policy/v1' }], ['binding', { kind: 'Binding', apiVersion: 'v1' }],
  ['token', { kind: 'TokenRequest', apiVersion: 'authentication.k8s.io/v1' }]
]);
/** What of an object shows best what the log then holds; `…` stands for contents. */
const CONTENTS: ReadonlyMap<string, Fields> = new Map<string, Fields>([
  ['Secret', { data: { password: '…' }, type: 'Opaque' }],
  ['ConfigMap', { data: { key: '…' } }],
  ['Pod', { spec: { containers: [{ name: CONTAINER_OF_EXAMPLE, image: '…', env: [{ name: 'VARIABLE', value: '…' }] }] } }],
  ['Scale', { spec: { replicas: 3 } }],
  ['TokenReview', { spec: { token: '…' } }],
  ['TokenRequest', { spec: { audiences: ['…'], expirationSeconds: 3600 } }],
  ['Eviction', {}],
  ['Binding', { target: { kind: 'Node', name: '…' } }],
  ['Event', { reason: '…', message: '…' }],
  ['ClusterRoleBinding', { roleRef: { kind: 'ClusterRole', name: '…' }, subjects: ['…'] }],
  ['RoleBinding', { roleRef: { kind: 'Role', name: '…' }, subjects: ['…'] }]
]);
/** What only the answer holds. */
const ANSWERED: ReadonlyMap<string, Fields> = new Map<string, Fields>([['TokenRequest', { status: { token: '…' } }], ['TokenReview', { status: { authenticated: true } }]]);

/** What the object of a request is called; undefined for reviews, which are only asked. */
export function nameOfObject({ apiGroup, resource, subresource, name }: RequestAttributes): string | undefined {
  const isReview = subresource === '' && resourceNamed(apiGroup, resource)?.verbs.join() === 'create';

  return name || (isReview ? undefined : NAME_OF_EXAMPLE);
}

/** The object that a client sends with a request; undefined where it sends none. */
export function bodyOf(request: RequestAttributes): unknown {
  switch (request.verb) {
    case 'create':
    case 'update': return { ...typeOf(request), metadata: namedBy(request), ...contentsOf(request) };
    // A patch is recorded as it is sent: this is a merge patch.
    case 'patch': return { metadata: { labels: { key: '…' } } };
    case 'delete':
    case 'deletecollection': return { kind: 'DeleteOptions', apiVersion: 'meta.k8s.io/__internal', propagationPolicy: 'Background' };
    default: return undefined;
  }
}

/** The object that kube-apiserver answers with. */
export function answerOf(request: RequestAttributes, managedFields: boolean): unknown {
  const { user, resourceRequest, verb, name, resource } = request;

  if (user === undefined) {
    return { kind: 'Status', apiVersion: 'v1', ...refusalOf(401) };
  }
  if (!resourceRequest) {
    return discoveryOf(request);
  }
  if (verb === 'delete') {
    return { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', details: { name, kind: resource } };
  }
  if (verb === 'list' || verb === 'deletecollection') {
    const { kind, apiVersion } = typeOf(request);

    return { kind: `${ String(kind) }List`, apiVersion, metadata: { resourceVersion: '1000' }, items: [{ metadata: metadataOf(request, managedFields), ...contentsOf(request) }] };
  }
  const type = typeOf(request);

  return { ...type, metadata: metadataOf(request, managedFields), ...contentsOf(request), ...ANSWERED.get(String(type['kind'])) };
}

/** The Status of a request whose authentication failed. */
export function refusalOf(code: number): Fields {
  return { metadata: {}, status: 'Failure', message: 'Unauthorized', reason: 'Unauthorized', code };
}

function typeOf({ apiGroup, resource, subresource }: RequestAttributes): Fields {
  return KINDS.get(subresource) ?? { kind: resourceNamed(apiGroup, resource)?.kind ?? capitalized(resource.replace(/s$/, '')), apiVersion: groupVersionOf(apiGroup) };
}

function contentsOf(request: RequestAttributes): Fields {
  return CONTENTS.get(String(typeOf(request)['kind'])) ?? { spec: '…' };
}

function namedBy(request: RequestAttributes): Fields {
  const name = nameOfObject(request);

  return name === undefined ? {} : { name };
}

function metadataOf(request: RequestAttributes, managedFields: boolean): Fields {
  const { namespace, verb, resource } = request;

  if (nameOfObject(request) === undefined) {
    return {};
  }

  return {
    ...namedBy(request),
    ...(namespace && resource !== 'namespaces' ? { namespace } : {}),
    resourceVersion: '1',
    ...(managedFields ? { managedFields: [{ manager: verb === 'patch' ? 'kubectl' : 'example', operation: 'Update', fieldsType: 'FieldsV1', fieldsV1: '…' }] } : {})
  };
}

/** What the API serves: of all groups, of one, or of a version. */
function discoveryOf({ path }: RequestAttributes): Fields {
  const [root, group, version] = path.split('/').filter(Boolean);

  if (root === 'api' && group === undefined) {
    return { kind: 'APIVersions', versions: ['v1'], serverAddressByClientCIDRs: [{ clientCIDR: '0.0.0.0/0', serverAddress: '192.0.2.2:6443' }] };
  }
  if (group === undefined) {
    return { kind: 'APIGroupList', apiVersion: 'v1', groups: [{ name: 'apps', versions: '…' }] };
  }

  return root === 'apis' && version === undefined ? { kind: 'APIGroup', apiVersion: 'v1', name: group, versions: '…' }
    : root === 'api' ? { kind: 'APIResourceList', groupVersion: group, resources: '…' } : { kind: 'APIResourceList', apiVersion: 'v1', groupVersion: `${ group }/${ version ?? '' }`, resources: '…' };
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
