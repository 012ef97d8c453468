/** Nodes of clusters whose audit log we have turned on, in each way that there is. */
import { clusterAfter, deliveriesOf, planAuditSettings } from '../../../audit/cluster/distributions';
import type { RancherCluster } from '../../../audit/cluster/rancherCluster';
import type { Delivery } from '../../../audit/cluster/settings';
import { sourcesOf } from '../../../audit/cluster/sources';
import { objectAt, stringAt, type JsonObject } from '../../../demo/rancher/json';
import type { Machine } from '../../../demo/rancher/planner/machines';
import { planOf } from '../../../demo/rancher/planner/plan';
import { clusterOf } from '../../unit/audit/cluster/given';
import { nodeOf, type Node } from './node';
import { rke1NodeOf } from './rke1Node';

const ROLES = ['control-plane', 'etcd', 'worker'];
const MACHINE: Machine = { name: 'demo-1', node: '', etcd: true, controlPlane: true, worker: true, labels: Object.fromEntries(ROLES.map((role) => [`rke.cattle.io/${ role }-role`, 'true'])) };

export const VERSIONS = { rke2: 'v1.34.2+rke2r1', k3s: 'v1.34.2+k3s1', rke1: 'v1.31.8-rancher1-1' } as const;
export type DistributionId = keyof typeof VERSIONS;

/** Every way in which a policy can reach a node. */
export const WAYS = (Object.keys(VERSIONS) as DistributionId[]).flatMap((distribution) => [...deliveriesOf(clusterWithout(distribution))].flatMap(([delivery, refusal]) => refusal ? [] : [{ distribution, delivery }]));

/** A cluster whose audit log nobody has turned on. */
function clusterWithout(distribution: DistributionId): RancherCluster {
  const kubernetesVersion = VERSIONS[distribution];

  return distribution === 'rke1'
    ? { metadata: { name: 'c-abcde' }, spec: { displayName: 'demo', rancherKubernetesEngineConfig: { kubernetesVersion, services: { kubeApi: { auditLog: { enabled: false } } } } } }
    : clusterOf({ version: kubernetesVersion });
}

/** The node of a cluster whose audit log we have turned on. */
export function deliveredNode(distribution: DistributionId, delivery: Delivery, policy: string): Node {
  const cluster = clusterWithout(distribution);
  const { operations, findings } = planAuditSettings(cluster, sourcesOf([]), { state: 'on', delivery, policy });
  const refusals = findings.filter(({ severity }) => severity === 'block');

  if (refusals.length > 0) {
    throw new Error(`we would not do it: ${ JSON.stringify(refusals) }`);
  }

  return nodeOfCluster(clusterAfter(cluster, operations) as unknown as JsonObject, operations.flatMap(({ kind, after }) => kind === 'Cluster' || !after ? [] : [after as unknown as JsonObject]));
}

/** The node that comes of a cluster and the objects beside it: through Rancher's planner, or by RKE1. */
export function nodeOfCluster(cluster: JsonObject, sources: readonly JsonObject[]): Node {
  if (!Object.hasOwn(objectAt(cluster, 'spec'), 'rkeConfig')) {
    return rke1NodeOf(cluster);
  }
  const plan = planOf(cluster, [MACHINE], (kind, name) => sources.find((source) => stringAt(source, 'kind').toLowerCase() === kind && stringAt(source, 'metadata', 'name') === name));

  if ('error' in plan || !plan.machines[0]) {
    throw new Error(`there is no plan: ${ JSON.stringify(plan) }`);
  }

  return nodeOf(cluster, plan.machines[0]);
}
