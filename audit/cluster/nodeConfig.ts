/**
 * What the nodes' own configuration file has to say, for clusters whose nodes Rancher does not configure.
 *
 * Source: rke2 and k3s documentation of `/etc/rancher/<runtime>/config.yaml.d`: a key with `+` adds to the list of an earlier file.
 */
import { dump } from 'js-yaml';

import { POLICY_FLAG } from './apiServerArgs';
import { defaultOptions, defaultPolicyPath } from './caprTraits';
import { K3S } from './k3s';
import type { RancherCluster } from './rancherCluster';
import { RKE2 } from './rke2';
import type { AuditOptions } from './settings';

export interface NodeConfig {
  /** Where the policy's file has to be. */
  readonly policyPath: string;
  /** A file for `config.yaml.d`. */
  readonly yaml: string;
}

/** The configuration of each server node; undefined where the Kubernetes version names neither RKE2 nor K3s. */
export function nodeConfigOf(kubernetesVersion: string | undefined, cluster: RancherCluster, options: AuditOptions): NodeConfig | undefined {
  const traits = [RKE2, K3S].find(({ versionMark }) => kubernetesVersion?.includes(versionMark));

  if (!traits) {
    return undefined;
  }
  const policyPath = defaultPolicyPath(traits);
  const flags = { [POLICY_FLAG]: policyPath, ...defaultOptions(traits, cluster), ...options };

  return { policyPath, yaml: dump({ 'kube-apiserver-arg+': Object.entries(flags).map(([name, value]) => `${ name }=${ value }`) }, { lineWidth: -1 }) };
}
