/** Like OpenShift's profile WriteRequestBodies: both bodies of every change, but for what is secret. */
import type { Preset } from './preset';

export const OPENSHIFT_WRITE_REQUEST_BODIES: Preset = {
  id:     'openshiftWriteRequestBodies',
  source: 'OpenShift, library-go, profile WriteRequestBodies',
  policy: `# After OpenShift's profile WriteRequestBodies: changes with both bodies, reads as metadata, the contents of secrets never.
apiVersion: audit.k8s.io/v1
kind: Policy
omitManagedFields: true
omitStages:
- RequestReceived
rules:
# Known noise.
- level: None
  resources:
  - group: ""
    resources: [events]
- level: None
  userGroups: ["system:authenticated", "system:unauthenticated"]
  nonResourceURLs: [/api*, /version, /healthz, /readyz, /livez]
# Never the contents of what may be secret.
- level: Metadata
  resources:
  - group: ""
    resources: [secrets, configmaps, serviceaccounts/token]
  - group: authentication.k8s.io
    resources: [tokenreviews]
  - group: ext.cattle.io
    resources: [tokens, kubeconfigs]
  - group: management.cattle.io
    resources: [tokens, clusterregistrationtokens]
# Changes, with both bodies.
- level: RequestResponse
  verbs: [create, update, patch, delete, deletecollection]
# Reads.
- level: Metadata
`
};
