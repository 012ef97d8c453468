/**
 * The policies of other clusters, as far as the user may read them. Only their text is taken.
 *
 * An RKE1 cluster has all of its configuration in the management cluster, and a provisioning cluster without any beside it.
 */
import { configuredBy } from '../audit/cluster/configuredBy';
import { neededSources, readAuditSettings } from '../audit/cluster/distributions';
import { nameOf, namespaceOf, type RancherCluster } from '../audit/cluster/rancherCluster';
import type { AuditSettings } from '../audit/cluster/settings';
import { valueAt } from '../audit/policy/valueAt';
import { rke1ClustersOf } from './rke1Clusters';
import type { SourceStore } from './sourceStore';
import type { RancherApi } from './store';

export interface OtherCluster {
  readonly id: string;
  readonly name: string;
  readonly cluster: RancherCluster;
}

/** A text, or why there is none to take. */
export type FoundPolicy = { readonly text: string } | { readonly reason: NoPolicy };
export type NoPolicy = 'off' | 'elsewhere' | 'notConfigured' | Extract<AuditSettings, { readonly state: 'unread' }>['reason'];

const TYPE = 'provisioning.cattle.io.cluster';

/** All clusters but one that the user may see, by name; rejects with the host's error. Undefined where the user may not list them. */
export async function otherClusters(api: RancherApi, own: RancherCluster): Promise<readonly OtherCluster[] | undefined> {
  if (!api.mayList(TYPE)) {
    return undefined;
  }
  const [{ data = [] }, rke1] = await Promise.all([api.request({ url: `/v1/${ TYPE }s?exclude=metadata.managedFields` }) as Promise<{ readonly data?: readonly RancherCluster[] }>, rke1ClustersOf(api)]);
  const ofRke1 = new Set<unknown>(rke1.map(({ id }) => id));
  const others = data.filter((cluster) => !ofRke1.has(valueAt(cluster, ['status', 'clusterName'])) && !(nameOf(cluster) === nameOf(own) && namespaceOf(cluster) === namespaceOf(own)));

  return [...others.map((cluster): OtherCluster => ({ id: `${ namespaceOf(cluster) }/${ nameOf(cluster) }`, name: nameOf(cluster), cluster })), ...rke1.filter(({ id }) => id !== nameOf(own))]
    .toSorted((one, other) => one.name < other.name ? -1 : 1);
}

/** The policy that a cluster is configured with, after a look at the objects that it comes from. */
export async function policyOfCluster(cluster: RancherCluster, store: Pick<SourceStore, 'reload' | 'onServer'>): Promise<FoundPolicy> {
  if (configuredBy(cluster) === 'none') {
    return { reason: 'notConfigured' };
  }
  await store.reload(neededSources(cluster));
  const { settings } = readAuditSettings(cluster, store.onServer);

  switch (settings.state) {
    case 'on': return { text: settings.policy };
    case 'unreadable': return { text: settings.text };
    case 'unread': return { reason: settings.reason };
    default: return { reason: settings.state };
  }
}
