/**
 * What differs between RKE2 and K3s, which Rancher's CAPR (Cluster API Provider Rancher) provisions from the same `rkeConfig`.
 */
import type { RancherCluster } from './rancherCluster';
import type { AuditOptions, Delivery } from './settings';

export interface CaprTraits {
  readonly id: 'rke2' | 'k3s';
  /** The name that its makers write. */
  readonly name: string;
  /** What part of a Kubernetes version such as `v1.34.2+rke2r1` is its mark. */
  readonly versionMark: string;
  /** The ways to deliver a policy that can work on it, the recommended one first. */
  readonly deliveries: readonly Delivery[];
  /** The audit flags that it sets by itself where the cluster asks for a policy. */
  flags(cluster: RancherCluster): AuditOptions;
}

/** Folder of the distribution's own files on a node. Source: rancher pkg/capr/common.go (GetDistroDataDir). */
export function dataDirectory({ id }: CaprTraits, cluster: RancherCluster): string {
  return cluster.spec?.rkeConfig?.dataDirectories?.k8sDistro || `/var/lib/rancher/${ id }`;
}

/** Where Rancher writes an inline policy. Source: rancher pkg/capr/planner/config.go (fileParams). */
export function inlinePolicyPath(distribution: CaprTraits, cluster: RancherCluster): string {
  return `${ dataDirectory(distribution, cluster) }/etc/config-files/audit-policy-file`;
}

/** Where we put a policy that comes from a Secret or a ConfigMap. */
export function defaultPolicyPath({ id }: CaprTraits): string {
  return `/etc/rancher/${ id }/kubernetes-audit/policy.yaml`;
}

/** The log file, where nothing else is asked for: the directory that SELinux and the mounts know. */
export function defaultLogPath(distribution: CaprTraits, cluster: RancherCluster): string {
  return `${ dataDirectory(distribution, cluster) }/server/logs/audit.log`;
}

/** What we write with a policy of our own path: the log's place, and the retention that RKE2 has and CIS asks for. */
export function defaultOptions(distribution: CaprTraits, cluster: RancherCluster): AuditOptions {
  return { 'audit-log-path': defaultLogPath(distribution, cluster), ...RETENTION };
}

/** Source: rke2 pkg/executor/staticpod/staticpod.go; CIS 1.2.x asks for at least as much. */
export const RETENTION: AuditOptions = { 'audit-log-maxage': '30', 'audit-log-maxbackup': '10', 'audit-log-maxsize': '100' };
