/**
 * What differs between the Kubernetes distributions that Rancher provisions. One object a distribution, in a file of its own.
 */
import type { Finding } from '../policy/finding';
import type { Change } from './change';
import type { RancherCluster } from './rancherCluster';
import type { AuditSettings, Delivery } from './settings';

/** Settings that a plan can bring about. */
export type WantedSettings = Extract<AuditSettings, { state: 'off' | 'on' }>;

export interface Reading {
  readonly settings: AuditSettings;
  /** What the administrator should know about the configuration as it stands; the policy's own findings are not among them. */
  readonly findings: readonly Finding[];
}

export interface Distribution {
  readonly id: 'rke2' | 'k3s';
  /** The name that its makers write. */
  readonly name: string;
  /** What part of a Kubernetes version such as `v1.34.2+rke2r1` is its mark. */
  readonly versionMark: string;
  /** The ways to deliver a policy that work on it, the recommended one first. */
  readonly deliveries: readonly Delivery[];
  read(cluster: RancherCluster): Reading;
  /** What has to be done so that the cluster has what is wanted, where that differs from what it has. */
  plan(cluster: RancherCluster, wanted: WantedSettings): Change;
}
