/** What Rancher adds to Steve on its own types. */
import { expect, test } from 'vitest';

import { at, change, errorOf, listAt, objectAt, useRancher, type Json } from './target';

const rancher = useRancher();
const LOCAL = '/v1/management.cattle.io.clusters/local';

test('management clusters cannot be written through Steve, not even by the administrator', async () => {
  const admin = rancher.as('admin');
  const { body } = await admin.get(LOCAL);
  const refused = (method: string): Json => ({ status: 403, type: 'error', code: 'PermissionDenied', message: `Method ${ method } not supported` });

  expect(errorOf(await admin.put(LOCAL, objectAt(body)))).toEqual(refused('PUT'));
  expect(errorOf(await admin.patch(LOCAL, {}))).toEqual(refused('PATCH'));
  expect(errorOf(await admin.remove(LOCAL))).toEqual(refused('DELETE'));
  expect(errorOf(await admin.post('/v1/management.cattle.io.clusters', {}))).toEqual(refused('POST'));
});

test('the schema and the links of a management cluster say that writes are blocked', async () => {
  const admin = rancher.as('admin');
  const schema = (await admin.get('/v1/schemas/management.cattle.io.cluster')).body;

  expect([...listAt(schema, 'resourceMethods')].sort()).toEqual(['GET', 'blocked-DELETE', 'blocked-PATCH', 'blocked-PUT']);
  expect([...listAt(schema, 'collectionMethods')].sort()).toEqual(['GET', 'blocked-POST']);
  expect(at((await admin.get(LOCAL)).body, 'links')).toMatchObject({ update: 'blocked', patch: 'blocked', remove: 'blocked', view: `${ admin.url }${ LOCAL }` });
});

test('settings and features may be changed', async () => {
  const admin = rancher.as('admin');
  const answer = await change(admin, '/v1/management.cattle.io.settings/ui-brand', (setting) => Object.assign(setting, { value: 'suse' }));

  expect(answer.status).toBe(200);
  expect(at((await admin.get('/v1/management.cattle.io.settings/ui-brand')).body, 'value')).toBe('suse');
  expect(await change(admin, '/v1/management.cattle.io.features/legacy', (feature) => Object.assign(objectAt(feature, 'spec'), { value: true }))).toMatchObject({ status: 200 });
});

test('a management cluster leads to its provisioning cluster, and back', async () => {
  const admin = rancher.as('admin');
  const cluster = (await admin.get('/v1/provisioning.cattle.io.clusters/fleet-default/prod-custom')).body;
  const id = String(at(cluster, 'status', 'clusterName'));

  expect(listAt((await admin.get(`/v1/management.cattle.io.clusters/${ id }`)).body, 'metadata', 'relationships')).toContainEqual(
    expect.objectContaining({ fromType: 'provisioning.cattle.io.cluster', fromId: 'fleet-default/prod-custom', rel: 'applies', state: 'active' }));
  expect(listAt(cluster, 'metadata', 'relationships')).toContainEqual(expect.objectContaining({ toType: 'management.cattle.io.cluster', toId: id }));
});

test('the local cluster\'s own Steve shows the same objects, other clusters have none', async () => {
  const admin = rancher.as('admin');
  const answer = await admin.get('/k8s/clusters/local/v1/namespaces/fleet-default');

  expect(at(answer.body, 'id')).toBe('fleet-default');
  expect(at(answer.body, 'links', 'self')).toBe(`${ admin.url }/k8s/clusters/local/v1/namespaces/fleet-default`);
  expect(errorOf(await admin.get('/k8s/clusters/c-m-7fkq2wzd/v1/pods'))).toMatchObject({ status: 503, code: 'ClusterUnavailable' });
});

test('conditions are answered with what they mean', async () => {
  const { body } = await rancher.as('admin').get('/v1/provisioning.cattle.io.clusters/fleet-default/prod-custom');

  expect(listAt(body, 'status', 'conditions')).toContainEqual(expect.objectContaining({ type: 'Ready', status: 'True', error: false, transitioning: false }));
});

test('the settings of the demo send nobody to another machine', async () => {
  const { body } = await rancher.as('admin').get('/v1/management.cattle.io.settings');
  const value = (id: string): unknown => at(listAt(body, 'data').find((setting) => at(setting, 'id') === id), 'value');

  expect([value('ui-content-enabled'), value('telemetry-opt'), value('ui-offline-preferred')]).toEqual(['false', 'out', 'true']);
});
