/** The smallest policy that passes the CIS checks and logs something. */
import type { Preset } from './preset';

export const CIS_MINIMAL: Preset = {
  id:     'cisMinimal',
  source: 'RKE2 and K3s hardening guides; CIS Kubernetes Benchmark 3.2.1',
  policy: `# The smallest policy that passes CIS 3.2.1 and records something.
# RKE2 with a CIS profile writes one of its own where there is none: a single rule at level None. The scan passes with it too,
# since it only asks whether a policy is set, and the log stays empty.
apiVersion: audit.k8s.io/v1
kind: Policy
rules:
- level: Metadata
`
};
