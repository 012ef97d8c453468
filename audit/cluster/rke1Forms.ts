/**
 * Where an RKE1 cluster's audit log stands: the same fields in Rancher's API, in Norman's, and in the YAML that people edit.
 *
 * Source: rke types/rke_types.go (the JSON and YAML names of KubeAPIService, AuditLog and AuditLogConfig); rancher
 * pkg/apis/management.cattle.io/v3 (rancherKubernetesEngineConfig); the product documentation (rancher_kubernetes_engine_config).
 */
import type { Path } from '../policy/finding';
import { valueAt } from '../policy/valueAt';
import type { RancherCluster } from './rancherCluster';

interface Names {
  readonly version: string;
  readonly kubeApi: string;
  readonly auditLog: string;
  readonly extraArgs: string;
  readonly extraArgsArray: string;
  readonly extraBinds: string;
  /** The field of the configuration for each flag of kube-apiserver that has one. */
  readonly ofFlag: Readonly<Record<string, string>>;
}

export interface Rke1Form {
  readonly config: Path;
  readonly names: Names;
}

const JSON_NAMES: Names = {
  version:        'kubernetesVersion',
  kubeApi:        'kubeApi',
  auditLog:       'auditLog',
  extraArgs:      'extraArgs',
  extraArgsArray: 'extraArgsArray',
  extraBinds:     'extraBinds',
  ofFlag:         { 'audit-log-maxage': 'maxAge', 'audit-log-maxbackup': 'maxBackup', 'audit-log-maxsize': 'maxSize', 'audit-log-path': 'path', 'audit-log-format': 'format' }
};
const YAML_NAMES: Names = {
  version:        'kubernetes_version',
  kubeApi:        'kube-api',
  auditLog:       'audit_log',
  extraArgs:      'extra_args',
  extraArgsArray: 'extra_args_array',
  extraBinds:     'extra_binds',
  ofFlag:         { 'audit-log-maxage': 'max_age', 'audit-log-maxbackup': 'max_backup', 'audit-log-maxsize': 'max_size', 'audit-log-path': 'path', 'audit-log-format': 'format' }
};

const FORMS: readonly Rke1Form[] = [
  { config: ['spec', 'rancherKubernetesEngineConfig'], names: JSON_NAMES },
  { config: ['rancherKubernetesEngineConfig'], names: JSON_NAMES },
  { config: ['rancher_kubernetes_engine_config'], names: YAML_NAMES }
];

/** The form that a cluster is written in; undefined where it is no RKE1 cluster. */
export function rke1FormOf(cluster: RancherCluster): Rke1Form | undefined {
  return FORMS.find(({ config }) => isFields(valueAt(cluster, config)));
}

/** Path of the kube-apiserver's part. */
export function kubeApiPath({ config, names }: Rke1Form): Path {
  return [...config, 'services', names.kubeApi];
}

export function auditLogPath(form: Rke1Form): Path {
  return [...kubeApiPath(form), form.names.auditLog];
}

/** The Kubernetes version, such as `v1.31.8-rancher1-1`. */
export function rke1Version(cluster: RancherCluster): string | undefined {
  const form = rke1FormOf(cluster);
  const version = form && valueAt(cluster, [...form.config, form.names.version]);

  return typeof version === 'string' ? version : undefined;
}

/** The name that people gave the cluster; '' where there is none. */
export function rke1DisplayName(cluster: RancherCluster): string {
  const names = [cluster.spec?.displayName, valueAt(cluster, ['name']), cluster.metadata?.name];

  return names.find((name) => typeof name === 'string') ?? '';
}

/** The object's own name; Norman calls it `id`. '' where there is none. */
export function rke1ObjectName(cluster: RancherCluster): string {
  const name = cluster.metadata?.name ?? valueAt(cluster, ['id']);

  return typeof name === 'string' ? name : '';
}

/**
 * What of kube-apiserver's part differs after a change, for an API that merges: what is gone is null. Undefined for a cluster that is
 * not RKE1's.
 */
export function changedKubeApi(before: RancherCluster, after: RancherCluster): Fields | undefined {
  const form = rke1FormOf(after);

  if (!form) {
    return undefined;
  }
  const { auditLog, extraArgs, extraArgsArray } = form.names;
  const path = kubeApiPath(form);

  return Object.fromEntries([auditLog, extraArgs, extraArgsArray]
    .filter((key) => valueAt(before, [...path, key]) !== valueAt(after, [...path, key]))
    .map((key) => [key, valueAt(after, [...path, key]) ?? null]));
}

export type Fields = Readonly<Record<string, unknown>>;

/** Whether a value is a map. */
export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
