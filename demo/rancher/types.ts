/**
 * The resource types that this Rancher serves: one row per Kubernetes resource.
 *
 * Names and columns as Steve derives them from discovery and from the CRDs' printer columns.
 * Source: steve pkg/schema/converter (GVKToSchemaID, addCustomResources), pkg/attributes
 */

export interface Column {
  readonly name: string;
  readonly type: string;
  readonly format: string;
  /** 0 is always shown, 1 only in wide tables. */
  readonly priority: number;
  /** Where the cell comes from; undefined: the row cannot fill it. */
  readonly path: readonly string[] | undefined;
}

export interface ResourceType {
  /** Steve's name of the type, e.g. `provisioning.cattle.io.cluster`. */
  readonly id: string;
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  /** The resource in Kubernetes' URLs, e.g. `clusters`. */
  readonly resource: string;
  /** The type in Steve's URLs, e.g. `provisioning.cattle.io.clusters`. */
  readonly pluralName: string;
  readonly namespaced: boolean;
  readonly custom: boolean;
  /** Whether Kubernetes keeps `status` apart, so that an ordinary write cannot touch it. */
  readonly statusSubresource: boolean;
  readonly columns: readonly Column[];
  /** Whether only POST exists, as for `ext.cattle.io.selfuser`. */
  readonly createOnly: boolean;
}

type Row = readonly [group: string, version: string, kind: string, resource: string, scope: 'namespaced' | 'cluster', ...columns: string[]];

/**
 * Columns are written `Name=path`, with `:date` after the name of a time and `wide ` before that of a column for wide
 * tables; without a path the cell stays empty. A row that names neither has Name first and Age last.
 */
const ROWS: readonly Row[] = [
  ['', 'v1', 'ConfigMap', 'configmaps', 'namespaced', 'Data=#data'],
  ['', 'v1', 'Event', 'events', 'namespaced', 'Last Seen=lastTimestamp', 'Type=type', 'Reason=reason', 'Object=involvedObject.name', 'wide Subobject', 'wide Source=source.component', 'Message=message', 'wide First Seen=firstTimestamp', 'wide Count=count', 'wide Name=metadata.name', 'no Age'],
  ['', 'v1', 'Namespace', 'namespaces', 'cluster', 'Status=status.phase'],
  ['', 'v1', 'Node', 'nodes', 'cluster', 'Status', 'Roles', 'Age=metadata.creationTimestamp', 'Version=status.nodeInfo.kubeletVersion', 'wide Internal-IP', 'wide External-IP', 'wide OS-Image=status.nodeInfo.osImage', 'wide Kernel-Version=status.nodeInfo.kernelVersion', 'wide Container-Runtime=status.nodeInfo.containerRuntimeVersion'],
  ['', 'v1', 'Pod', 'pods', 'namespaced', 'Ready', 'Status=status.phase', 'Restarts', 'Age=metadata.creationTimestamp', 'wide IP=status.podIP', 'wide Node=spec.nodeName', 'wide Nominated Node', 'wide Readiness Gates'],
  ['', 'v1', 'Secret', 'secrets', 'namespaced', 'Type=type', 'Data=#data'],
  ['', 'v1', 'Service', 'services', 'namespaced', 'Type=spec.type', 'Cluster-IP=spec.clusterIP', 'External-IP', 'Port(s)', 'Age=metadata.creationTimestamp', 'wide Selector'],
  ['', 'v1', 'ServiceAccount', 'serviceaccounts', 'namespaced'],
  ['apps', 'v1', 'Deployment', 'deployments', 'namespaced', 'Ready', 'Up-to-date=status.updatedReplicas', 'Available=status.availableReplicas', 'Age=metadata.creationTimestamp', 'wide Containers', 'wide Images', 'wide Selector'],
  ['catalog.cattle.io', 'v1', 'App', 'apps', 'namespaced'],
  ['catalog.cattle.io', 'v1', 'ClusterRepo', 'clusterrepos', 'cluster', 'HTTP URL=spec.url', 'Enabled=spec.enabled', 'Git Repo=spec.gitRepo', 'Git Branch=spec.gitBranch', 'Download Time=status.downloadTime', 'no Age'],
  ['catalog.cattle.io', 'v1', 'Operation', 'operations', 'namespaced'],
  ['catalog.cattle.io', 'v1', 'UIPlugin', 'uiplugins', 'namespaced', 'Plugin Name=spec.plugin.name', 'Version=spec.plugin.version', 'State=status.cacheState', 'no Age'],
  ['cluster.x-k8s.io', 'v1beta2', 'Cluster', 'clusters', 'namespaced'],
  ['cluster.x-k8s.io', 'v1beta2', 'Machine', 'machines', 'namespaced', 'Cluster=spec.clusterName', 'Node Name=status.nodeRef.name', 'Phase=status.phase', 'Version=spec.version'],
  ['cluster.x-k8s.io', 'v1beta2', 'MachineDeployment', 'machinedeployments', 'namespaced', 'Cluster=spec.clusterName', 'Phase=status.phase'],
  ['cluster.x-k8s.io', 'v1beta2', 'MachineSet', 'machinesets', 'namespaced', 'Cluster=spec.clusterName'],
  ['ext.cattle.io', 'v1', 'SelfUser', 'selfusers', 'cluster'],
  ['fleet.cattle.io', 'v1alpha1', 'Cluster', 'clusters', 'namespaced'],
  ['management.cattle.io', 'v3', 'Cluster', 'clusters', 'cluster'],
  ['management.cattle.io', 'v3', 'ClusterRoleTemplateBinding', 'clusterroletemplatebindings', 'namespaced'],
  ['management.cattle.io', 'v3', 'Feature', 'features', 'cluster', 'Custom Value=spec.value', 'Default=status.default', 'Description=status.description'],
  ['management.cattle.io', 'v3', 'FleetWorkspace', 'fleetworkspaces', 'cluster'],
  ['management.cattle.io', 'v3', 'GlobalRole', 'globalroles', 'cluster'],
  ['management.cattle.io', 'v3', 'GlobalRoleBinding', 'globalrolebindings', 'cluster'],
  ['management.cattle.io', 'v3', 'KontainerDriver', 'kontainerdrivers', 'cluster'],
  ['management.cattle.io', 'v3', 'Node', 'nodes', 'namespaced'],
  ['management.cattle.io', 'v3', 'NodeDriver', 'nodedrivers', 'cluster'],
  ['management.cattle.io', 'v3', 'PodSecurityAdmissionConfigurationTemplate', 'podsecurityadmissionconfigurationtemplates', 'cluster'],
  ['management.cattle.io', 'v3', 'Project', 'projects', 'namespaced'],
  ['management.cattle.io', 'v3', 'RoleTemplate', 'roletemplates', 'cluster'],
  ['management.cattle.io', 'v3', 'Setting', 'settings', 'cluster', 'Value=value'],
  ['management.cattle.io', 'v3', 'User', 'users', 'cluster', 'Display Name=displayName'],
  ['provisioning.cattle.io', 'v1', 'Cluster', 'clusters', 'namespaced', 'Version=spec.kubernetesVersion', 'Cluster Name=status.clusterName', 'Age:date=metadata.creationTimestamp', 'Kubeconfig=status.clientSecretName', 'Ready=status.ready'],
  ['rke-machine-config.cattle.io', 'v1', 'Amazonec2Config', 'amazonec2configs', 'namespaced'],
  ['rke-machine-config.cattle.io', 'v1', 'DigitaloceanConfig', 'digitaloceanconfigs', 'namespaced'],
  ['rke-machine.cattle.io', 'v1', 'CustomMachine', 'custommachines', 'namespaced'],
  ['rke-machine.cattle.io', 'v1', 'DigitaloceanMachine', 'digitaloceanmachines', 'namespaced'],
  ['rke.cattle.io', 'v1', 'CustomMachine', 'custommachines', 'namespaced'],
  ['rke.cattle.io', 'v1', 'ETCDSnapshot', 'etcdsnapshots', 'namespaced']
];

const WITH_STATUS_SUBRESOURCE = new Set(['catalog.cattle.io.clusterrepo', 'catalog.cattle.io.uiplugin', 'management.cattle.io.cluster', 'provisioning.cattle.io.cluster']);
const CREATE_ONLY = new Set(['ext.cattle.io.selfuser']);

export const RESOURCE_TYPES: readonly ResourceType[] = ROWS.map(resourceType);

const BY_NAME = new Map(RESOURCE_TYPES.flatMap((type) => [[type.id, type], [type.pluralName, type]]));
const BY_KIND = new Map(RESOURCE_TYPES.map((type) => [`${ apiVersionOf(type) }/${ type.kind }`, type]));

/** The type with that name as it stands in a URL, singular or plural, in any case. */
export function typeNamed(name: string): ResourceType | undefined {
  return BY_NAME.get(name.toLowerCase());
}

/** The type with that name, which the code that asks cannot do without. */
export function typeNeeded(name: string): ResourceType {
  const type = typeNamed(name);

  if (!type) {
    throw new Error(`There is no type ${ name }`);
  }

  return type;
}

/** The type of an object with that apiVersion and kind. */
export function typeOfKind(apiVersion: string, kind: string): ResourceType | undefined {
  return BY_KIND.get(`${ apiVersion }/${ kind }`);
}

/** `group/version`, or just the version in the core group. */
export function apiVersionOf(type: Pick<ResourceType, 'group' | 'version'>): string {
  return type.group === '' ? type.version : `${ type.group }/${ type.version }`;
}

/** The name that Kubernetes uses in its messages, e.g. `clusters.provisioning.cattle.io`. */
export function qualifiedResource(type: ResourceType): string {
  return type.group === '' ? type.resource : `${ type.resource }.${ type.group }`;
}

function resourceType([group, version, kind, resource, scope, ...columns]: Row): ResourceType {
  const prefix = group === '' ? '' : `${ group }.`;
  const id = `${ prefix }${ kind.toLowerCase() }`;

  return {
    id,
    group,
    version,
    kind,
    resource,
    pluralName: `${ prefix }${ resource }`,
    namespaced: scope === 'namespaced',
    custom: group.endsWith('.io'),
    statusSubresource: WITH_STATUS_SUBRESOURCE.has(id),
    columns: columnsFrom(columns, group),
    createOnly: CREATE_ONLY.has(id)
  };
}

function columnsFrom(texts: readonly string[], group: string): Column[] {
  const columns = texts.filter((text) => text !== 'no Age').map(column);
  const name: Column = { name: 'Name', type: 'string', format: 'name', priority: 0, path: ['metadata', 'name'] };
  const age: Column = { name: 'Age', type: group === '' ? 'string' : 'date', format: '', priority: 0, path: ['metadata', 'creationTimestamp'] };
  const has = (title: string): boolean => columns.some((cell) => cell.name === title);

  return [...(has('Name') ? [] : [name]), ...columns, ...(has('Age') || texts.includes('no Age') ? [] : [age])];
}

function column(text: string): Column {
  const [title = '', path] = text.replace(/^wide /, '').split('=');
  const [name = '', type = 'string'] = title.split(':');

  return { name, type, format: name === 'Name' ? 'name' : '', priority: text.startsWith('wide ') ? 1 : 0, path: path?.split('.') };
}
