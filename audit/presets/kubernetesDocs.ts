/** Kubernetes documentation, Auditing: an example with a rule of every kind. */
import type { Preset } from './preset';

export const KUBERNETES_DOCS: Preset = {
  id:     'kubernetesDocs',
  source: 'Kubernetes documentation, Auditing',
  policy: `# After the example of the Kubernetes documentation: a rule of every kind.
apiVersion: audit.k8s.io/v1
kind: Policy
omitStages:
- RequestReceived
rules:
# Pods, with their bodies and the answers.
- level: RequestResponse
  resources:
  - group: ""
    resources: [pods]
# Their logs and status: that they were read or written.
- level: Metadata
  resources:
  - group: ""
    resources: [pods/log, pods/status]
# A lock that a controller renews all the time.
- level: None
  resources:
  - group: ""
    resources: [configmaps]
    resourceNames: [controller-leader]
# kube-proxy watches these on every node.
- level: None
  users: ["system:kube-proxy"]
  verbs: [watch]
  resources:
  - group: ""
    resources: [endpoints, services]
# Discovery by anyone who is logged in.
- level: None
  userGroups: ["system:authenticated"]
  nonResourceURLs: [/api*, /version]
# Changes of the system's own configuration.
- level: Request
  resources:
  - group: ""
    resources: [configmaps]
  namespaces: [kube-system]
# Never the contents of these anywhere else.
- level: Metadata
  resources:
  - group: ""
    resources: [secrets, configmaps]
# The rest of these groups, with what was sent.
- level: Request
  resources:
  - group: ""
  - group: extensions
# And everything else.
- level: Metadata
`
};
