/**
 * The fields by which a list can be filtered and sorted. Steve refuses every other one.
 *
 * Source: steve pkg/stores/sqlproxy/proxy_store.go (commonIndexFields, TypeSpecificIndexedFields) and the printer columns
 */
import { stringAt, valueAt, type JsonObject, type JsonValue } from '../json';
import { idOf } from '../objects';
import type { ResourceType } from '../types';
import { invalidBody } from './errors';
import { stateOf } from './state';

const COMMON = new Set(['id', 'metadata.name', 'metadata.namespace', 'metadata.creationTimestamp', 'metadata.state.name']);

const CAPACITY = ['allocatable', 'requested'].flatMap((kind) => ['cpu', 'cpuRaw', 'memory', 'memoryRaw', 'pods'].map((what) => `status.${ kind }.${ what }`));

const BY_TYPE: Readonly<Record<string, readonly string[]>> = {
  event: ['_type', 'involvedObject.kind', 'involvedObject.uid', 'message', 'reason'],
  namespace: ['spec.displayName'],
  node: ['spec.taints.key', 'status.addresses.type', 'status.nodeInfo.kubeletVersion', 'status.nodeInfo.operatingSystem'],
  pod: ['metadata.state.error', 'metadata.state.message', 'metadata.state.transitioning', 'spec.containers.image', 'spec.nodeName', 'status.podIP'],
  secret: ['_type', 'metadata.annotations[management.cattle.io/project-scoped-secret-copy]', 'spec.clusterName', 'spec.displayName'],
  service: ['spec.clusterIP', 'spec.type'],
  'catalog.cattle.io.app': ['spec.chart.metadata.name'],
  'catalog.cattle.io.clusterrepo': ['metadata.annotations[clusterrepo.cattle.io/hidden]', 'spec.gitBranch', 'spec.gitRepo'],
  'catalog.cattle.io.operation': ['status.action', 'status.namespace', 'status.releaseName'],
  'cluster.x-k8s.io.machine': ['spec.clusterName'],
  'cluster.x-k8s.io.machinedeployment': ['spec.clusterName'],
  'management.cattle.io.cluster': [
    'spec.fleetWorkspaceName', 'spec.internal', 'spec.displayName', ...CAPACITY, 'status.driver', 'status.info.kubernetesVersion',
    'status.info.machineProvider', 'status.info.nodeCount', 'status.connected', 'status.provider'
  ],
  'management.cattle.io.clusterroletemplatebinding': ['clusterName', 'userName', 'userPrincipalName'],
  'management.cattle.io.globalrolebinding': ['userName', 'userPrincipalName'],
  'management.cattle.io.node': ['status.nodeName'],
  'management.cattle.io.project': ['spec.clusterName', 'spec.displayName'],
  'management.cattle.io.roletemplate': ['context'],
  'management.cattle.io.user': ['principalIds'],
  'provisioning.cattle.io.cluster': [
    'metadata.annotations[provisioning.cattle.io/management-cluster-display-name]', ...CAPACITY, 'status.clusterName', 'status.provider'
  ],
  'rke.cattle.io.etcdsnapshot': ['snapshotFile.createdAt', 'spec.clusterName']
};

/** Refuses a field that is not indexed for the type. */
export function checkField(type: ResourceType, field: string): void {
  const known = COMMON.has(field)
    || field.startsWith('metadata.labels')
    || (BY_TYPE[type.id] ?? []).includes(field)
    || (columnIndex(field) ?? type.columns.length) < type.columns.length;

  if (!known) {
    throw invalidBody(`column is invalid [${ field }]: supplied column is invalid`);
  }
}

/** The value of an indexed field. */
export function cellOf(object: JsonObject, cells: readonly JsonValue[], field: string): JsonValue | undefined {
  const index = columnIndex(field);

  if (index !== undefined) {
    return cells[index];
  }
  if (field === 'id') {
    return idOf(object);
  }
  if (field.startsWith('metadata.state.')) {
    return valueAt(stateOf(object), field.slice('metadata.state.'.length));
  }
  if (field === '_type') {
    return stringAt(object, 'type');
  }

  return valueAt(object, ...pathOf(field));
}

/** `a.b[c.d/e]` as `a`, `b`, `c.d/e` (steve pkg/stores/queryhelper SafeSplit). */
function pathOf(field: string): string[] {
  const bracket = /^(.+)\[(.+)\]$/.exec(field);

  return bracket ? [...(bracket[1] ?? '').split('.'), bracket[2] ?? ''] : field.split('.');
}

function columnIndex(field: string): number | undefined {
  const found = /^metadata\.fields(?:\[(\d+)\]|\.(\d+))$/.exec(field);

  return found ? Number(found[1] ?? found[2]) : undefined;
}
