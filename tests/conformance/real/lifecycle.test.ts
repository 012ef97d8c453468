// The servers come up as a whole, and leave nothing behind however they end.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import { RESOURCE_TYPES } from '../../../demo/rancher/types';
import { eventually } from '../../contract/target';
import { SERVERS_KUBERNETES } from '../../../demo/steps/servers';
import { connectionTo, type Connection } from '../../../demo/real/connection';
import { definitionOf } from '../../../demo/real/definitions';
import { RealServers } from '../../../demo/real/servers';
import { childrenOf, runningOf } from './processes';

const USERS = { 't-reader': { name: 'reader', groups: [] } };
const OBJECTS = [
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'fleet-default' } },
  { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', metadata: { name: 'reader', namespace: 'fleet-default' }, rules: [{ verbs: ['get', 'list'], apiGroups: ['provisioning.cattle.io'], resources: ['clusters'] }] },
  { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'RoleBinding', metadata: { name: 'reader', namespace: 'fleet-default' }, subjects: [{ kind: 'User', name: 'reader', apiGroup: 'rbac.authorization.k8s.io' }], roleRef: { kind: 'Role', name: 'reader', apiGroup: 'rbac.authorization.k8s.io' } }
];
const CLUSTERS = '/apis/provisioning.cattle.io/v1/namespaces/fleet-default/clusters';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'real-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Directories of servers, without the one file that stays. */
function directories(): string[] {
  return readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name);
}

describe('the servers', () => {
  let servers: RealServers;
  let kubernetes: Connection;

  beforeAll(async () => {
    servers = await RealServers.start({ users: USERS, objects: [...RESOURCE_TYPES.filter(({ custom, createOnly }) => custom && !createOnly).map(definitionOf), ...OBJECTS], steve: true }, folder);
    kubernetes = connectionTo(servers.addresses.kubernetes, servers.addresses.authority);
  });
  afterAll(() => servers.stop());

  it('are a kube-apiserver of the release that is asked for', async () => {
    expect(JSON.parse((await kubernetes.send({ method: 'GET', url: '/version', token: servers.addresses.token })).text)).toMatchObject({ gitVersion: SERVERS_KUBERNETES });
  });

  it('serve our own definitions of Rancher’s types', async () => {
    for (const { group, version, resource } of RESOURCE_TYPES.filter(({ custom, createOnly }) => custom && !createOnly)) {
      expect(await kubernetes.send({ method: 'GET', url: `/apis/${ group }/${ version }/${ resource }`, token: servers.addresses.token })).toMatchObject({ status: 200 });
    }
  });

  it('let a user do what Kubernetes’ roles say, by itself and through Steve', async () => {
    const steve = connectionTo(servers.addresses.steve ?? '');

    expect(await kubernetes.send({ method: 'GET', url: CLUSTERS, token: 't-reader' })).toMatchObject({ status: 200 });
    expect(await kubernetes.send({ method: 'GET', url: '/api/v1/secrets', token: 't-reader' })).toMatchObject({ status: 403 });
    expect(await kubernetes.send({ method: 'GET', url: CLUSTERS, token: 'nobody' })).toMatchObject({ status: 401 });
    await eventually(() => steve.send({ method: 'GET', url: '/v1/schemas/provisioning.cattle.io.cluster', token: 't-reader' }), ({ status }) => status === 200);
    expect(await eventually(() => steve.send({ method: 'GET', url: '/v1/provisioning.cattle.io.clusters', token: 't-reader' }), ({ status }) => status === 200)).toBeDefined();
    expect(await steve.send({ method: 'GET', url: '/v1/configmaps', token: 't-reader' })).toMatchObject({ status: 404 });
    expect(await steve.send({ method: 'GET', url: '/v1/schemas', token: 'nobody' })).toMatchObject({ status: 401 });
  });
});

describe('nothing is left of servers', () => {
  let servers: RealServers | undefined;

  afterEach(() => servers?.stop());

  it('that are stopped', async () => {
    servers = await RealServers.start({}, folder);
    const started = childrenOf(servers.pid);

    expect(started).toHaveLength(2);
    expect(await servers.stop()).toBe(0);
    expect([directories(), runningOf(started)]).toEqual([[], []]);
  });

  it('that are stopped while they start another one', async () => {
    servers = await RealServers.start({}, folder);
    const refused = expect(servers.startKubernetes([])).rejects.toThrow('the servers have ended');

    await eventually(() => Promise.resolve(childrenOf(servers?.pid ?? 0)), (children) => children.length === 3);
    const started = childrenOf(servers.pid);

    expect(await servers.stop()).toBe(0);
    await refused;
    expect([directories(), runningOf(started)]).toEqual([[], []]);
  });

  it('that are told to end', async () => {
    servers = await RealServers.start({}, folder);
    const started = childrenOf(servers.pid);

    process.kill(servers.pid, 'SIGTERM');
    expect(await servers.stop()).toBe(0);
    expect([directories(), runningOf(started)]).toEqual([[], []]);
  });

  it.each([0, 1])('when server %i of them ends by itself', async (which) => {
    servers = await RealServers.start({}, folder);
    const started = childrenOf(servers.pid);

    process.kill(started[which] ?? 0, 'SIGKILL');
    await eventually(() => Promise.resolve(runningOf(started)), (running) => running.length === 0);
    expect(await servers.stop()).toBe(1);
    expect(directories()).toEqual([]);
  });

  it('that are killed, once others have started', async () => {
    servers = await RealServers.start({}, folder);
    const started = childrenOf(servers.pid);

    process.kill(servers.pid, 'SIGKILL');
    await eventually(() => Promise.resolve(runningOf(started)), (running) => running.length === 0);
    expect(directories()).toHaveLength(1);

    servers = await RealServers.start({}, folder);
    expect(directories()).toHaveLength(1);
    await servers.stop();
    expect(directories()).toEqual([]);
  });
});
