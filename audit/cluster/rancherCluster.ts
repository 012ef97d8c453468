/**
 * The parts of Rancher's `provisioning.cattle.io/v1` Cluster that plans read and change.
 *
 * Values that a user can type freely are `unknown`: what stands in a real cluster is not always what it should be.
 */

export interface RancherCluster {
  readonly metadata?: { readonly name?: string; readonly namespace?: string } | undefined;
  readonly spec?: ClusterSpec | undefined;
}

export interface ClusterSpec {
  readonly kubernetesVersion?: string;
  readonly rkeConfig?: RkeConfig | null;
}

export interface RkeConfig {
  readonly machineGlobalConfig?: MachineConfig | null;
  readonly machineSelectorConfig?: readonly MachineSelectorConfig[] | null;
}

/** The keys of a node's `config.yaml`. */
export type MachineConfig = Readonly<Record<string, unknown>>;

export interface MachineSelectorConfig {
  readonly config?: MachineConfig | null;
}

/** A cluster that differs in one key of its machineGlobalConfig; undefined takes the key out. All else is shared. */
export function withGlobalKey(cluster: RancherCluster, key: string, value: unknown): RancherCluster {
  const { [key]: _, ...others } = cluster.spec?.rkeConfig?.machineGlobalConfig ?? {};
  const machineGlobalConfig = value === undefined ? others : { ...cluster.spec?.rkeConfig?.machineGlobalConfig, [key]: value };

  return { ...cluster, spec: { ...cluster.spec, rkeConfig: { ...cluster.spec?.rkeConfig, machineGlobalConfig } } };
}
