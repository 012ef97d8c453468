/**
 * K3s: has no audit flags of its own, and Rancher drops an inline policy for it without a word.
 *
 * Source: kontainer-driver-metadata, where K3s' serverArgs don't have `audit-policy-file`; rancher pkg/capr/planner/filter.go.
 */
import type { CaprTraits } from './caprTraits';

export const K3S: CaprTraits = {
  id:          'k3s',
  name:        'K3s',
  versionMark: '+k3s',
  deliveries:  ['secret', 'configmap', 'secret-selector', 'configmap-selector'],
  flags:       () => ({})
};
