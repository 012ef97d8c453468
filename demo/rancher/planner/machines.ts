/**
 * The machines of a cluster, their roles and the order in which Rancher changes them.
 *
 * Source: rancher pkg/capr/planner/planner.go (fullReconcile), initnode.go, role filters
 */
import { objectAt, stringAt, type JsonObject } from '../json';
import type { Objects } from '../objects';
import { typeNeeded } from '../types';

export interface Machine {
  readonly name: string;
  readonly labels: JsonObject;
  readonly etcd: boolean;
  readonly controlPlane: boolean;
  readonly worker: boolean;
  /** The node that it became, '' before. */
  readonly node: string;
}

export interface Tier {
  /** Rancher's word for it in messages. */
  readonly name: string;
  readonly machines: readonly Machine[];
  /** How many machines may be changed at once: a number, 0 for all, or a share such as `50%`. */
  readonly concurrency: string;
}

/** The machines that belong to a provisioning cluster, by name, as the planner collects them. */
export function machinesOf(cluster: JsonObject, objects: Objects): Machine[] {
  return objects.list(typeNeeded('cluster.x-k8s.io.machine'))
    .filter((machine) => stringAt(machine, 'metadata', 'namespace') === stringAt(cluster, 'metadata', 'namespace')
      && stringAt(machine, 'spec', 'clusterName') === stringAt(cluster, 'metadata', 'name'))
    .map((machine) => {
      const labels = objectAt(machine, 'metadata', 'labels');
      const has = (role: string): boolean => stringAt(labels, `rke.cattle.io/${ role }-role`) === 'true';

      return { name: stringAt(machine, 'metadata', 'name'), labels, etcd: has('etcd'), controlPlane: has('control-plane'), worker: has('worker'), node: stringAt(machine, 'status', 'nodeRef', 'name') };
    })
    .sort((one, other) => one.name < other.name ? -1 : 1);
}

/** Whether a machine runs a server of the distribution, and not just an agent. */
export function isServer(machine: Machine): boolean {
  return machine.etcd || machine.controlPlane;
}

/** The tiers of a cluster, first to be changed first: the init node, other etcd, the rest of the control plane, workers. */
export function tiersOf(cluster: JsonObject, machines: readonly Machine[]): Tier[] {
  const first = machines.find((machine) => machine.etcd);
  const strategy = objectAt(cluster, 'spec', 'rkeConfig', 'upgradeStrategy');
  const others = machines.filter((machine) => machine !== first);

  return [
    { name: 'bootstrap', machines: first ? [first] : [], concurrency: '1' },
    { name: 'etcd', machines: others.filter((machine) => machine.etcd), concurrency: '1' },
    { name: 'control plane', machines: others.filter((machine) => machine.controlPlane && !machine.etcd), concurrency: stringAt(strategy, 'controlPlaneConcurrency') },
    { name: 'worker', machines: others.filter((machine) => !isServer(machine)), concurrency: stringAt(strategy, 'workerConcurrency') }
  ];
}

/** How many machines of a tier may be changed at once (calculateConcurrency). */
export function atOnce({ concurrency, machines }: Tier): number {
  const count = concurrency === '' ? 1 : /^-?\d+$/.test(concurrency) ? Number(concurrency) : Math.ceil(machines.length * parseFloat(concurrency) / 100);

  return count === 0 ? Infinity : count;
}
