/**
 * What RKE1 makes of a cluster on a control-plane node: no plan is between them.
 *
 * Restated from rke cluster/defaults.go (the defaults), cluster/plan.go (BuildKubeAPIProcess) and cluster/cluster.go, which brings the
 * policy's file only where auditing is enabled.
 */
import { dump } from 'js-yaml';

import { objectAt, valueAt, type JsonObject } from '../../../demo/rancher/json';
import { sortedArgs, textsOf, type Node } from './node';

export const RKE1_POLICY_FILE = '/etc/kubernetes/audit-policy.yaml';

const DEFAULT_POLICY = { apiVersion: 'audit.k8s.io/v1', kind: 'Policy', rules: [{ level: 'Metadata' }] };
/** Where there is no configuration at all. */
const DEFAULTS = { maxAge: 30, maxBackup: 10, maxSize: 100, path: '/var/log/kube-audit/audit-log.json', format: 'json' };
/** What Go has for a field that a configuration leaves out. */
const ZERO = { maxAge: 0, maxBackup: 0, maxSize: 0, path: '', format: '' };

/** The node of a cluster in the form of Rancher's API, or of the YAML that people edit. */
export function rke1NodeOf(cluster: JsonObject): Node {
  const kubeApi = camelCased({ ...objectAt(cluster, 'spec', 'rancherKubernetesEngineConfig', 'services', 'kubeApi'), ...objectAt(cluster, 'rancher_kubernetes_engine_config', 'services', 'kube-api') });
  const { enabled, configuration = null } = { enabled: true, ...objectAt(kubeApi, 'auditLog') } as JsonObject;
  const isConfigured = configuration !== null;
  const { maxAge, maxBackup, maxSize, path, format } = isConfigured ? { ...ZERO, ...camelCased(objectAt(configuration)) } : DEFAULTS;
  const own = { 'audit-log-path': path, 'audit-log-maxage': maxAge, 'audit-log-maxbackup': maxBackup, 'audit-log-maxsize': maxSize, 'audit-log-format': format, 'audit-policy-file': RKE1_POLICY_FILE };
  const extra = objectAt(kubeApi, 'extraArgs');
  const lists = Object.entries(objectAt(kubeApi, 'extraArgsArray')).flatMap(([name, values]) => textsOf(values).map((value) => `${ name }=${ value }`));

  return {
    // Of the flags that are no lists there is one of each, in any order.
    args:  [...sortedArgs(Object.entries({ ...enabled === true || isConfigured ? own : {}, ...extra }).map(([name, value]) => `${ name }=${ String(value) }`)), ...sortedArgs(lists)],
    files: enabled === true && extra['audit-policy-file'] === undefined ? { [RKE1_POLICY_FILE]: dump(valueAt(configuration, 'policy') ?? DEFAULT_POLICY, { sortKeys: true }) } : {}
  };
}

/** The object with its own keys as the API writes them: `audit_log` as `auditLog`. */
function camelCased(object: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()), value]));
}
