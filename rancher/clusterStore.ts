/**
 * Clusters as Rancher's API has them, outside the host's form: read, and written with the change of a plan.
 *
 * Source: steve pkg/stores (PUT with resourceVersion, 409 where it is stale); rancher pkg/api/steve/disallow (management clusters are
 * written through Norman alone) and norman store/proxy (a PUT merges, retries conflicts by itself and needs `name`).
 */
import type { Operation } from '../audit/cluster/change';
import { configuredBy, type ConfiguredBy } from '../audit/cluster/configuredBy';
import { readAuditSettings } from '../audit/cluster/distributions';
import { PREVIOUS_ANNOTATION } from '../audit/cluster/previous';
import type { RancherCluster } from '../audit/cluster/rancherCluster';
import { changedKubeApi } from '../audit/cluster/rke1Forms';
import { isSameSettings } from '../audit/cluster/settings';
import type { RancherApi } from './store';

/** What a row of the host's table names: a provisioning cluster. */
export interface ClusterId {
  readonly namespace: string;
  readonly name: string;
}

export interface LoadedCluster {
  /** The object that holds the configuration. */
  readonly cluster: RancherCluster;
  /** The name that people know it by. */
  readonly displayName: string;
  /** `none`: Rancher does not configure its nodes. */
  readonly configuredBy: Exclude<ConfiguredBy, 'provisioning'>;
  /** The version that runs, where the cluster does not ask for one. */
  readonly runningVersion: string | undefined;
  readonly mayUpdate: boolean;
}

export interface ClusterStore {
  /** The cluster as it is now; rejects with the host's error. */
  load(): Promise<LoadedCluster>;
  /** Writes one operation's cluster; rejects with a status of 409 where someone else was quicker. */
  apply(operation: Extract<Operation, { readonly kind: 'Cluster' }>): Promise<void>;
}

const CONFLICT = 409;

interface SteveObject extends RancherCluster {
  readonly links?: Readonly<Record<string, string>>;
}

interface ProvisioningCluster extends SteveObject {
  readonly status?: { readonly ready?: boolean; readonly clusterName?: string };
}

interface ManagementCluster extends SteveObject {
  readonly status?: { readonly ready?: boolean; readonly version?: { readonly gitVersion?: string } };
}

/** One cluster of the table. */
export function clusterStore(api: RancherApi, { namespace, name }: ClusterId): ClusterStore {
  const url = `/v1/provisioning.cattle.io.clusters/${ encodeURIComponent(namespace) }/${ encodeURIComponent(name) }`;

  async function load(): Promise<LoadedCluster> {
    const cluster = await api.request({ url }) as ProvisioningCluster;

    if (configuredBy(cluster) === 'rkeConfig') {
      return { cluster, displayName: name, configuredBy: 'rkeConfig', runningVersion: undefined, mayUpdate: Boolean(cluster.links?.['update']) };
    }
    const id = cluster.status?.clusterName;
    const management = id === undefined ? undefined : await api.request({ url: `/v1/management.cattle.io.clusters/${ encodeURIComponent(id) }` }) as ManagementCluster;
    const displayName = management?.spec?.displayName ?? name;

    // What the provisioning cluster doesn't have is nowhere else but for RKE1.
    if (!management || configuredBy(management) !== 'rke1') {
      return { cluster, displayName, configuredBy: 'none', runningVersion: management?.status?.version?.gitVersion, mayUpdate: false };
    }
    const norman = await api.request({ url: `/v3/clusters/${ encodeURIComponent(id ?? '') }` }) as SteveObject;

    return { cluster: management, displayName, configuredBy: 'rke1', runningVersion: undefined, mayUpdate: Boolean(norman.links?.['update']) };
  }

  return {
    load,

    async apply({ before, after }) {
      const change = changedKubeApi(before, after);

      if (!change) {
        await api.request({ url, method: 'PUT', data: after });

        return;
      }
      const { cluster, displayName } = await load();

      // Norman retries conflicts by itself, so that nobody would notice one.
      if (!isSameSettings(readAuditSettings(cluster).settings, readAuditSettings(before).settings)) {
        throw Object.assign(new Error(displayName), { status: CONFLICT });
      }
      const { [PREVIOUS_ANNOTATION]: _, ...others } = cluster.metadata?.annotations ?? {};
      const previous = after.metadata?.annotations?.[PREVIOUS_ANNOTATION];

      await api.request({
        url:    `/v3/clusters/${ encodeURIComponent(after.metadata?.name ?? '') }`,
        method: 'PUT',
        data:   { name: displayName, annotations: { ...others, ...(previous === undefined ? {} : { [PREVIOUS_ANNOTATION]: previous }) }, rancherKubernetesEngineConfig: { services: { kubeApi: change } } }
      });
    }
  };
}
