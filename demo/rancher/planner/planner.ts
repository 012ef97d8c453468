/**
 * Rancher's planner: plans a cluster again whenever something changes that it is made of, and lets its machines take
 * their plans one after another.
 *
 * What the store holds at the start counts as delivered, and a cluster without machines has no plan. An error stops
 * everything but the machines that have their plans already. Draining and snapshots are left out.
 * Source: rancher pkg/capr/planner, pkg/controllers/capr/planner (resolvers of Secrets and ConfigMaps)
 */
import { isObject, stringAt, valueAt, type JsonObject } from '../json';
import { idFrom, idOf, type ObjectEvent, type Objects } from '../objects';
import { typeNeeded } from '../types';
import { apiserverStarts } from './apiserver';
import { showProgress } from './conditions';
import { authorizedClusters } from './files';
import { machinesOf, tiersOf, type Machine } from './machines';
import { writeNodeArguments } from './nodeArguments';
import { planOf, type ClusterPlan, type MachinePlan } from './plan';
import { deliverQuietly, nextStep, type Rollout } from './rollout';

export interface Delivered {
  /** Why planning has stopped. */
  readonly error: string | undefined;
  readonly machines: readonly (MachinePlan & { readonly applied: boolean })[];
}

export interface Planner {
  /** What a cluster's machines were given; undefined for a cluster that is not planned. */
  delivered(namespace: string, name: string): Delivered | undefined;
  stop(): void;
}

interface Planned extends Rollout {
  /** What lies on each machine: files that a plan does not have any more are not deleted. */
  readonly disks: Map<string, Map<string, string>>;
  error: string | undefined;
}

const CLUSTER = typeNeeded('provisioning.cattle.io.cluster');
const MACHINE = typeNeeded('cluster.x-k8s.io.machine');
const SECRET = typeNeeded('secret');
const CONFIG_MAP = typeNeeded('configmap');

/** Runs the planner; each machine takes so many milliseconds for its plan. */
export function runPlanner(objects: Objects, machineRollout: number): Planner {
  const planned = new Map<string, Planned>();
  const waiting = new Set<string>();
  const timers = new Set<NodeJS.Timeout>();
  const later = (milliseconds: number, work: () => void): void => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      work();
    }, milliseconds);

    timers.add(timer);
  };
  const enqueue = (id: string): void => {
    if (!waiting.has(id)) {
      waiting.add(id);
      later(0, () => {
        waiting.delete(id);
        reconcile(id);
      });
    }
  };

  function reconcile(id: string): void {
    const cluster = objects.list(CLUSTER).find((candidate) => idOf(candidate) === id);
    const machines = cluster && isPlanned(cluster) ? machinesOf(cluster, objects) : [];

    if (!cluster || machines.length === 0) {
      planned.delete(id);

      return;
    }

    const state = stateOf(id);
    const plan = planFor(cluster, machines, objects);

    state.error = 'error' in plan ? plan.error : undefined;
    if ('error' in plan) {
      showProgress(objects, cluster, { is: 'failed', message: plan.error });
    } else {
      roll(id, cluster, machines, plan.machines, state);
    }
  }

  function roll(id: string, cluster: JsonObject, machines: readonly Machine[], plans: readonly MachinePlan[], state: Planned): void {
    const wanted = new Map(plans.map((plan) => [plan.machine, plan]));

    deliverQuietly(state, wanted);

    const { start, message } = nextStep(state, wanted, tiersOf(cluster, machines));

    for (const machine of start) {
      const plan = wanted.get(machine.name);

      if (plan) {
        state.delivered.set(machine.name, plan);
        state.applying.add(machine.name);
        state.failing.delete(machine.name);
        later(machineRollout, () => {
          state.applying.delete(machine.name);
          if (apiserverStarts(machine, plan, diskOf(state, plan))) {
            writeNodeArguments(objects, cluster, machine, plan);
          } else {
            state.failing.add(machine.name);
          }
          enqueue(id);
        });
      }
    }
    showProgress(objects, cluster, message === undefined ? { is: 'done' } : { is: 'waiting', message });
  }

  function stateOf(id: string): Planned {
    const known = planned.get(id) ?? { delivered: new Map<string, MachinePlan>(), applying: new Set<string>(), failing: new Set<string>(), disks: new Map<string, Map<string, string>>(), error: undefined };

    planned.set(id, known);

    return known;
  }

  for (const cluster of objects.list(CLUSTER).filter(isPlanned)) {
    const machines = machinesOf(cluster, objects);
    const plan = planFor(cluster, machines, objects);

    for (const machine of machines) {
      const own = 'error' in plan ? undefined : plan.machines.find((candidate) => candidate.machine === machine.name);

      if (own) {
        const state = stateOf(idOf(cluster));

        state.delivered.set(machine.name, own);
        diskOf(state, own);
        writeNodeArguments(objects, cluster, machine, own);
      }
    }
  }

  const off = objects.onEvent((event) => clustersOf(event).forEach(enqueue));

  return {
    delivered(namespace, name) {
      const state = planned.get(idFrom(namespace, name));

      return state && { error: state.error, machines: [...state.delivered.values()].map((plan) => ({ ...plan, applied: !state.applying.has(plan.machine) })) };
    },
    stop() {
      off();
      timers.forEach((timer) => clearTimeout(timer));
    }
  };
}

/** The ids of the clusters that an event may change the plans of. */
function clustersOf({ type, object, previous }: ObjectEvent): string[] {
  const namespace = stringAt(object, 'metadata', 'namespace');

  switch (type) {
    case CLUSTER:
      return [idOf(object)];
    case MACHINE:
      return [idFrom(namespace, stringAt(object, 'spec', 'clusterName'))];
    case SECRET:
    case CONFIG_MAP:
      return [...new Set([object, previous].flatMap((one) => one ? authorizedClusters(one) : []))].map((name) => idFrom(namespace, name));
    default:
      return [];
  }
}

/** Rancher plans what it provisions: not the clusters that were imported, nor its own. */
function isPlanned(cluster: JsonObject): boolean {
  return isObject(valueAt(cluster, 'spec', 'rkeConfig'));
}

/** The disk of a machine, with the files of its plan written to it. */
function diskOf({ disks }: Planned, { machine, files }: MachinePlan): ReadonlyMap<string, string> {
  const disk = disks.get(machine) ?? new Map<string, string>();

  files.forEach(({ path, content }) => disk.set(path, content));
  disks.set(machine, disk);

  return disk;
}

function planFor(cluster: JsonObject, machines: readonly Machine[], objects: Objects): ClusterPlan {
  const namespace = stringAt(cluster, 'metadata', 'namespace');

  return planOf(cluster, machines, (kind, name) => objects.get(kind === 'secret' ? SECRET : CONFIG_MAP, namespace, name));
}
