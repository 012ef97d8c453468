/**
 * The configuration of one machine, as Rancher merges and filters it before it becomes `config.yaml`.
 *
 * A later entry replaces a key, it never adds to a list. What is left out here: the token, the address of the server to
 * join, addresses, labels and taints of the node, the arguments for probes, and the registries.
 * Source: rancher pkg/capr/planner (config.go addUserConfig, addETCD, addRoleConfig, filter.go filterConfigData)
 */
import { clone, objectAt, objectsAt, stringAt, valueAt, type JsonObject, type JsonValue } from '../json';
import { releaseNamed } from '../releases';
import { PlannerError } from './errors';
import { isServer, type Machine } from './machines';
import { selects } from './selectors';

export type Runtime = 'rke2' | 'k3s';

const APISERVER = 'kube-apiserver-arg';

/** What a version says of itself: K3s or RKE2. */
export function runtimeOf(cluster: JsonObject): Runtime {
  return stringAt(cluster, 'spec', 'kubernetesVersion').includes('k3s') ? 'k3s' : 'rke2';
}

/** Where a distribution keeps its data. */
export function dataDirectoryOf(cluster: JsonObject): string {
  return stringAt(cluster, 'spec', 'rkeConfig', 'dataDirectories', 'k8sDistro') || `/var/lib/rancher/${ runtimeOf(cluster) }`;
}

/** Where the file of the authorized cluster endpoint lies; undefined when a machine has none. */
export function endpointFileOf(cluster: JsonObject, machine: Machine): string | undefined {
  return isServer(machine) && valueAt(cluster, 'spec', 'localClusterAuthEndpoint', 'enabled') === true
    ? `${ dataDirectoryOf(cluster) }/kube-api-authn-webhook.yaml`
    : undefined;
}

/** The merged and filtered configuration; files are still what the user wrote. */
export function configOf(cluster: JsonObject, machine: Machine): JsonObject {
  const config = filtered(merged(cluster, machine), cluster, machine);
  const dataDirectory = stringAt(cluster, 'spec', 'rkeConfig', 'dataDirectories', 'k8sDistro');

  if (dataDirectory !== '') {
    config['data-dir'] = dataDirectory;
  }
  addEtcd(config, cluster, machine);
  addRole(config, machine);

  const endpoint = endpointFileOf(cluster, machine);

  if (endpoint !== undefined) {
    const before = config[APISERVER];

    config[APISERVER] = [...(Array.isArray(before) ? before : typeof before === 'string' ? [before] : []), `authentication-token-webhook-config-file=${ endpoint }`];
  }

  return config;
}

function merged(cluster: JsonObject, machine: Machine): JsonObject {
  const rkeConfig = objectAt(cluster, 'spec', 'rkeConfig');
  const selected = objectsAt(rkeConfig, 'machineSelectorConfig')
    .filter((entry) => selects(entry['machineLabelSelector'], machine.labels))
    .map((entry) => objectAt(entry, 'config'));

  return clone(Object.assign({}, runtimeOf(cluster) === 'rke2' ? { cni: 'calico' } : {}, objectAt(rkeConfig, 'machineGlobalConfig'), ...selected) as JsonObject);
}

/** Keeps the keys that the version has arguments for, and of those only strings, booleans and lists. */
function filtered(config: JsonObject, cluster: JsonObject, machine: Machine): JsonObject {
  const release = releaseNamed(stringAt(cluster, 'spec', 'kubernetesVersion'));

  if (!release) {
    throw new PlannerError('could not find release data');
  }

  return Object.fromEntries(Object.entries(config).flatMap(([key, value]): [string, JsonValue][] => {
    const field = valueAt(release, 'agentArgs', key) ?? (isServer(machine) ? valueAt(release, 'serverArgs', key) : undefined);

    if (field === undefined || !(typeof value === 'string' || typeof value === 'boolean' || Array.isArray(value))) {
      return [];
    }

    return [[key, stringAt(field, 'type') === 'boolean' ? value === true || value === 'true' : value]];
  }));
}

function addEtcd(config: JsonObject, cluster: JsonObject, machine: Machine): void {
  const etcd = objectAt(cluster, 'spec', 'rkeConfig', 'etcd');
  const retention = etcd['snapshotRetention'];

  if (!machine.etcd) {
    return;
  }
  if (etcd['disableSnapshots'] === true) {
    config['etcd-disable-snapshots'] = true;
  }
  if (typeof retention === 'number' && retention > 0) {
    config['etcd-snapshot-retention'] = retention;
  }
  if (stringAt(etcd, 'snapshotScheduleCron') !== '') {
    config['etcd-snapshot-schedule-cron'] = stringAt(etcd, 'snapshotScheduleCron');
  }
}

function addRole(config: JsonObject, machine: Machine): void {
  if (machine.etcd && !machine.controlPlane && !machine.worker) {
    Object.assign(config, { 'disable-scheduler': true, 'disable-apiserver': true, 'disable-controller-manager': true });
  } else if (machine.controlPlane && !machine.etcd && !machine.worker) {
    config['disable-etcd'] = true;
  }
  if (machine.node !== '') {
    config['node-name'] = machine.node;
  }
}
