/**
 * RKE2: the policy inline, by the documentation's recommended method.
 *
 * Source: Rancher documentation, Enabling the API Audit Log in Downstream Clusters, method 1.
 */
import type { Finding } from '../policy/finding';
import { refusal, updateOf } from './change';
import { clusterFinding } from './clusterFinding';
import type { Distribution } from './distribution';
import { inlineSettings, POLICY_PATH, withInlinePolicy } from './inlinePolicy';
import { otherPolicyPaths } from './otherPolicies';
import type { RancherCluster } from './rancherCluster';
import type { AuditSettings } from './settings';

export const RKE2: Distribution = {
  id:          'rke2',
  name:        'RKE2',
  versionMark: '+rke2',
  deliveries:  ['inline'],

  read(cluster) {
    const inline = inlineSettings(cluster);
    const others = otherPolicyPaths(cluster);
    const settings: AuditSettings = inline ?? { state: others.length ? 'elsewhere' : 'off' };

    return {
      settings,
      findings: [
        ...(settings.state === 'unreadable' ? [clusterFinding('policyNotText', 'block', POLICY_PATH)] : []),
        ...others.map((path) => inline ? clusterFinding('policyOverridden', 'warn', path) : clusterFinding('policyElsewhere', 'info', path)),
        ...(settings.state === 'off' ? findingsOfProfile(cluster) : [])
      ]
    };
  },

  plan(cluster, wanted) {
    const others = otherPolicyPaths(cluster);

    if (others.length && !inlineSettings(cluster)) {
      return refusal(others.map((path) => clusterFinding('policyElsewhere', 'block', path)));
    }

    return updateOf(cluster, withInlinePolicy(cluster, wanted.state === 'on' ? wanted.policy : undefined));
  }
};

/**
 * With a CIS profile RKE2 turns auditing on by itself, with a policy of its own: one rule, level None.
 * Source: rke2 pkg/executor/staticpod/staticpod.go
 */
function findingsOfProfile(cluster: RancherCluster): Finding[] {
  const profile = cluster.spec?.rkeConfig?.machineGlobalConfig?.['profile'];

  return typeof profile === 'string' && profile.startsWith('cis')
    ? [clusterFinding('cisProfile', 'info', ['spec', 'rkeConfig', 'machineGlobalConfig', 'profile'], { profile })]
    : [];
}
