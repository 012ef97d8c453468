/**
 * Names that every Kubernetes cluster, or every one of Rancher's, knows: to pick from. A policy may hold any other too.
 *
 * Source: kubernetes documentation, Using RBAC authorization (default roles and bindings) and Authenticating (service accounts); rancher
 * pkg/impersonation.
 */

/** A name, and the key of the words that say what it stands for. */
export interface BuiltInName {
  readonly name: string;
  readonly about: string;
}

/** Verbs of requests for resources. */
export const RESOURCE_VERBS = ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete', 'deletecollection'] as const;

/** Verbs of all other requests: the HTTP methods in lower case. */
export const PATH_VERBS = ['get', 'head', 'post', 'put', 'patch', 'delete', 'options'] as const;

export const SYSTEM_USERS: readonly BuiltInName[] = [
  { name: 'system:anonymous', about: 'anonymous' },
  { name: 'system:apiserver', about: 'apiserver' },
  { name: 'system:kube-controller-manager', about: 'controllerManager' },
  { name: 'system:kube-scheduler', about: 'scheduler' },
  { name: 'system:kube-proxy', about: 'kubeProxy' },
  { name: 'system:serviceaccount:kube-system:generic-garbage-collector', about: 'garbageCollector' },
  { name: 'system:serviceaccount:kube-system:namespace-controller', about: 'namespaceController' },
  { name: 'system:serviceaccount:cattle-system:cattle', about: 'clusterAgent' }
];

export const SYSTEM_GROUPS: readonly BuiltInName[] = [
  { name: 'system:authenticated', about: 'authenticated' },
  { name: 'system:unauthenticated', about: 'unauthenticated' },
  { name: 'system:masters', about: 'masters' },
  { name: 'system:nodes', about: 'nodes' },
  { name: 'system:serviceaccounts', about: 'serviceAccounts' },
  { name: 'system:serviceaccounts:kube-system', about: 'systemAccounts' },
  { name: 'system:serviceaccounts:cattle-impersonation-system', about: 'rancherUsers' },
  { name: 'system:monitoring', about: 'monitoring' }
];

export const SYSTEM_NAMESPACES = ['default', 'kube-node-lease', 'kube-public', 'kube-system', 'cattle-fleet-system', 'cattle-impersonation-system', 'cattle-system'] as const;

export const NON_RESOURCE_URLS: readonly BuiltInName[] = [
  { name: '*', about: 'everyPath' },
  { name: '/api*', about: 'discovery' },
  { name: '/healthz*', about: 'health' },
  { name: '/livez*', about: 'health' },
  { name: '/readyz*', about: 'health' },
  { name: '/metrics', about: 'metrics' },
  { name: '/openapi/*', about: 'openApi' },
  { name: '/version', about: 'version' },
  { name: '/.well-known/*', about: 'wellKnown' }
];
