/**
 * K3s: Rancher drops an inline policy without a word, so that nothing can be turned on inline.
 *
 * Source: kontainer-driver-metadata, where K3s' serverArgs don't have `audit-policy-file`; rancher pkg/capr/planner/filter.go.
 */
import { refusal, updateOf } from './change';
import { clusterFinding } from './clusterFinding';
import type { Distribution } from './distribution';
import { inlineSettings, POLICY_PATH, withInlinePolicy } from './inlinePolicy';
import { otherPolicyPaths } from './otherPolicies';

export const K3S: Distribution = {
  id:          'k3s',
  name:        'K3s',
  versionMark: '+k3s',
  deliveries:  [],

  read(cluster) {
    const inline = inlineSettings(cluster);
    const others = otherPolicyPaths(cluster);

    return {
      settings: inline ?? { state: others.length ? 'elsewhere' : 'off' },
      findings: [
        clusterFinding('k3sDropsInline', inline ? 'block' : 'info', POLICY_PATH),
        ...others.map((path) => clusterFinding('policyElsewhere', 'info', path))
      ]
    };
  },

  plan(cluster, wanted) {
    return wanted.state === 'on'
      ? refusal([clusterFinding('k3sDropsInline', 'block', POLICY_PATH)])
      : updateOf(cluster, withInlinePolicy(cluster, undefined));
  }
};
