/**
 * RKE2: takes a policy inline, and turns the log on by itself when it has one.
 *
 * Source: rke2 pkg/executor/staticpod/staticpod.go: with a policy, or a CIS profile, its own flags come before the user's.
 */
import { defaultLogPath, RETENTION, type CaprTraits } from './caprTraits';
import { effectivePlace } from './controlPlaneConfig';

export const RKE2: CaprTraits = {
  id:          'rke2',
  name:        'RKE2',
  versionMark: '+rke2',
  deliveries:  ['inline', 'inline-selector', 'secret', 'configmap', 'secret-selector', 'configmap-selector'],

  flags(cluster) {
    const hasPolicy = typeof effectivePlace(cluster, 'audit-policy-file')?.value === 'string';
    const profile = effectivePlace(cluster, 'profile')?.value;

    return hasPolicy || isCisProfile(profile) ? { ...(hasPolicy ? {} : { 'audit-policy-file': '/etc/rancher/rke2/audit-policy.yaml' }), 'audit-log-path': defaultLogPath(RKE2, cluster), ...RETENTION } : {};
  }
};

/** Whether a profile makes RKE2 audit, with a policy of its own that has one rule: level None. */
export function isCisProfile(profile: unknown): profile is string {
  return typeof profile === 'string' && /^cis(?:-|$)/.test(profile);
}
