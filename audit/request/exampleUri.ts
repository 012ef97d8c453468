/**
 * The path at which kube-apiserver serves a request, in the version of the API that most clients use.
 *
 * Source: Kubernetes' discovery documents (k8s.io/kubernetes, api/discovery).
 */
import type { RequestAttributes } from './attributes';

/** Groups whose usual version is not v1; custom resources may have any. */
const VERSIONS: ReadonlyMap<string, string> = new Map([
  ['autoscaling', 'v2'], ['internal.apiserver.k8s.io', 'v1alpha1'], ['metrics.k8s.io', 'v1beta1'], ['custom.metrics.k8s.io', 'v1beta2'], ['external.metrics.k8s.io', 'v1beta1'],
  ['storagemigration.k8s.io', 'v1beta1'], ['management.cattle.io', 'v3']
]);

/** The version of a group, such as `v1`. */
export function apiVersionOf(apiGroup: string): string {
  return VERSIONS.get(apiGroup) ?? 'v1';
}

/** The `apiVersion` of an object of a group, such as `apps/v1`. */
export function groupVersionOf(apiGroup: string): string {
  return apiGroup ? `${ apiGroup }/${ apiVersionOf(apiGroup) }` : apiVersionOf('');
}

/** The path with its query. */
export function requestUriOf(request: RequestAttributes): string {
  const { resourceRequest, path, apiGroup, resource, subresource, namespace, name, verb } = request;

  if (!resourceRequest || path !== '') {
    return path || '/';
  }
  const isList = verb === 'list' || verb === 'watch';
  const parts = [
    ...apiGroup ? ['apis', apiGroup] : ['api'], apiVersionOf(apiGroup), ...namespace && resource !== 'namespaces' ? ['namespaces', namespace] : [],
    resource, ...name && !isList ? [name] : [], ...subresource ? [subresource] : []
  ];
  const query = [...isList && name ? [`fieldSelector=metadata.name%3D${ encodeURIComponent(name) }`] : [], ...verb === 'watch' ? ['watch=true'] : []];

  return `/${ parts.map(encodeURIComponent).join('/') }${ query.length ? `?${ query.join('&') }` : '' }`;
}
