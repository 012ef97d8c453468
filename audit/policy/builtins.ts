/**
 * Names that every Kubernetes cluster knows, to pick from; a policy may hold any other too.
 *
 * Source: kubernetes documentation, API reference and Using RBAC authorization (default roles and bindings).
 */

/** Verbs of resource requests; non-resource URLs have the HTTP methods in lower case. */
export const VERBS = ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete', 'deletecollection', 'post', 'put', 'head', 'options'] as const;

/** All but the core group, whose name is ''. */
export const API_GROUPS = [
  'admissionregistration.k8s.io', 'apiextensions.k8s.io', 'apiregistration.k8s.io', 'apps', 'authentication.k8s.io', 'authorization.k8s.io', 'autoscaling', 'batch',
  'certificates.k8s.io', 'coordination.k8s.io', 'discovery.k8s.io', 'events.k8s.io', 'flowcontrol.apiserver.k8s.io', 'metrics.k8s.io', 'networking.k8s.io', 'node.k8s.io',
  'policy', 'rbac.authorization.k8s.io', 'scheduling.k8s.io', 'storage.k8s.io'
] as const;

/** The resources that audit rules name most, by API group. */
export const RESOURCES_OF_GROUP: Readonly<Record<string, readonly string[]>> = {
  '': [
    'configmaps', 'endpoints', 'events', 'namespaces', 'nodes', 'nodes/proxy', 'nodes/status', 'persistentvolumeclaims', 'persistentvolumes', 'pods', 'pods/attach',
    'pods/ephemeralcontainers', 'pods/eviction', 'pods/exec', 'pods/log', 'pods/portforward', 'pods/proxy', 'pods/status', 'secrets', 'serviceaccounts', 'serviceaccounts/token',
    'services', 'services/proxy', '*', '*/status'
  ],
  'apiextensions.k8s.io':      ['customresourcedefinitions'],
  'apps':                      ['controllerrevisions', 'daemonsets', 'deployments', 'deployments/scale', 'replicasets', 'statefulsets', 'statefulsets/scale'],
  'authentication.k8s.io':     ['selfsubjectreviews', 'tokenreviews'],
  'authorization.k8s.io':      ['localsubjectaccessreviews', 'selfsubjectaccessreviews', 'selfsubjectrulesreviews', 'subjectaccessreviews'],
  'batch':                     ['cronjobs', 'jobs'],
  'certificates.k8s.io':       ['certificatesigningrequests', 'certificatesigningrequests/approval'],
  'coordination.k8s.io':       ['leases'],
  'networking.k8s.io':         ['ingresses', 'networkpolicies'],
  'policy':                    ['poddisruptionbudgets'],
  'rbac.authorization.k8s.io': ['clusterrolebindings', 'clusterroles', 'rolebindings', 'roles']
};

export const SYSTEM_USERS = [
  'system:anonymous', 'system:apiserver', 'system:kube-controller-manager', 'system:kube-proxy', 'system:kube-scheduler', 'system:serviceaccount:kube-system:generic-garbage-collector'
] as const;

export const SYSTEM_GROUPS = ['system:authenticated', 'system:masters', 'system:nodes', 'system:serviceaccounts', 'system:serviceaccounts:kube-system', 'system:unauthenticated'] as const;

export const SYSTEM_NAMESPACES = ['default', 'kube-node-lease', 'kube-public', 'kube-system', 'cattle-system'] as const;

export const NON_RESOURCE_URLS = ['/api*', '/healthz*', '/livez*', '/metrics', '/openapi/*', '/readyz*', '/version'] as const;
