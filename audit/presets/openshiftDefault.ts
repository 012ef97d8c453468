/** Like OpenShift's profile Default: metadata of everything, without the noise. */
import type { Preset } from './preset';

export const OPENSHIFT_DEFAULT: Preset = {
  id:     'openshiftDefault',
  source: 'OpenShift, library-go, profile Default',
  policy: `# After OpenShift's profile Default: metadata of everything, without Events, discovery and health checks.
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
# Everything else.
- level: Metadata
`
};
