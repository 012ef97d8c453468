/**
 * What `/v3` answers, derived from the same objects that `/v1` shows.
 *
 * Source: rancher pkg/api/norman/customization, pkg/auth/principals
 */
import { objectAt, stringAt, valueAt, type JsonObject } from '../json';
import type { Objects } from '../objects';
import { typeNamed, typeNeeded } from '../types';
import { accessOf, type User } from '../users';

/** The principal of a user: who they are to the authentication provider. */
export function principalOf(user: User, me: boolean, baseUrl: string): JsonObject {
  const id = `local://${ user.id }`;

  return {
    id,
    type: 'principal',
    baseType: 'principal',
    loginName: user.username,
    name: user.displayName,
    me,
    memberOf: false,
    principalType: 'user',
    provider: 'local',
    profilePicture: '',
    profileURL: '',
    links: { self: `${ baseUrl }/principals/${ encodeURIComponent(id) }` },
    actions: {}
  };
}

/** A user as `/v3/users` shows them. */
export function normanUser(user: User, me: boolean, baseUrl: string): JsonObject {
  return {
    id: user.id,
    type: 'user',
    baseType: 'user',
    username: user.username,
    name: user.displayName,
    me,
    enabled: true,
    state: 'active',
    transitioning: 'no',
    transitioningMessage: '',
    mustChangePassword: false,
    principalIds: [`local://${ user.id }`],
    links: { self: `${ baseUrl }/users/${ user.id }` },
    actions: {}
  };
}

/** A setting as `/v3/settings` shows it. */
export function normanSetting(setting: JsonObject, baseUrl: string): JsonObject {
  const name = stringAt(setting, 'metadata', 'name');

  return {
    id: name,
    type: 'setting',
    baseType: 'setting',
    name,
    value: stringAt(setting, 'value') || stringAt(setting, 'default'),
    default: stringAt(setting, 'default'),
    customized: valueAt(setting, 'customized') === true,
    source: stringAt(setting, 'source'),
    links: { self: `${ baseUrl }/settings/${ name }` },
    actions: {}
  };
}

/** A management cluster as `/v3/clusters` shows it. */
export function normanCluster(cluster: JsonObject, baseUrl: string, writable: boolean): JsonObject {
  const id = stringAt(cluster, 'metadata', 'name');
  const self = `${ baseUrl }/clusters/${ id }`;

  return {
    ...objectAt(cluster, 'spec'),
    id,
    type: 'cluster',
    baseType: 'cluster',
    name: stringAt(cluster, 'spec', 'displayName'),
    uuid: stringAt(cluster, 'metadata', 'uid'),
    annotations: objectAt(cluster, 'metadata', 'annotations'),
    labels: objectAt(cluster, 'metadata', 'labels'),
    driver: stringAt(cluster, 'status', 'driver'),
    provider: stringAt(cluster, 'status', 'provider'),
    conditions: valueAt(cluster, 'status', 'conditions') ?? [],
    links: { self, ...(writable ? { update: self } : {}) },
    actions: { generateKubeconfig: `${ self }?action=generateKubeconfig` }
  };
}

/** Whether a user may write a management cluster, through `/v3` alone. */
export function mayUpdate(objects: Objects, user: User, cluster: JsonObject): boolean {
  return accessOf(user, objects).grants('update', typeNeeded('management.cattle.io.cluster'), '', stringAt(cluster, 'metadata', 'name'));
}

/** A cloud credential: the Secret behind it, without its contents. */
export function cloudCredential(secret: JsonObject, baseUrl: string): JsonObject {
  const id = `${ stringAt(secret, 'metadata', 'namespace') }:${ stringAt(secret, 'metadata', 'name') }`;
  const config = stringAt(secret, 'metadata', 'annotations', 'provisioning.cattle.io/driver');

  return {
    id,
    type: 'cloudCredential',
    baseType: 'cloudCredential',
    name: stringAt(secret, 'metadata', 'annotations', 'field.cattle.io/name'),
    annotations: objectAt(secret, 'metadata', 'annotations'),
    [`${ config }credentialConfig`]: {},
    links: { self: `${ baseUrl }/cloudCredentials/${ id }` },
    actions: {}
  };
}

/** The commands with which nodes join a custom cluster, or an existing cluster is imported. */
export function registrationToken(cluster: JsonObject, serverUrl: string, baseUrl: string): JsonObject {
  const id = stringAt(cluster, 'metadata', 'name');
  const token = `demo-token-of-${ id }`;
  const node = (flags: string): string => `curl -fL ${ serverUrl }/system-agent-install.sh | sudo  sh -s - --server ${ serverUrl } --label 'cattle.io/os=linux' --token ${ token }${ flags }`;

  return {
    id: `${ id }:default-token`,
    type: 'clusterRegistrationToken',
    baseType: 'clusterRegistrationToken',
    clusterId: id,
    name: 'default-token',
    state: 'active',
    token,
    nodeCommand: node(''),
    insecureNodeCommand: node('').replace('curl -fL', 'curl --insecure -fL'),
    windowsNodeCommand: '',
    insecureWindowsNodeCommand: '',
    command: `kubectl apply -f ${ serverUrl }/v3/import/${ token }_${ id }.yaml`,
    insecureCommand: `curl --insecure -sfL ${ serverUrl }/v3/import/${ token }_${ id }.yaml | kubectl apply -f -`,
    manifestUrl: `${ serverUrl }/v3/import/${ token }_${ id }.yaml`,
    links: { self: `${ baseUrl }/clusterRegistrationTokens/${ id }:default-token` },
    actions: {}
  };
}

/** The objects of a type that a user may list or get. */
export function readable(objects: Objects, typeId: string, user: User): JsonObject[] {
  const type = typeNamed(typeId);
  const access = accessOf(user, objects);

  return type
    ? objects.list(type).filter((object) => access.grants('get', type, stringAt(object, 'metadata', 'namespace'), stringAt(object, 'metadata', 'name')))
    : [];
}
