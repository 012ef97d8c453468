/**
 * Which of a cluster's control-plane machines a `machineLabelSelector` is for.
 *
 * Selectors match the labels of Cluster API's Machines, not of nodes. Source: rancher pkg/capr/common.go (label names) and
 * pkg/capr/planner/config.go; a selector that is absent or empty matches every machine.
 */
import type { LabelSelector, RancherCluster } from './rancherCluster';

const CONTROL_PLANE = 'rke.cattle.io/control-plane-role';
const ETCD = 'rke.cattle.io/etcd-role';
const WORKER = 'rke.cattle.io/worker-role';
const POOL = 'rke.cattle.io/rke-machine-pool-name';

export const CONTROL_PLANE_SELECTOR: LabelSelector = { matchLabels: { [CONTROL_PLANE]: 'true' } };

/** A selector as a cluster may hold one. */
type Selector = LabelSelector | null | undefined;

/** What a machine is for. */
export interface Roles {
  readonly controlPlane: boolean;
  readonly etcd: boolean;
  readonly worker: boolean;
}

/** Whether a selector is for all control-plane machines, for none, or for some or perhaps some of them. */
export type Reach = 'all' | 'some' | 'none';

/** Which control-plane machines of the cluster the selector matches. */
export function reachOf(selector: Selector, cluster: RancherCluster): Reach {
  return reachOfAny([selector], cluster);
}

/** Which control-plane machines of the cluster at least one of the selectors matches. */
export function reachOfAny(selectors: readonly Selector[], cluster: RancherCluster): Reach {
  const verdicts = new Set(controlPlaneLabels(cluster).map((labels) => {
    const matches = selectors.map((selector) => isMatch(selector, labels));

    return matches.includes(true) || (matches.includes(undefined) ? undefined : false);
  }));

  return verdicts.size > 1 || verdicts.has(undefined) ? 'some' : verdicts.has(true) ? 'all' : 'none';
}

/**
 * Of things that replace each other in their order, those that some control-plane machine has or may have: on each machine the last
 * that surely matches, and what perhaps matches after it.
 */
export function effectiveOnSome<T extends { readonly selector: Selector }>(things: readonly T[], cluster: RancherCluster): T[] {
  const effective = new Set(controlPlaneLabels(cluster).flatMap((labels) => {
    const matches = things.map(({ selector }) => isMatch(selector, labels));

    return things.filter((_, index) => matches[index] !== false && index >= matches.lastIndexOf(true));
  }));

  return things.filter((thing) => effective.has(thing));
}

/** Whether a selector is for machines that are no control plane as well. */
export function reachesWorkers(selector: Selector): boolean {
  return isMatch(selector, { [WORKER]: 'true' }) !== false;
}

/** The labels that control-plane machines have or may have: those of the pools, or of every way to register one by hand. */
function controlPlaneLabels(cluster: RancherCluster): Readonly<Record<string, string>>[] {
  const pools = (cluster.spec?.rkeConfig?.machinePools ?? []).filter((pool) => pool?.controlPlaneRole);

  return pools.length
    ? pools.map((pool) => labelsOf({ controlPlane: true, etcd: Boolean(pool.etcdRole), worker: Boolean(pool.workerRole), pool: pool.name }))
    : [{}, { [ETCD]: 'true' }, { [WORKER]: 'true' }, { [ETCD]: 'true', [WORKER]: 'true' }].map((roles) => ({ [CONTROL_PLANE]: 'true', ...roles }));
}

/** The labels that Rancher gives to machines of these roles, of a pool or registered by hand. */
export function labelsOf({ controlPlane, etcd, worker, pool }: Roles & { readonly pool: string | undefined }): Readonly<Record<string, string>> {
  return { ...(controlPlane ? { [CONTROL_PLANE]: 'true' } : {}), ...(etcd ? { [ETCD]: 'true' } : {}), ...(worker ? { [WORKER]: 'true' } : {}), ...(pool ? { [POOL]: pool } : {}) };
}

/** Whether a selector matches labels; undefined where a label that we don't know decides. */
export function isMatch(selector: Selector, labels: Readonly<Record<string, string>>): boolean | undefined {
  const verdicts = [
    ...Object.entries(selector?.matchLabels ?? {}).map(([key, value]) => isRequirementMet(labels, key, 'In', [value])),
    ...(selector?.matchExpressions ?? []).map(({ key, operator, values }) => isRequirementMet(labels, key, operator, values ?? []))
  ];

  return verdicts.includes(false) ? false : verdicts.includes(undefined) ? undefined : true;
}

function isRequirementMet(labels: Readonly<Record<string, string>>, key: string, operator: string, values: readonly string[]): boolean | undefined {
  const isKnown = [CONTROL_PLANE, ETCD, WORKER].includes(key) || POOL in labels && key === POOL;
  const label = labels[key];

  if (!isKnown) {
    return undefined;
  }
  switch (operator) {
    case 'In': return label !== undefined && values.includes(label);
    case 'NotIn': return label === undefined || !values.includes(label);
    case 'Exists': return label !== undefined;
    case 'DoesNotExist': return label === undefined;
    default: return undefined;
  }
}

/** A selector as kubectl takes it, such as `a=b,c in (d,e)`; '' for every machine. */
export function selectorText(selector: Selector): string {
  return [
    ...Object.entries(selector?.matchLabels ?? {}).map(([key, value]) => `${ key }=${ value }`),
    ...(selector?.matchExpressions ?? []).map(({ key, operator, values }) => operator === 'Exists' ? key : operator === 'DoesNotExist' ? `!${ key }` : `${ key } ${ operator.toLowerCase() } (${ (values ?? []).join(',') })`)
  ].join(',');
}
