/**
 * What Rancher wants each machine of a cluster to have: a function of the cluster, its machines and the objects that
 * it names.
 *
 * Source: rancher pkg/capr/planner (config.go addConfigFile, PruneEmpty, restartStamp)
 */
import { createHash } from 'node:crypto';

import { sorted, type JsonObject } from '../json';
import { configOf, endpointFileOf } from './config';
import { PlannerError } from './errors';
import { filesOf, type Find, type PlannedFile } from './files';
import type { Machine } from './machines';
import { takeFiles } from './parameters';

export interface MachinePlan {
  readonly machine: string;
  /** The distribution's `config.yaml`. */
  readonly config: JsonObject;
  readonly files: readonly PlannedFile[];
}

/** The plans of the machines, or why there are none. */
export type ClusterPlan = { readonly machines: readonly MachinePlan[] } | { readonly error: string };

/** Plans all machines of a cluster; one that cannot be planned stops them all. */
export function planOf(cluster: JsonObject, machines: readonly Machine[], find: Find): ClusterPlan {
  try {
    return { machines: machines.map((machine) => machinePlan(cluster, machine, find)) };
  } catch (error) {
    if (error instanceof PlannerError) {
      return { error: error.message };
    }
    throw error;
  }
}

/** What must change for the distribution to be restarted: not the permissions of files, and nothing in dynamic ones. */
export function restartStamp({ config, files }: MachinePlan): string {
  return createHash('sha256')
    .update(JSON.stringify([files.filter((file) => !file.dynamic).map(({ path, content }) => [path, content]), config]))
    .digest('hex');
}

function machinePlan(cluster: JsonObject, machine: Machine, find: Find): MachinePlan {
  const config = configOf(cluster, machine);
  const files = [...takeFiles(config, cluster), ...filesOf(cluster, machine, find), ...endpointFile(cluster, machine)];

  for (const [key, value] of Object.entries(config)) {
    if (value === '' || (Array.isArray(value) && value.length === 0)) {
      delete config[key];
    }
  }

  return { machine: machine.name, config: sorted(config), files };
}

/** The file behind the authorized cluster endpoint: kube-apiserver asks the agent on the node about tokens. */
function endpointFile(cluster: JsonObject, machine: Machine): PlannedFile[] {
  const path = endpointFileOf(cluster, machine);
  const content = JSON.stringify({ apiVersion: 'v1', kind: 'Config', clusters: [{ name: 'Default', cluster: { server: 'http://127.0.0.1:6440/v1/authenticate' } }] });

  return path === undefined ? [] : [{ path, content, permissions: '', dynamic: false }];
}
