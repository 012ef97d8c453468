/** RKE1 as a Rancher up to 2.11 shows it, and its only door: Norman's clusters. */
import { beforeEach, expect, test } from 'vitest';

import { CLUSTERS, WORKSPACE, at, errorOf, listAt, objectAt, useRancher, type Answer, type Client, type Json } from './target';

const rancher = useRancher({ rancherVersion: 'v2.11.3' });
const modern = useRancher();
const ID = 'c-rk1dm';
const PATH = `/v3/clusters/${ ID }`;
const MANAGEMENT = `/v1/management.cattle.io.clusters/${ ID }`;
const AUDIT = ['rancherKubernetesEngineConfig', 'services', 'kubeApi', 'auditLog'];

let original: Record<string, Json>;

beforeEach(async () => {
  const admin = rancher.as('admin');

  original ??= objectAt((await admin.get(PATH)).body);
  await admin.put(`${ PATH }?_replace=true`, original);
});

/** A body with this audit log alone. */
function withAudit(auditLog: Json): Json {
  return { name: 'rke1', rancherKubernetesEngineConfig: { services: { kubeApi: { auditLog } } } };
}

async function stored(): Promise<Json | undefined> {
  return at((await rancher.as('admin').get(MANAGEMENT)).body, 'spec');
}

test('the cluster is there, with a provisioning cluster that has no configuration', async () => {
  const admin = rancher.as('admin');

  expect((await admin.get(`${ CLUSTERS }/${ WORKSPACE }/${ ID }`)).body).toMatchObject({ spec: { localClusterAuthEndpoint: {} }, status: { clusterName: ID, ready: true }, metadata: { state: { name: 'active' } } });
  expect(at((await admin.get(`${ CLUSTERS }/${ WORKSPACE }/${ ID }`)).body, 'spec', 'rkeConfig')).toBeUndefined();
  expect((await admin.get(MANAGEMENT)).body).toMatchObject({
    metadata: { labels: { 'provider.cattle.io': 'rke' }, state: { name: 'active' } },
    spec: { displayName: 'rke1' },
    status: { driver: 'rancherKubernetesEngine', provider: 'rke' }
  });
  expect((await admin.get(PATH)).body).toMatchObject({ id: ID, name: 'rke1', driver: 'rancherKubernetesEngine', provider: 'rke', links: { update: `${ admin.url }${ PATH }` } });
  expect(at((await admin.get(PATH)).body, ...AUDIT)).toEqual({
    enabled: true,
    configuration: { format: 'json', maxAge: 30, maxBackup: 10, maxSize: 100, path: '/var/log/kube-audit/audit-log.json', policy: { apiVersion: 'audit.k8s.io/v1', kind: 'Policy', rules: [{ level: 'Metadata' }] } }
  });
});

test('such a Rancher says which version it is', async () => {
  const admin = rancher.as('admin');

  expect(at((await admin.get('/rancherversion')).body, 'Version')).toBe('v2.11.3');
  expect(at((await admin.get('/v1/management.cattle.io.settings/server-version')).body, 'value')).toBe('v2.11.3');
});

test('its pages find its backups among the types of /v3, and none', async () => {
  const admin = rancher.as('admin');

  expect(listAt((await admin.get('/v3/schemas')).body, 'data')).toContainEqual(expect.objectContaining({ id: 'etcdBackup', pluralName: 'etcdBackups' }));
  expect(await admin.get('/v3/etcdbackups')).toMatchObject({ status: 200, body: { data: [] } });
});

test('a Rancher from 2.12 has no such cluster', async () => {
  const admin = modern.as('admin');

  expect(await admin.get('/v3/etcdbackups')).toMatchObject({ status: 404 });

  expect(await admin.get(PATH)).toMatchObject({ status: 404 });
  expect(await admin.get(`${ CLUSTERS }/${ WORKSPACE }/${ ID }`)).toMatchObject({ status: 404 });
});

test.each(['PUT', 'PATCH', 'DELETE', 'POST'])('Steve takes no %s', async (method) => {
  const answer = await rancher.as('admin').send(method, method === 'POST' ? '/v1/management.cattle.io.clusters' : MANAGEMENT, {});

  expect(errorOf(answer)).toMatchObject({ status: 403, code: 'PermissionDenied', message: `Method ${ method } not supported` });
});

test('a PUT merges fields into what is there', async () => {
  const answer = await rancher.as('admin').put(PATH, withAudit({ configuration: { maxAge: 5 } }));

  expect(answer.status).toBe(200);
  expect(at(answer.body, ...AUDIT)).toMatchObject({ enabled: true, configuration: { maxAge: 5, maxBackup: 10, policy: { rules: [{ level: 'Metadata' }] } } });
  expect(at(await stored(), 'rancherKubernetesEngineConfig', 'network', 'plugin')).toBe('canal');
  expect(at(await stored(), ...AUDIT, 'configuration', 'maxAge')).toBe(5);
});

test('a PUT takes maps of values whole', async () => {
  await rancher.as('admin').put(PATH, withAudit({ configuration: { policy: { kind: 'Policy', rules: [{ level: 'None' }] } } }));
  expect(at(await stored(), ...AUDIT, 'configuration', 'policy')).toEqual({ kind: 'Policy', rules: [{ level: 'None' }] });

  await rancher.as('admin').put(PATH, { name: 'rke1', rancherKubernetesEngineConfig: { services: { kubeApi: { extraArgs: { v: '2' } } } } });
  expect(at(await stored(), 'rancherKubernetesEngineConfig', 'services', 'kubeApi', 'extraArgs')).toEqual({ v: '2' });
});

test('null takes a field away', async () => {
  await rancher.as('admin').put(PATH, withAudit({ enabled: false, configuration: null }));
  expect(await stored().then((spec) => ({ configuration: null, ...objectAt(spec, ...AUDIT) }))).toEqual({ enabled: false, configuration: null });
});

test('with _replace a PUT keeps no field that it leaves out', async () => {
  await rancher.as('admin').put(`${ PATH }?_replace=true`, withAudit({ enabled: true }));
  expect(await stored()).toEqual({ displayName: 'rke1', rancherKubernetesEngineConfig: { services: { kubeApi: { auditLog: { enabled: true } } } } });
});

test('what was answered can be sent back, and nothing changes', async () => {
  const admin = rancher.as('admin');
  const before = await stored();
  const answer = await admin.put(PATH, objectAt((await admin.get(PATH)).body));

  expect([answer.status, await stored()]).toEqual([200, before]);
});

test('there is no conflict, whatever was written in between', async () => {
  const admin = rancher.as('admin');
  const early = objectAt((await admin.get(PATH)).body);

  await admin.put(PATH, withAudit({ configuration: { maxAge: 7 } }));
  expect(await admin.put(PATH, early)).toMatchObject({ status: 200 });
  expect(at(await stored(), ...AUDIT, 'configuration', 'maxAge')).toBe(30);
});

test('a PUT without a name is refused', async () => {
  const { name: _name, ...rest } = original;
  const answer = await rancher.as('admin').put(PATH, rest);

  expect(answer).toMatchObject({ status: 422, body: { baseType: 'error', type: 'error', code: 'MissingRequired', fieldName: 'name', status: 422 } });
});

test('a policy that is text is refused', async () => {
  expect(await rancher.as('admin').put(PATH, withAudit({ configuration: { policy: 'kind: Policy' } }))).toMatchObject({ status: 422, body: { type: 'error', code: 'InvalidFormat', fieldName: 'policy' } });
});

test('labels and annotations become those of the body, but Rancher\'s own stay', async () => {
  const admin = rancher.as('admin');
  const put = (annotations: Json): Promise<Answer> => admin.put(PATH, { name: 'rke1', annotations });
  const own = 'provisioner.cattle.io/ke-driver-update';
  const creator = { 'field.cattle.io/creatorId': 'user-7q2fl' };

  await put({ team: 'a', [own]: 'mine', 'field.cattle.io/creatorId': 'mine' });
  expect(at((await admin.get(MANAGEMENT)).body, 'metadata', 'annotations')).toEqual({ team: 'a', [own]: 'updated', ...creator });
  await put({ other: 'b' });
  expect(at((await admin.get(MANAGEMENT)).body, 'metadata', 'annotations')).toEqual({ other: 'b', [own]: 'updated', ...creator });
});

test('who may not write is refused, who may not read finds nothing', async () => {
  const put = (user: Client): Promise<Answer> => user.put(PATH, original);

  expect(await put(rancher.as('readonly'))).toMatchObject({ status: 403, body: { type: 'error', baseType: 'error', code: 'Forbidden' } });
  expect(at((await rancher.as('readonly').get(PATH)).body, 'links')).not.toHaveProperty('update');
  expect(await put(rancher.as('standard'))).toMatchObject({ status: 404, body: { code: 'NotFound' } });
});

test('only clusters can be written', async () => {
  expect(await rancher.as('admin').put('/v3/settings/server-version', { value: 'x' })).toMatchObject({ status: 405 });
  expect(listAt((await rancher.as('admin').get('/v3/schemas')).body, 'data').filter((schema) => listAt(schema, 'resourceMethods').includes('PUT')).map((schema) => at(schema, 'id'))).toEqual(['cluster']);
});
