/**
 * What Rancher's controllers and webhook do when a cluster is created or deleted through its provisioning object.
 *
 * Source: rancher pkg/controllers/provisioningv2/cluster (generates the management cluster), webhook
 * pkg/resources/provisioning.cattle.io/v1/cluster (creatorId)
 */
import { clone, isObject, objectsAt, setAt, stringAt, valueAt, type JsonObject } from './json';
import type { ObjectEvent, Objects } from './objects';
import { randomLetters } from './randomLetters';
import { typeNamed, typeNeeded, type ResourceType } from './types';
import { psactSecretName } from './webhook/podSecurity';
import type { Mutator } from './webhook/webhook';

/** Rancher needs a moment, and clients must be able to bear it. */
const DELAY = 400;

const WAITING = 'waiting for at least one control plane, etcd, and worker node to be registered';

/** The webhook's part: the one who creates a cluster is written into it. */
export const recordCreator: Mutator = (type, object, previous, user) => {
  if (type.id === 'provisioning.cattle.io.cluster' && !previous) {
    setAt(object, user, 'metadata', 'annotations', 'field.cattle.io/creatorId');
  }
};

/** Runs the controllers until the returned function is called. */
export function runClusterControllers(objects: Objects): () => void {
  const provisioning = typeNeeded('provisioning.cattle.io.cluster');
  const timers = new Set<NodeJS.Timeout>();
  const later = (work: () => void): void => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      work();
    }, DELAY);

    timers.add(timer);
  };
  const off = objects.onEvent((event: ObjectEvent) => {
    if (event.type !== provisioning) {
      return;
    }

    const namespace = stringAt(event.object, 'metadata', 'namespace');
    const name = stringAt(event.object, 'metadata', 'name');

    if (event.name === 'resource.create') {
      later(() => register(objects, provisioning, namespace, name));
    } else if (event.name === 'resource.remove') {
      later(() => cleanUp(objects, event.object));
    }
  });

  return () => {
    off();
    timers.forEach((timer) => clearTimeout(timer));
  };
}

/** Makes the management cluster of a new provisioning cluster and writes its name into the status. */
function register(objects: Objects, provisioning: ResourceType, namespace: string, name: string): void {
  const cluster = objects.get(provisioning, namespace, name);

  if (!cluster || stringAt(cluster, 'status', 'clusterName') !== '') {
    return;
  }

  const id = `c-m-${ randomLetters(8) }`;
  const stamp = new Date().toISOString().replace(/\.\d+Z$/, 'Z');

  objects.create(typeNeeded('namespace'), { metadata: { name: id }, spec: { finalizers: ['kubernetes'] }, status: { phase: 'Active' } });
  objects.create(typeNeeded('management.cattle.io.cluster'), managementCluster(cluster, id, stamp));

  const updated = clone(cluster);

  setAt(updated, {
    agentDeployed: false,
    clientSecretName: `${ name }-kubeconfig`,
    clusterName: id,
    conditions: [
      condition('Reconciling', 'True', stamp, 'Waiting', WAITING),
      condition('Stalled', 'False', stamp),
      condition('Created', 'True', stamp),
      condition('RKECluster', 'True', stamp),
      condition('Updated', 'Unknown', stamp, 'Waiting', WAITING),
      condition('Provisioned', 'Unknown', stamp, 'Waiting', WAITING),
      condition('Ready', 'Unknown', stamp, 'Waiting', WAITING)
    ],
    ready: false
  }, 'status');
  objects.update(provisioning, updated);
}

function managementCluster(cluster: JsonObject, id: string, stamp: string): JsonObject {
  const name = stringAt(cluster, 'metadata', 'name');
  const namespace = stringAt(cluster, 'metadata', 'namespace');
  const version = stringAt(cluster, 'spec', 'kubernetesVersion');
  const provider = version.includes('k3s') ? 'k3s' : 'rke2';
  const creator = stringAt(cluster, 'metadata', 'annotations', 'field.cattle.io/creatorId');
  const rke = isObject(valueAt(cluster, 'spec', 'rkeConfig'));

  return {
    metadata: {
      name: id,
      annotations: {
        'field.cattle.io/creatorId': creator,
        'objectset.rio.cattle.io/id': 'provisioning-cluster-create',
        'objectset.rio.cattle.io/owner-gvk': 'provisioning.cattle.io/v1, Kind=Cluster',
        'objectset.rio.cattle.io/owner-name': name,
        'objectset.rio.cattle.io/owner-namespace': namespace
      }
    },
    spec: { displayName: name, enableNetworkPolicy: false, fleetWorkspaceName: namespace, imported: !rke, internal: false, windowsPreferedCluster: false },
    status: {
      conditions: [
        condition('Updated', 'Unknown', stamp, 'Waiting', WAITING),
        condition('Provisioned', 'Unknown', stamp, 'Waiting', WAITING),
        condition('Connected', 'False', stamp)
      ],
      driver: 'imported',
      ...(rke ? { provider } : {})
    }
  };
}

/** Removes what belonged to a deleted cluster. */
function cleanUp(objects: Objects, cluster: JsonObject): void {
  const name = stringAt(cluster, 'metadata', 'name');
  const id = stringAt(cluster, 'status', 'clusterName');

  for (const kind of ['machine', 'machinedeployment', 'machineset']) {
    const type = typeNeeded(`cluster.x-k8s.io.${ kind }`);

    for (const part of objects.list(type).filter((candidate) => stringAt(candidate, 'spec', 'clusterName') === name)) {
      objects.remove(type, stringAt(part, 'metadata', 'namespace'), stringAt(part, 'metadata', 'name'));
    }
  }
  for (const pool of objectsAt(cluster, 'spec', 'rkeConfig', 'machinePools')) {
    const config = typeNamed(`rke-machine-config.cattle.io.${ stringAt(pool, 'machineConfigRef', 'kind').toLowerCase() }`);

    if (config) {
      objects.remove(config, stringAt(cluster, 'metadata', 'namespace'), stringAt(pool, 'machineConfigRef', 'name'));
    }
  }
  objects.remove(typeNeeded('secret'), stringAt(cluster, 'metadata', 'namespace'), psactSecretName(name));
  if (id !== '') {
    const nodes = typeNeeded('management.cattle.io.node');

    for (const node of objects.list(nodes).filter((candidate) => stringAt(candidate, 'metadata', 'namespace') === id)) {
      objects.remove(nodes, id, stringAt(node, 'metadata', 'name'));
    }
    objects.remove(typeNeeded('management.cattle.io.cluster'), '', id);
    objects.remove(typeNeeded('namespace'), '', id);
  }
}

function condition(type: string, status: string, stamp: string, reason = '', message = ''): JsonObject {
  return { type, status, lastUpdateTime: stamp, ...(reason === '' ? {} : { reason }), ...(message === '' ? {} : { message }) };
}
