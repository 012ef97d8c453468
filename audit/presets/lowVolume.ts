/** Changes by people and access to secrets and Pods, for small disks: no reads, no noise. */
import type { Preset } from './preset';

export const LOW_VOLUME: Preset = {
  id:     'lowVolume',
  source: 'Cluster Audit Log',
  policy: `# As little as an investigation can do with: who changed what, who read secrets, who went into a Pod. No bodies.
# What people do through Rancher comes from service accounts of cattle-impersonation-system: nothing here drops those.
apiVersion: audit.k8s.io/v1
kind: Policy
omitManagedFields: true
omitStages:
- RequestReceived
rules:
# Events, Leases and endpoints change all the time.
- level: None
  resources:
  - group: ""
    resources: [events, endpoints]
  - group: events.k8s.io
    resources: [events]
  - group: coordination.k8s.io
    resources: [leases]
  - group: discovery.k8s.io
    resources: [endpointslices]
# Nodes report their status, and ask for tokens of their Pods.
- level: None
  userGroups: ["system:nodes"]
  verbs: [create, update, patch]
  resources:
  - group: ""
    resources: [nodes/status, pods/status, serviceaccounts/token]
# The control plane reconciles.
- level: None
  users: ["system:apiserver", "system:kube-controller-manager", "system:kube-scheduler", "system:cloud-controller-manager", "system:kube-proxy"]
# Its controllers, and the questions that everything asks about permissions.
- level: None
  userGroups: ["system:serviceaccounts:kube-system"]
  verbs: [get, list, watch]
- level: None
  resources:
  - group: authorization.k8s.io
  - group: authentication.k8s.io
# Access into Pods and through proxies.
- level: Metadata
  resources:
  - group: ""
    resources: [pods/exec, pods/attach, pods/portforward, pods/proxy, services/proxy, nodes/proxy]
# Reads of Secrets; lists and watches too.
- level: Metadata
  resources:
  - group: ""
    resources: [secrets, serviceaccounts/token]
# All other reads, and all paths.
- level: None
  verbs: [get, list, watch]
- level: None
  nonResourceURLs: ["*"]
# Changes.
- level: Metadata
`
};
