/**
 * The RKE1 clusters of a Rancher up to 2.11, whose audit log a new cluster can take over.
 *
 * Source: rancher pkg/apis/management.cattle.io/v3: they have `rancherKubernetesEngineConfig` and bear the label `provider.cattle.io`.
 */
import type { RancherCluster } from '../audit/cluster/rancherCluster';
import { rke1FormOf } from '../audit/cluster/rke1Forms';
import type { RancherApi } from './store';

export interface Rke1Cluster {
  readonly id: string;
  readonly name: string;
  readonly cluster: RancherCluster;
}

/** The RKE1 clusters that the user may see, by name; none where they can't be listed. */
export async function rke1ClustersOf(api: RancherApi): Promise<readonly Rke1Cluster[]> {
  try {
    const { data } = await api.request({ url: `/v1/management.cattle.io.clusters?labelSelector=${ encodeURIComponent('provider.cattle.io=rke') }` }) as { readonly data?: readonly RancherCluster[] };

    return (data ?? []).filter((cluster) => rke1FormOf(cluster))
      .map((cluster) => ({ id: cluster.metadata?.name ?? '', name: cluster.spec?.displayName ?? '', cluster }))
      .toSorted((one, other) => one.name < other.name ? -1 : 1);
  } catch {
    return [];
  }
}
