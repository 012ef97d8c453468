/** Clusters and Secrets that component tests begin with. */
import type { RancherCluster } from '../../audit/cluster/rancherCluster';
import { AUTHORIZED, base64Of, type SourceObject } from '../../audit/cluster/sources';
import { METADATA } from '../../audit/presets/metadata';

/** A Secret with a policy, for clusters. */
export function secret(name: string, authorized: string, policy = METADATA.policy, more: object = {}): SourceObject {
  return { kind: 'Secret', metadata: { name, namespace: 'fleet-default', annotations: authorized ? { [AUTHORIZED]: authorized } : {}, labels: { 'resources.cattle.io/backup': 'true' }, resourceVersion: '1', ...more }, data: { 'audit-policy': base64Of(policy) } };
}

/** A K3s cluster whose policy is in a Secret, or off. */
export function clusterWith(source?: string): RancherCluster {
  const rkeConfig = source === undefined
    ? { machineGlobalConfig: {} }
    : { machineGlobalConfig: { 'kube-apiserver-arg': ['audit-policy-file=/p', 'audit-log-path=/var/log/a/b'] }, machineSelectorFiles: [{ machineLabelSelector: { matchLabels: { 'rke.cattle.io/control-plane-role': 'true' } }, fileSources: [{ secret: { name: source, items: [{ key: 'audit-policy', path: '/p' }] } }] }] };

  return { metadata: { name: 'demo', namespace: 'fleet-default', resourceVersion: '1' }, spec: { kubernetesVersion: 'v1.34.2+k3s1', rkeConfig } };
}
