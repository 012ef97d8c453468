/**
 * The first and the last step of the pipeline: from a cluster to AuditSettings, and from settings to a Change.
 */
import { NO_CHANGE, refusal, type Change } from './change';
import { clusterFinding } from './clusterFinding';
import type { Distribution, Reading, WantedSettings } from './distribution';
import { K3S } from './k3s';
import type { RancherCluster } from './rancherCluster';
import { RKE2 } from './rke2';
import { isSameSettings } from './settings';

/** A new distribution is one file and one entry. */
const DISTRIBUTIONS: readonly Distribution[] = [RKE2, K3S];

const VERSION_PATH = ['spec', 'kubernetesVersion'] as const;

/** The distribution that a cluster's Kubernetes version names, if we know it. */
export function distributionOf(cluster: RancherCluster): Distribution | undefined {
  return DISTRIBUTIONS.find(({ versionMark }) => cluster.spec?.kubernetesVersion?.includes(versionMark));
}

/** What a cluster's configuration says about its audit log. Every cluster gives a reading. */
export function readAuditSettings(cluster: RancherCluster): Reading {
  return distributionOf(cluster)?.read(cluster) ?? { settings: { state: 'elsewhere' }, findings: [unknownDistribution(cluster, 'info')] };
}

/** What has to be done so that a cluster has what is wanted: nothing, where it already has it. */
export function planAuditSettings(cluster: RancherCluster, wanted: WantedSettings): Change {
  const distribution = distributionOf(cluster);

  if (!distribution) {
    return refusal([unknownDistribution(cluster, 'block')]);
  }

  return isSameSettings(distribution.read(cluster).settings, wanted) ? NO_CHANGE : distribution.plan(cluster, wanted);
}

function unknownDistribution(cluster: RancherCluster, severity: 'block' | 'info') {
  return clusterFinding('distributionUnknown', severity, VERSION_PATH, { version: cluster.spec?.kubernetesVersion ?? '' });
}
