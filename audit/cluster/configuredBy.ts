/**
 * What configures the nodes of a cluster, as the object says that Rancher has of it.
 *
 * Source: @rancher/shell models/{provisioning,management}.cattle.io.cluster.js (isImported: `status.driver` of an imported RKE2 or K3s
 * cluster is its `status.provider`, and `imported` of a provisioned one; isLocal); rancher pkg/controllers/provisioningv2/cluster.
 */
import type { Finding, Severity } from '../policy/finding';
import { valueAt } from '../policy/valueAt';
import { clusterFinding } from './clusterFinding';
import { DEFAULT_NAMESPACE, RKE_CONFIG, type RancherCluster } from './rancherCluster';
import { rke1FormOf } from './rke1Forms';

/** `provisioning`: another object, the provisioning.cattle.io/v1 Cluster that Rancher made this one for. `none`: nothing of Rancher's. */
export type ConfiguredBy = 'rkeConfig' | 'rke1' | 'provisioning' | 'none';

const PROVISIONED = ['rke2', 'k3s'];
/** Rancher's controllers mark by them what they made an object for. */
const OWNER = 'objectset.rio.cattle.io/owner';

/** What configures the nodes. */
export function configuredBy(cluster: RancherCluster): ConfiguredBy {
  return cluster.spec?.rkeConfig ? 'rkeConfig' : rke1FormOf(cluster) ? 'rke1' : isOfProvisioned(cluster) ? 'provisioning' : 'none';
}

/** Why an object has no configuration of its cluster's nodes; undefined for one that has. */
export function unconfigured(cluster: RancherCluster, severity: Severity): Finding | undefined {
  switch (configuredBy(cluster)) {
    case 'none': return clusterFinding('imported', severity, RKE_CONFIG);
    case 'provisioning': return clusterFinding('managementObject', severity, RKE_CONFIG, provisioningCluster(cluster));
    default: return undefined;
  }
}

/** Rancher takes a moment to find out what it has imported, and Rancher's own cluster is none that it provisions. */
function isOfProvisioned(cluster: RancherCluster): boolean {
  const [provider, driver, imported, internal] = [['status', 'provider'], ['status', 'driver'], ['spec', 'imported'], ['spec', 'internal']].map((path) => valueAt(cluster, path));

  return driver === 'imported' && PROVISIONED.some((name) => name === provider) && imported !== true && internal !== true;
}

function provisioningCluster({ metadata, spec }: RancherCluster): { readonly namespace: string; readonly name: string } {
  const { [`${ OWNER }-namespace`]: namespace, [`${ OWNER }-name`]: name } = metadata?.annotations ?? {};

  return { namespace: namespace ?? spec?.fleetWorkspaceName ?? DEFAULT_NAMESPACE, name: name ?? spec?.displayName ?? '' };
}
