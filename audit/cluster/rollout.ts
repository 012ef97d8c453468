/**
 * Which machines a change restarts, and in which order.
 *
 * A machine restarts when what Rancher writes onto it differs: its configuration, as far as its role gets it, and its files. So
 * permissions, annotations and the names of the objects that files come from restart nothing.
 * Source: rancher pkg/capr/planner/planner.go (fullReconcile: the init node, other etcd one by one, the control plane, workers) and
 * config.go (restartStamp); kontainer-driver-metadata (`audit-policy-file` is in RKE2's agentArgs, `kube-apiserver-arg` in serverArgs
 * alone); for RKE1 rke services/controlplane.go (UpgradeControlPlaneNodes: a host whose containers changed, `maxUnavailable` at a time).
 */
import { valueAt } from '../policy/valueAt';
import { ARGS_KEY, POLICY_FLAG } from './apiServerArgs';
import type { Operation } from './change';
import { clusterAfter, distributionOf, sourcesAfter } from './distributions';
import { isMatch, labelsOf, type Roles } from './machineLabels';
import { filesOfEntry } from './policyFiles';
import type { LabelSelector, MachinePool, RancherCluster } from './rancherCluster';
import { rke1FormOf } from './rke1Forms';
import { textIn, type Sources } from './sources';

export const TIERS = ['init', 'etcd', 'controlPlane', 'worker'] as const;

export interface RolloutStep {
  /** Rancher begins a tier when the one before is done. */
  readonly tier: typeof TIERS[number];
  /** Machine pools by name: none for machines that were registered by hand, undefined where the cluster does not say. */
  readonly pools: readonly string[] | undefined;
  /** How many machines they are, where pools say so. */
  readonly count: number | undefined;
  /** Which of the tier's machines they are: some stay as they are. */
  readonly those: 'all' | 'controlPlane' | 'noControlPlane';
  /** As Rancher takes it: a number, a share such as `50%`, or 0 for all of them. */
  readonly atOnce: string;
  readonly isDrained: boolean;
}

interface Machines extends Roles {
  readonly pool: string | undefined;
  readonly count: number | undefined;
}

/** The steps in their order; none where the operations restart nothing. */
export function rolloutOf(cluster: RancherCluster, sources: Sources, operations: readonly Operation[]): readonly RolloutStep[] {
  const after = clusterAfter(cluster, operations);

  if (rke1FormOf(cluster)) {
    return after === cluster ? [] : rke1Steps(cluster);
  }
  const laterSources = sourcesAfter(sources, operations);
  // A label that is not known here may decide either way.
  const restarts = (machines: Machines): boolean => [true, false].some((verdict) => stampOf(cluster, sources, machines, verdict) !== stampOf(after, laterSources, machines, verdict));

  return caprSteps(cluster, restarts);
}

function caprSteps(cluster: RancherCluster, restarts: (machines: Machines) => boolean): RolloutStep[] {
  const { controlPlaneConcurrency, workerConcurrency, controlPlaneDrainOptions, workerDrainOptions } = cluster.spec?.rkeConfig?.upgradeStrategy ?? {};
  const all = machinesOf(cluster);
  const server = { isDrained: Boolean(controlPlaneDrainOptions?.enabled) };
  const etcd = all.filter((machines) => machines.etcd);
  const isInitIn = etcd.length > 0 && etcd.every(restarts);
  const etcdStep = stepOf('etcd', etcd, restarts, { ...server, atOnce: '1' });
  const others = etcdStep?.count === undefined ? etcdStep : { ...etcdStep, count: etcdStep.count - (isInitIn ? 1 : 0) };

  return [
    isInitIn && etcdStep ? { ...etcdStep, tier: 'init' as const, count: 1 } : undefined,
    others?.count === 0 ? undefined : others,
    stepOf('controlPlane', all.filter((machines) => machines.controlPlane && !machines.etcd), restarts, { ...server, atOnce: controlPlaneConcurrency || '1' }),
    stepOf('worker', all.filter((machines) => !machines.controlPlane && !machines.etcd), restarts, { isDrained: Boolean(workerDrainOptions?.enabled), atOnce: workerConcurrency || '1' })
  ].filter((step) => step !== undefined);
}

function stepOf(tier: RolloutStep['tier'], ofTier: readonly Machines[], restarts: (machines: Machines) => boolean, how: Pick<RolloutStep, 'atOnce' | 'isDrained'>): RolloutStep | undefined {
  const restarting = ofTier.filter(restarts);
  const counts = restarting.map(({ count }) => count).filter((count) => count !== undefined);

  return restarting.length === 0 ? undefined : {
    tier,
    pools: restarting.map(({ pool }) => pool).filter((pool) => pool !== undefined),
    count: counts.length ? counts.reduce((sum, count) => sum + count, 0) : undefined,
    those: restarting.length === ofTier.length ? 'all' : restarting.every(({ controlPlane }) => controlPlane) ? 'controlPlane' : restarting.some(({ controlPlane }) => controlPlane) ? 'all' : 'noControlPlane',
    ...how
  };
}

/** The cluster's kinds of machines: its pools, or every set of roles that one can be registered with. */
function machinesOf(cluster: RancherCluster): Machines[] {
  const pools = (cluster.spec?.rkeConfig?.machinePools ?? []).filter((pool): pool is MachinePool => Boolean(pool));
  const flags = [true, false];

  return pools.length
    ? pools.filter(({ quantity }) => quantity !== 0).map(({ name, quantity, controlPlaneRole, etcdRole, workerRole }) => (
      { pool: name ?? '', count: quantity ?? 1, controlPlane: Boolean(controlPlaneRole), etcd: Boolean(etcdRole), worker: Boolean(workerRole) }))
    : flags.flatMap((controlPlane) => flags.flatMap((etcd) => flags.map((worker) => ({ pool: undefined, count: undefined, controlPlane, etcd, worker }))))
      .filter(({ controlPlane, etcd, worker }) => controlPlane || etcd || worker);
}

/** What of a machine's plan an audit log can change. */
function stampOf(cluster: RancherCluster, sources: Sources, machines: Machines, verdict: boolean): string {
  const labels = labelsOf(machines);
  const isFor = (selector: LabelSelector | null | undefined): boolean => isMatch(selector, labels) ?? verdict;
  const { machineGlobalConfig, machineSelectorConfig, machineSelectorFiles } = cluster.spec?.rkeConfig ?? {};
  const configs = [machineGlobalConfig, ...(machineSelectorConfig ?? []).filter((entry) => isFor(entry?.machineLabelSelector)).map((entry) => entry?.config)];
  const keys = [...(distributionOf(cluster)?.deliveries.includes('inline') ? [POLICY_FLAG] : []), ...(machines.controlPlane || machines.etcd ? [ARGS_KEY] : [])];
  const files = (machineSelectorFiles ?? []).flatMap((entry, index) => isFor(entry?.machineLabelSelector) ? filesOfEntry(cluster, entry, index) : []).filter(({ item }) => !item.dynamic);

  return JSON.stringify([
    keys.map((key) => written(configs.findLast((config) => config?.[key] !== undefined)?.[key])),
    files.map(({ source, item }) => {
      const object = sources(source);

      return [item.path, typeof object === 'string' ? [source, item.key] : textIn(object, item.key ?? '') ?? ''];
    })
  ]);
}

/** What Rancher writes of a value: text without space around it, and nothing of what is no text, boolean or list. */
function written(value: unknown): unknown {
  return typeof value === 'string' ? value.trim() : typeof value === 'boolean' || (Array.isArray(value) && value.length > 0) ? value : null;
}

function rke1Steps(cluster: RancherCluster): RolloutStep[] {
  const strategy = valueAt(cluster, [...rke1FormOf(cluster)?.config ?? [], 'upgradeStrategy']) as { readonly drain?: unknown; readonly maxUnavailableControlplane?: unknown } | undefined;
  const { maxUnavailableControlplane: most } = strategy ?? {};

  return [{ tier: 'controlPlane', pools: undefined, count: undefined, those: 'all', atOnce: typeof most === 'string' && most !== '' ? most : '1', isDrained: strategy?.drain === true }];
}
