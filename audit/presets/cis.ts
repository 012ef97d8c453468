/** What CIS 3.2.2 asks for: access to secrets without their contents, changes of workloads and of RBAC, access into Pods. */
import type { Preset } from './preset';

export const CIS: Preset = {
  id:     'cis',
  source: 'CIS Kubernetes Benchmark 3.2.2',
  policy: `# What the CIS Kubernetes Benchmark asks for in 3.2.2.
apiVersion: audit.k8s.io/v1
kind: Policy
omitStages:
- RequestReceived
rules:
# Who touched what may be secret, and never the contents.
- level: Metadata
  resources:
  - group: ""
    resources: [secrets, configmaps, serviceaccounts/token]
  - group: authentication.k8s.io
    resources: [tokenreviews]
# Rancher's own tokens and kubeconfigs, where Rancher runs.
- level: Metadata
  resources:
  - group: ext.cattle.io
    resources: [tokens, kubeconfigs]
  - group: management.cattle.io
    resources: [tokens, clusterregistrationtokens]
# Access into Pods and through proxies.
- level: Metadata
  resources:
  - group: ""
    resources: [pods/exec, pods/attach, pods/portforward, pods/proxy, services/proxy, nodes/proxy]
# Changes of workloads, with what was sent.
- level: Request
  verbs: [create, update, patch, delete, deletecollection]
  resources:
  - group: ""
    resources: [pods, replicationcontrollers, services, serviceaccounts, namespaces]
  - group: apps
  - group: batch
  - group: networking.k8s.io
# Changes of who may do what, with what was sent and what came of it.
- level: RequestResponse
  verbs: [create, update, patch, delete, deletecollection]
  resources:
  - group: rbac.authorization.k8s.io
# Most requests at Metadata.
- level: Metadata
`
};
