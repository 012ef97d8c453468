/** The example of Rancher's documentation, word for word: bodies of requests to Pods and of the answers, nothing else. */
import type { Preset } from './preset';

export const RANCHER_DOCS: Preset = {
  id:     'rancherDocs',
  source: 'Rancher documentation, Enabling the API Audit Log in Downstream Clusters',
  policy: `apiVersion: audit.k8s.io/v1
kind: Policy
rules:
  - level: RequestResponse
    resources:
      - group: ""
        resources:
          - pods
`
};
