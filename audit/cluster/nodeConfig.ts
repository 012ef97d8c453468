/**
 * What the nodes' own configuration file has to say, for clusters whose nodes Rancher does not configure.
 *
 * Source: rke2 and k3s documentation of `/etc/rancher/<runtime>/config.yaml.d`: a key with `+` adds to the list of an earlier file.
 */
import { dump } from 'js-yaml';

import type { Finding } from '../policy/finding';
import { POLICY_FLAG } from './apiServerArgs';
import { defaultOptions, defaultPolicyPath } from './caprTraits';
import { K3S } from './k3s';
import type { RancherCluster } from './rancherCluster';
import { RKE2 } from './rke2';
import type { AuditOptions } from './settings';
import { NOTHING_READ } from './sources';
import { findingsOfPath, FLAG_CHECKS, isKnownDirectory, ofFlag } from './flagHazards';
import type { EffectiveFlag } from './reading';

export interface NodeConfig {
  /** Where the policy's file has to be. */
  readonly policyPath: string;
  /** A file for `config.yaml.d`. */
  readonly yaml: string;
  /** What kube-apiserver would not start with. */
  readonly findings: readonly Finding[];
}

/** The configuration of each server node; undefined where the Kubernetes version names neither RKE2 nor K3s. */
export function nodeConfigOf(kubernetesVersion: string | undefined, cluster: RancherCluster, options: AuditOptions): NodeConfig | undefined {
  const traits = [RKE2, K3S].find(({ versionMark }) => kubernetesVersion?.includes(versionMark));

  if (!traits) {
    return undefined;
  }
  const policyPath = defaultPolicyPath(traits);
  const flags = { [POLICY_FLAG]: policyPath, ...defaultOptions(traits, cluster), ...options };

  return { policyPath, findings: findingsOf(flags, cluster), yaml: dump({ 'kube-apiserver-arg+': Object.entries(flags).map(([name, value]) => `${ name }=${ value }`) }, { lineWidth: -1 }) };
}

function findingsOf(options: AuditOptions, cluster: RancherCluster): Finding[] {
  const flags = Object.entries(options).map(([name, value]): EffectiveFlag => ({ name, value, from: 'cluster' }));
  const reading = { settings: { state: 'unread', reason: 'onNodes', delivery: undefined, options }, findings: [], flags, overridden: [], options, files: [] } as const;
  const log = flags.find(({ name, value }) => name === 'audit-log-path' && value !== '' && value !== '-');

  return [
    ...FLAG_CHECKS.flatMap((check) => check({ cluster, sources: NOTHING_READ, reading })),
    ...(log ? [...findingsOfPath(log), ...(isKnownDirectory(log.value, [options[POLICY_FLAG] ?? '']) ? [ofFlag('logIsDirectory', 'block', log)] : [])] : [])
  ];
}
