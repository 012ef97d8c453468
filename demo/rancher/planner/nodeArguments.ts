/**
 * What a node says of itself after a restart: the arguments that its distribution was started with.
 *
 * Source: k3s pkg/nodeconfig/nodeconfig.go (getNodeArgs), pkg/configfilearg; rancher keeps a copy of the node's
 * annotations in the status of the management node (apis management.cattle.io/v3 NodeStatus.NodeAnnotations)
 */
import { clone, setAt, stringAt, type JsonObject } from '../json';
import type { Objects } from '../objects';
import { typeNeeded } from '../types';
import { runtimeOf } from './config';
import { isServer, type Machine } from './machines';
import type { MachinePlan } from './plan';

/** Writes the arguments of a machine's plan to its node, where there is one. */
export function writeNodeArguments(objects: Objects, cluster: JsonObject, machine: Machine, plan: MachinePlan): void {
  const type = typeNeeded('management.cattle.io.node');
  const node = objects.list(type).find((candidate) => machine.node !== ''
    && stringAt(candidate, 'metadata', 'namespace') === stringAt(cluster, 'status', 'clusterName')
    && stringAt(candidate, 'status', 'nodeName') === machine.node);

  if (node) {
    const updated = clone(node);
    const value = JSON.stringify(nodeArguments(machine, plan.config));
    const key = runtimeOf(cluster) === 'k3s' ? 'k3s.io/node-args' : 'rke2.io/node-args';

    setAt(updated, value, 'status', 'nodeAnnotations', key);
    objects.update(type, updated);
  }
}

function nodeArguments(machine: Machine, config: JsonObject): string[] {
  return [
    isServer(machine) ? 'server' : 'agent',
    ...Object.entries(config).flatMap(([key, value]) => (Array.isArray(value) ? value : [value]).flatMap((item) => [`--${ key }`, typeof item === 'string' ? item : JSON.stringify(item)]))
  ];
}
