/**
 * The policy as text in `machineGlobalConfig.audit-policy-file`, which Rancher writes to a file on each node.
 *
 * Source: Rancher documentation, Enabling the API Audit Log in Downstream Clusters, method 1; rancher
 * pkg/capr/planner/config.go (fileParams) and filter.go (only strings, booleans and lists survive).
 */
import { stringify } from 'yaml';

import type { AuditSettings } from './settings';
import { withGlobalKey, type RancherCluster } from './rancherCluster';

export const POLICY_KEY = 'audit-policy-file';
export const POLICY_PATH = ['spec', 'rkeConfig', 'machineGlobalConfig', POLICY_KEY] as const;

/** What the key says; undefined when it isn't there, or null. */
export function inlineSettings(cluster: RancherCluster): AuditSettings | undefined {
  const value = cluster.spec?.rkeConfig?.machineGlobalConfig?.[POLICY_KEY];

  if (value === undefined || value === null) {
    return undefined;
  }

  return typeof value === 'string'
    ? { state: 'on', delivery: 'inline', policy: value }
    : { state: 'unreadable', delivery: 'inline', text: stringify(value, { aliasDuplicateObjects: false, lineWidth: 0 }) };
}

/** The cluster with this text as its policy, or without the key. */
export function withInlinePolicy(cluster: RancherCluster, policy: string | undefined): RancherCluster {
  return withGlobalKey(cluster, POLICY_KEY, policy);
}
