/** What can go wrong while Rancher rolls a change out, or afterwards, with a configuration that is right in itself. */
import type { Finding } from '../policy/finding';
import type { Check, CommonCheck } from './check';
import { POLICY_FLAG } from './apiServerArgs';
import { clusterFinding } from './clusterFinding';
import { placesOf } from './controlPlaneConfig';
import { reachesWorkers } from './machineLabels';
import { RKE_CONFIG, type RancherCluster } from './rancherCluster';

/** kontainer-driver-metadata: `audit-policy-file` is among RKE2's agentArgs, so that workers get it and restart. */
const workersRestart: Check = ({ cluster, reading }) => {
  const place = placesOf(cluster, POLICY_FLAG).find(({ selector }) => selector === undefined || reachesWorkers(cluster.spec?.rkeConfig?.machineSelectorConfig?.[selector]?.machineLabelSelector));
  const isDrained = Boolean(cluster.spec?.rkeConfig?.upgradeStrategy?.workerDrainOptions?.enabled);

  return reading.settings.state === 'on' && reading.settings.delivery === 'inline' && place ? [clusterFinding(isDrained ? 'workersDrained' : 'workersRestart', isDrained ? 'warn' : 'info', place.path)] : [];
};

/** rancher pkg/capr/planner: how a change of the control plane is rolled out. */
const rolloutIsHard: Check = ({ cluster, distribution, reading }) => {
  const { machinePools, upgradeStrategy } = cluster.spec?.rkeConfig ?? {};
  const servers = machinePools?.filter((pool) => pool?.controlPlaneRole);
  const isSingle = Boolean(servers?.length) && servers?.reduce((sum, pool) => sum + (pool.quantity ?? 1), 0) === 1;
  const strategy = [...RKE_CONFIG, 'upgradeStrategy'];

  return reading.settings.state !== 'on' ? [] : [
    ...(isSingle ? [clusterFinding('singleControlPlane', 'warn', [...RKE_CONFIG, 'machinePools'])] : []),
    ...(distribution.id === 'k3s' ? [clusterFinding('k3sInProcess', 'warn', ['spec', 'kubernetesVersion'])] : []),
    ...(upgradeStrategy?.controlPlaneDrainOptions?.enabled ? [clusterFinding('controlPlaneDrained', 'warn', [...strategy, 'controlPlaneDrainOptions', 'enabled'])] : []),
    ...(upgradeStrategy?.controlPlaneConcurrency === '0' ? [clusterFinding('allAtOnce', 'warn', [...strategy, 'controlPlaneConcurrency'])] : [])
  ];
};

/** rancher pkg/capr/planner: a restore brings back machineGlobalConfig, and not the files. */
const restoreLosesFiles: Check = ({ cluster, reading }) => reading.files.length && cluster.spec?.rkeConfig?.etcdSnapshotRestore?.restoreRKEConfig === 'all'
  ? [clusterFinding('restoreLosesFiles', 'warn', [...RKE_CONFIG, 'etcdSnapshotRestore', 'restoreRKEConfig'])]
  : [];

const someoneElseOwnsIt: CommonCheck = ({ cluster, reading }) => reading.settings.state === 'off' ? [] : findingsOfOwner(cluster);

/** Who else writes the cluster, and would take a change back. Fleet applies with Helm, and leaves Helm's marks as well. */
export function findingsOfOwner(cluster: RancherCluster): Finding[] {
  const { labels, annotations, managedFields } = cluster.metadata ?? {};
  const owners: readonly (readonly [string, boolean])[] = [
    ['Fleet', labels?.['objectset.rio.cattle.io/hash'] !== undefined && annotations?.['objectset.rio.cattle.io/id']?.includes('fleet') === true || (managedFields ?? []).some(({ manager }) => manager?.startsWith('fleet'))],
    ['Terraform', (managedFields ?? []).some(({ manager }) => /terraform/i.test(manager ?? ''))],
    ['Helm', labels?.['app.kubernetes.io/managed-by'] === 'Helm' || annotations?.['meta.helm.sh/release-name'] !== undefined]
  ];
  const [owner] = owners.find(([, isOwner]) => isOwner) ?? [];

  return owner === undefined ? [] : [clusterFinding('managedElsewhere', 'warn', ['metadata'], { owner })];
}

/** A roll-out waits for a cluster that is not ready. Source: rancher pkg/capr/planner. */
const clusterIsNotReady: CommonCheck = ({ cluster, reading }) => cluster.status?.ready === false && reading.settings.state !== 'off' ? [clusterFinding('notReady', 'warn', ['status', 'ready'])] : [];

export const OWNER_CHECKS: readonly CommonCheck[] = [someoneElseOwnsIt, clusterIsNotReady];
export const ROLLOUT_CHECKS: readonly Check[] = [workersRestart, rolloutIsHard, restoreLosesFiles, ...OWNER_CHECKS];
