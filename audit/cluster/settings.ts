/**
 * What an administrator wants of a cluster's audit log, the same for every distribution.
 */

/** How the policy reaches the control plane; the words of `../../docs/architecture.md`. */
export type Delivery = 'inline';

export type AuditSettings =
  | { readonly state: 'off' }
  | { readonly state: 'on'; readonly delivery: Delivery; readonly policy: string }
  /** Configured in a way that we show but don't edit; the findings of the reading say where. */
  | { readonly state: 'elsewhere' };

/** The two parts of Rancher's `provisioning.cattle.io/v1` Cluster that a plan reads and changes. */
export interface RancherCluster {
  readonly metadata?: { readonly name?: string; readonly namespace?: string } | undefined;
  readonly spec?: ClusterSpec | undefined;
}

export interface ClusterSpec {
  readonly kubernetesVersion?: string;
  readonly rkeConfig?: RkeConfig | null;
}

export interface RkeConfig {
  readonly machineGlobalConfig?: Readonly<Record<string, unknown>> | null;
  readonly machineSelectorConfig?: readonly MachineSelectorConfig[] | null;
}

export interface MachineSelectorConfig {
  readonly config?: Readonly<Record<string, unknown>> | null;
}
