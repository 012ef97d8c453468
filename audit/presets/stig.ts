/** The policy of the RKE2 STIG, V-254555: metadata of Secrets, both bodies of the rest of the core group. */
import type { Preset } from './preset';

export const STIG: Preset = {
  id:     'stig',
  source: 'DISA RKE2 STIG, V-254555',
  policy: `# After the RKE2 STIG, V-254555. A checker may compare it as text with the copy in the STIG: take that one then.
# What it asks for conflicts with CIS 3.2.2: the contents of ConfigMaps and the tokens of serviceaccounts/token are written into
# the log. And it logs the core group alone: changes of Deployments or of RBAC are not recorded.
apiVersion: audit.k8s.io/v1
kind: Policy
metadata:
  name: rke2-audit-policy
rules:
- level: Metadata
  resources:
  - group: ""
    resources: ["secrets"]
- level: RequestResponse
  resources:
  - group: ""
    resources: ["*"]
`
};
