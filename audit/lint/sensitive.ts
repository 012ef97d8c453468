/**
 * Resources whose bodies hold secrets.
 *
 * An answer to `delete` is a Status, but for objects that a finalizer keeps; one to `deletecollection` is the list of what was there; those
 * to `watch` are never recorded. Source: k8s.io/apiserver/pkg/endpoints/handlers/delete.go, pkg/registry/generic/registry/store.go;
 * github.com/rancher/rancher/pkg/apis/management.cattle.io/v3/authn_types.go and ext.cattle.io/v1/types.go.
 */

export interface Sensitive {
  readonly group: string;
  readonly resource: string;
  readonly subresource?: string;
  readonly isClusterScoped?: boolean;
  /** Verbs whose request, or whose answer, holds the secret. */
  readonly inRequest: readonly string[];
  readonly inResponse: readonly string[];
  /** Answered by a server behind kube-apiserver, which passes the bodies on unread; that server may log them. */
  readonly isAggregated?: boolean;
}

const WRITES = ['create', 'update', 'patch'];
const ANSWERS = ['get', 'list', 'deletecollection', ...WRITES];

/** Those of Kubernetes, then those of Rancher. */
export const SENSITIVE: readonly Sensitive[] = [
  { group: '', resource: 'secrets', inRequest: WRITES, inResponse: ANSWERS },
  { group: '', resource: 'configmaps', inRequest: WRITES, inResponse: ANSWERS },
  { group: '', resource: 'serviceaccounts', subresource: 'token', inRequest: [], inResponse: ['create'] },
  { group: 'authentication.k8s.io', resource: 'tokenreviews', isClusterScoped: true, inRequest: ['create'], inResponse: ['create'] },
  { group: 'management.cattle.io', resource: 'tokens', isClusterScoped: true, inRequest: WRITES, inResponse: ANSWERS },
  { group: 'management.cattle.io', resource: 'clusterregistrationtokens', inRequest: WRITES, inResponse: ANSWERS },
  { group: 'management.cattle.io', resource: 'samltokens', inRequest: WRITES, inResponse: ANSWERS },
  { group: 'ext.cattle.io', resource: 'tokens', isClusterScoped: true, inRequest: [], inResponse: ['create'], isAggregated: true },
  { group: 'ext.cattle.io', resource: 'kubeconfigs', isClusterScoped: true, inRequest: [], inResponse: ['create'], isAggregated: true }
];
