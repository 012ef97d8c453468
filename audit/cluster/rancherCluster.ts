/**
 * The parts of Rancher's `provisioning.cattle.io/v1` Cluster that plans read and change.
 *
 * Values that a user can type freely are `unknown`: what stands in a real cluster is not always what it should be.
 * Source: rancher pkg/apis/provisioning.cattle.io/v1/cluster.go and pkg/apis/rke.cattle.io/v1/cluster_configuration_types.go
 */

export interface RancherCluster {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly metadata?: ClusterMetadata | undefined;
  readonly spec?: ClusterSpec | undefined;
  readonly status?: { readonly ready?: boolean } | undefined;
}

export interface ClusterMetadata {
  readonly name?: string;
  readonly namespace?: string;
  readonly resourceVersion?: string;
  readonly labels?: Readonly<Record<string, string>> | null;
  readonly annotations?: Readonly<Record<string, string>> | null;
  readonly managedFields?: readonly { readonly manager?: string }[] | null;
}

export interface ClusterSpec {
  readonly kubernetesVersion?: string;
  readonly defaultPodSecurityAdmissionConfigurationTemplateName?: string;
  readonly rkeConfig?: RkeConfig | null;
  /** Of a management cluster, and the namespace of the one that it was made for. */
  readonly displayName?: string;
  readonly fleetWorkspaceName?: string;
  /** Of an RKE1 cluster; rke1Forms.ts reads it. */
  readonly rancherKubernetesEngineConfig?: object | null;
}

export interface RkeConfig {
  readonly dataDirectories?: { readonly k8sDistro?: string } | null;
  readonly etcdSnapshotRestore?: { readonly restoreRKEConfig?: string } | null;
  readonly machineGlobalConfig?: MachineConfig | null;
  readonly machinePools?: readonly MachinePool[] | null;
  readonly machineSelectorConfig?: readonly (MachineSelectorConfig | null)[] | null;
  readonly machineSelectorFiles?: readonly (MachineSelectorFiles | null)[] | null;
  readonly upgradeStrategy?: UpgradeStrategy | null;
}

/** The keys of a node's `config.yaml`. */
export type MachineConfig = Readonly<Record<string, unknown>>;

export interface MachinePool {
  readonly name?: string;
  readonly controlPlaneRole?: boolean;
  readonly etcdRole?: boolean;
  readonly workerRole?: boolean;
  readonly quantity?: number | null;
}

export interface LabelSelector {
  readonly matchLabels?: Readonly<Record<string, string>> | null;
  readonly matchExpressions?: readonly { readonly key: string; readonly operator: string; readonly values?: readonly string[] | null }[] | null;
}

export interface MachineSelectorConfig {
  readonly machineLabelSelector?: LabelSelector | null;
  readonly config?: MachineConfig | null;
}

export interface MachineSelectorFiles {
  readonly machineLabelSelector?: LabelSelector | null;
  readonly fileSources?: readonly (FileSource | null)[] | null;
}

export interface FileSource {
  readonly secret?: FileSourceObject | null;
  readonly configMap?: FileSourceObject | null;
}

export interface FileSourceObject {
  readonly name?: string;
  readonly defaultPermissions?: unknown;
  readonly items?: readonly (FileItem | null)[] | null;
}

export interface FileItem {
  readonly key?: string;
  readonly path?: string;
  readonly dynamic?: boolean;
  readonly permissions?: unknown;
  readonly hash?: string;
}

export interface UpgradeStrategy {
  readonly controlPlaneConcurrency?: string;
  readonly workerConcurrency?: string;
  readonly controlPlaneDrainOptions?: { readonly enabled?: boolean } | null;
  readonly workerDrainOptions?: { readonly enabled?: boolean } | null;
}

/** Where Rancher keeps clusters, unless they say another namespace. */
export const DEFAULT_NAMESPACE = 'fleet-default';

export const RKE_CONFIG = ['spec', 'rkeConfig'] as const;
export const GLOBAL_CONFIG = [...RKE_CONFIG, 'machineGlobalConfig'] as const;
export const SELECTOR_CONFIG = [...RKE_CONFIG, 'machineSelectorConfig'] as const;
export const SELECTOR_FILES = [...RKE_CONFIG, 'machineSelectorFiles'] as const;

/** The cluster's namespace, in which its Secrets and ConfigMaps stand. */
export function namespaceOf(cluster: RancherCluster): string {
  return cluster.metadata?.namespace || DEFAULT_NAMESPACE;
}

/** The cluster's name; '' while it has none. */
export function nameOf(cluster: RancherCluster): string {
  return cluster.metadata?.name ?? '';
}
