/**
 * The types of Rancher's older API (`/v3`) that the dashboards ask for, one row each.
 *
 * Source: rancher pkg/schemas/management.cattle.io/v3, norman types/schema_types.go
 */
import type { JsonObject } from '../json';
import { hasRke1 } from '../version';

interface NormanType {
  readonly id: string;
  readonly pluralName: string;
  readonly collectionMethods: readonly string[];
  readonly resourceMethods: readonly string[];
}

const READ = ['GET'];

/** Types without a route of their own are answered with an empty collection. */
const TYPES: readonly NormanType[] = [
  type('authConfig', 'authConfigs'),
  type('cloudCredential', 'cloudCredentials'),
  type('cluster', 'clusters', READ, ['GET', 'PUT']),
  type('clusterRegistrationToken', 'clusterRegistrationTokens', ['GET', 'POST']),
  type('clusterRoleTemplateBinding', 'clusterRoleTemplateBindings'),
  type('feature', 'features'),
  type('fleetWorkspace', 'fleetWorkspaces'),
  type('globalRole', 'globalRoles'),
  type('globalRoleBinding', 'globalRoleBindings'),
  type('kontainerDriver', 'kontainerDrivers'),
  type('node', 'nodes'),
  type('nodeDriver', 'nodeDrivers'),
  type('nodePool', 'nodePools'),
  type('principal', 'principals'),
  type('project', 'projects'),
  type('projectRoleTemplateBinding', 'projectRoleTemplateBindings'),
  type('roleTemplate', 'roleTemplates'),
  type('setting', 'settings'),
  type('token', 'tokens'),
  type('user', 'users')
];

/** The pages of an RKE1 cluster show an error in place of types that aren't there. */
const RKE1_TYPES: readonly NormanType[] = [type('etcdBackup', 'etcdBackups')];

/** The types of a Rancher of this version. */
export function normanTypes(version: string): readonly NormanType[] {
  return hasRke1(version) ? [...TYPES, ...RKE1_TYPES] : TYPES;
}

/** A type as `/v3/schemas` describes it. */
export function normanSchema({ id, pluralName, collectionMethods, resourceMethods }: NormanType, baseUrl: string): JsonObject {
  return {
    id,
    type: 'schema',
    baseType: 'schema',
    pluralName,
    collectionMethods: [...collectionMethods],
    resourceMethods: [...resourceMethods],
    collectionActions: {},
    resourceActions: {},
    collectionFilters: {},
    resourceFields: {},
    links: { collection: `${ baseUrl }/${ pluralName.toLowerCase() }`, self: `${ baseUrl }/schemas/${ id }` },
    version: { group: 'management.cattle.io', path: '/v3', version: 'v3' }
  };
}

function type(id: string, pluralName: string, collectionMethods: readonly string[] = READ, resourceMethods: readonly string[] = READ): NormanType {
  return { id, pluralName, collectionMethods, resourceMethods };
}
