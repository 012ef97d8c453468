/**
 * The users of the demo and what Kubernetes' RBAC lets them do, as data.
 *
 * Source: rancher pkg/data/management/role_data.go (global roles), steve pkg/accesscontrol/access_set.go
 */
import { isObject, stringAt, valueAt, type JsonObject } from './json';
import type { Objects } from './objects';
import { typeNamed, type ResourceType } from './types';

export type Verb = 'get' | 'list' | 'watch' | 'create' | 'update' | 'patch' | 'delete';

export interface Rule {
  readonly verbs: readonly (Verb | '*')[];
  readonly groups: readonly string[];
  readonly resources: readonly string[];
  /** Where it holds; undefined is everywhere, as with a ClusterRoleBinding. */
  readonly namespace?: string;
  /** The only names it holds for; undefined is every name. */
  readonly names?: readonly string[];
}

export interface User {
  /** The token of API clients and the value of the R_SESS cookie. */
  readonly token: string;
  /** The name that Kubernetes sees, and the name of the management.cattle.io User. */
  readonly id: string;
  readonly username: string;
  readonly displayName: string;
  readonly globalRole: string;
  readonly rules: readonly Rule[];
}

const READ: readonly Verb[] = ['get', 'list', 'watch'];
const WORKSPACE = 'fleet-default';

const STANDARD_RULES: readonly Rule[] = [
  { verbs: READ, groups: ['management.cattle.io'], resources: ['settings', 'features', 'nodedrivers', 'kontainerdrivers', 'podsecurityadmissionconfigurationtemplates', 'roletemplates'] },
  { verbs: ['get', 'list', 'watch'], groups: ['management.cattle.io'], resources: ['fleetworkspaces'], names: [WORKSPACE] },
  { verbs: READ, groups: ['catalog.cattle.io'], resources: ['clusterrepos', 'uiplugins'] },
  { verbs: ['get'], groups: ['management.cattle.io'], resources: ['users'], names: ['u-b4qkhsnliz'] },
  { verbs: ['create'], groups: ['ext.cattle.io'], resources: ['selfusers'] },
  { verbs: ['create'], groups: ['management.cattle.io'], resources: ['clusters'] },
  { verbs: ['create'], groups: ['provisioning.cattle.io'], resources: ['clusters'], namespace: WORKSPACE },
  { verbs: ['create'], groups: ['rke-machine-config.cattle.io'], resources: ['*'], namespace: WORKSPACE },
  { verbs: ['create'], groups: [''], resources: ['secrets'], namespace: WORKSPACE }
];

export const USERS: readonly User[] = [
  {
    token: 'admin',
    id: 'user-7q2fl',
    username: 'admin',
    displayName: 'Default Admin',
    globalRole: 'admin',
    rules: [{ verbs: ['*'], groups: ['*'], resources: ['*'] }]
  },
  {
    token: 'standard',
    id: 'u-b4qkhsnliz',
    username: 'standard',
    displayName: 'Standard User',
    globalRole: 'user',
    rules: STANDARD_RULES
  },
  {
    token: 'readonly',
    id: 'u-mo773yttt4',
    username: 'readonly',
    displayName: 'Read-Only User',
    globalRole: 'view-all',
    rules: [
      { verbs: READ, groups: ['*'], resources: ['*'] },
      { verbs: ['create'], groups: ['ext.cattle.io'], resources: ['selfusers'] }
    ]
  }
];

/** The user with that token; undefined for an unknown one. */
export function userWithToken(token: string): User | undefined {
  return USERS.find((user) => user.token === token);
}

/** What one user may do now: the fixed rules and those of the clusters that are theirs. */
export interface Access {
  readonly user: User;
  grants(verb: Verb, type: ResourceType, namespace: string, name: string): boolean;
  /** Whether any object of the type may be treated so, in any namespace. */
  anywhere(verb: Verb, type: ResourceType): boolean;
  /** The namespaces in which the user may get or list something, without a right on all of them. */
  namespaces(): readonly string[];
}

/** The access of a user as it is at this moment. */
export function accessOf(user: User, objects: Objects): Access {
  const rules = [...user.rules, ...ownerRules(user, objects)];

  return {
    user,
    grants: (verb, type, namespace, name) => rules.some((rule) => holdsFor(rule, verb, type) && holdsAt(rule, type, namespace, name)),
    anywhere: (verb, type) => rules.some((rule) => holdsFor(rule, verb, type)),
    namespaces: () => [...new Set(rules
      .filter((rule) => rule.verbs.some((verb) => verb === 'get' || verb === 'list' || verb === '*'))
      .flatMap((rule) => rule.namespace ?? []))].sort()
  };
}

/** Rancher makes the creator of a cluster its owner: everything on the cluster, reading on its parts. */
export function ownerRules(user: User, objects: Objects): Rule[] {
  const provisioning = typeNamed('provisioning.cattle.io.cluster');
  const owned = provisioning ? objects.list(provisioning).filter((cluster) => creatorOf(cluster) === user.id) : [];

  return owned.flatMap((cluster) => {
    const name = stringAt(cluster, 'metadata', 'name');
    const namespace = stringAt(cluster, 'metadata', 'namespace');
    const management = stringAt(cluster, 'status', 'clusterName');
    const parts = namesOfParts(objects, name);

    return [
      { verbs: ['*'], groups: ['provisioning.cattle.io'], resources: ['clusters'], namespace, names: [name] },
      // A new cluster has none yet.
      ...(management === '' ? [] : [
        { verbs: ['*'], groups: ['management.cattle.io'], resources: ['clusters'], names: [management] },
        { verbs: READ, groups: ['management.cattle.io'], resources: ['nodes', 'projects', 'clusterroletemplatebindings'], namespace: management }
      ] satisfies Rule[]),
      { verbs: READ, groups: ['cluster.x-k8s.io'], resources: ['machines', 'machinedeployments', 'machinesets'], namespace, names: parts },
      { verbs: READ, groups: ['rke-machine-config.cattle.io'], resources: ['*'], namespace, names: machineConfigsOf(cluster) }
    ] satisfies Rule[];
  });
}

function creatorOf(cluster: JsonObject): string {
  return stringAt(cluster, 'metadata', 'annotations', 'field.cattle.io/creatorId');
}

function namesOfParts(objects: Objects, clusterName: string): string[] {
  return ['machine', 'machinedeployment', 'machineset'].flatMap((kind) => {
    const type = typeNamed(`cluster.x-k8s.io.${ kind }`);

    return type
      ? objects.list(type)
        .filter((part) => stringAt(part, 'spec', 'clusterName') === clusterName)
        .map((part) => stringAt(part, 'metadata', 'name'))
      : [];
  });
}

function machineConfigsOf(cluster: JsonObject): string[] {
  const pools = valueAt(cluster, 'spec', 'rkeConfig', 'machinePools');

  return Array.isArray(pools) ? pools.filter(isObject).map((pool) => stringAt(pool, 'machineConfigRef', 'name')) : [];
}

function holdsFor(rule: Rule, verb: Verb, type: ResourceType): boolean {
  return (rule.verbs.includes('*') || rule.verbs.includes(verb))
    && (rule.groups.includes('*') || rule.groups.includes(type.group))
    && (rule.resources.includes('*') || rule.resources.includes(type.resource))
    // A right inside a namespace says nothing about cluster-wide objects (steve pkg/schema/factory.go).
    && (rule.namespace === undefined || type.namespaced);
}

function holdsAt(rule: Rule, type: ResourceType, namespace: string, name: string): boolean {
  return (rule.namespace === undefined || !type.namespaced || rule.namespace === namespace)
    && (rule.names === undefined || (name !== '' && rule.names.includes(name)));
}
