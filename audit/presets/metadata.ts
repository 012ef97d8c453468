/** Metadata for everything: who did what and when, no bodies. */
import type { Preset } from './preset';

export const METADATA: Preset = {
  id:     'metadata',
  source: 'Kubernetes documentation, Auditing',
  policy: `# Who did what and when, for every request; no bodies.
apiVersion: audit.k8s.io/v1
kind: Policy
# One event per request is enough.
omitStages:
- RequestReceived
rules:
- level: Metadata
`
};
