/** The policy that Kubernetes sets up on Google Compute Engine: what GKE's and EKS's stand on. */
import type { Preset } from './preset';

export const GCE: Preset = {
  id:     'gce',
  source: 'Kubernetes, cluster/gce/gci/configure-helper.sh',
  policy: `# After the policy of Kubernetes on Google Compute Engine: known noise is dropped, the contents of secrets never logged,
# reads of Kubernetes' own groups at Request, changes with both bodies.
apiVersion: audit.k8s.io/v1
kind: Policy
rules:
# Noise of the system's own components, each by who makes it.
- level: None
  users: ["system:kube-proxy"]
  verbs: [watch]
  resources:
  - group: ""
    resources: [endpoints, services, services/status]
- level: None
  users: ["system:unsecured"]
  namespaces: [kube-system]
  verbs: [get]
  resources:
  - group: ""
    resources: [configmaps]
- level: None
  users: [kubelet]
  verbs: [get]
  resources:
  - group: ""
    resources: [nodes, nodes/status]
- level: None
  userGroups: ["system:nodes"]
  verbs: [get]
  resources:
  - group: ""
    resources: [nodes, nodes/status]
- level: None
  users:
  - system:kube-controller-manager
  - system:cloud-controller-manager
  - system:kube-scheduler
  - system:serviceaccount:kube-system:endpoint-controller
  namespaces: [kube-system]
  verbs: [get, update]
  resources:
  - group: ""
    resources: [endpoints]
- level: None
  users: ["system:apiserver"]
  verbs: [get]
  resources:
  - group: ""
    resources: [namespaces, namespaces/status, namespaces/finalize]
- level: None
  users: [cluster-autoscaler]
  namespaces: [kube-system]
  verbs: [get, update]
  resources:
  - group: ""
    resources: [configmaps, endpoints]
- level: None
  users: ["system:kube-controller-manager", "system:cloud-controller-manager"]
  verbs: [get, list]
  resources:
  - group: metrics.k8s.io
- level: None
  nonResourceURLs: [/healthz*, /version, /swagger*]
- level: None
  resources:
  - group: ""
    resources: [events]
# Status that nodes report: what was sent is enough.
- level: Request
  users: [kubelet, "system:node-problem-detector", "system:serviceaccount:kube-system:node-problem-detector"]
  verbs: [update, patch]
  resources:
  - group: ""
    resources: [nodes/status, pods/status]
  omitStages: [RequestReceived]
- level: Request
  userGroups: ["system:nodes"]
  verbs: [update, patch]
  resources:
  - group: ""
    resources: [nodes/status, pods/status]
  omitStages: [RequestReceived]
# Answers can be large when a namespace is emptied.
- level: Request
  users: ["system:serviceaccount:kube-system:namespace-controller"]
  verbs: [deletecollection]
  omitStages: [RequestReceived]
# Never the contents of what may be secret.
- level: Metadata
  resources:
  - group: ""
    resources: [secrets, configmaps, serviceaccounts/token]
  - group: authentication.k8s.io
    resources: [tokenreviews]
  omitStages: [RequestReceived]
# Reads of Kubernetes' own groups; their answers can be large.
- level: Request
  verbs: [get, list, watch]
  resources:
  - group: ""
  - group: admissionregistration.k8s.io
  - group: apiextensions.k8s.io
  - group: apiregistration.k8s.io
  - group: apps
  - group: authentication.k8s.io
  - group: authorization.k8s.io
  - group: autoscaling
  - group: batch
  - group: certificates.k8s.io
  - group: extensions
  - group: metrics.k8s.io
  - group: networking.k8s.io
  - group: node.k8s.io
  - group: policy
  - group: rbac.authorization.k8s.io
  - group: scheduling.k8s.io
  - group: storage.k8s.io
  omitStages: [RequestReceived]
# Changes in them.
- level: RequestResponse
  resources:
  - group: ""
  - group: admissionregistration.k8s.io
  - group: apiextensions.k8s.io
  - group: apiregistration.k8s.io
  - group: apps
  - group: authentication.k8s.io
  - group: authorization.k8s.io
  - group: autoscaling
  - group: batch
  - group: certificates.k8s.io
  - group: extensions
  - group: metrics.k8s.io
  - group: networking.k8s.io
  - group: node.k8s.io
  - group: policy
  - group: rbac.authorization.k8s.io
  - group: scheduling.k8s.io
  - group: storage.k8s.io
  omitStages: [RequestReceived]
# And everything else.
- level: Metadata
  omitStages: [RequestReceived]
`
};
