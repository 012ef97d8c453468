/** What the users of limited rights may do through `/v1`. */
import { expect, test } from 'vitest';

import { CLUSTERS, CONFIG_MAPS, SECRETS, WORKSPACE, at, change, errorOf, eventually, idsOf, listAt, objectAt, uniqueName, useTarget, type Json, type UserName } from './target';

const target = useTarget();

function notSupported(method: string): Json {
  return { status: 403, type: 'error', code: 'PermissionDenied', message: `Method ${ method } not supported` };
}

async function anotherCluster(): Promise<string> {
  const name = uniqueName('other');

  await target.as('admin').post(CLUSTERS, { metadata: { name, namespace: WORKSPACE }, spec: {} });

  return name;
}

async function methodsOf(user: UserName, type: string): Promise<Json> {
  const { status, body } = await target.as(user).get(`/v1/schemas/${ type }`);

  return status === 404
    ? 'no schema'
    : { collection: [...listAt({ list: at(body, 'collectionMethods') ?? [] }, 'list')].sort(), resource: [...listAt({ list: at(body, 'resourceMethods') ?? [] }, 'list')].sort() };
}

test('the standard user may create Secrets in the workspace and do nothing else with them', async () => {
  const standard = target.as('standard');
  const name = uniqueName('mine');
  const path = `${ SECRETS }/${ WORKSPACE }/${ name }`;
  const created = await standard.post(SECRETS, { metadata: { name, namespace: WORKSPACE }, data: { key: 'dmFsdWU=' } });

  expect(created.status).toBe(201);
  expect(at(created.body, 'links')).toEqual({ self: `${ standard.url }${ path }` });
  expect(errorOf(await standard.get(path))).toEqual(notSupported('GET'));
  expect(errorOf(await standard.put(path, objectAt(created.body)))).toEqual(notSupported('PUT'));
  expect(errorOf(await standard.patch(path, {}))).toEqual(notSupported('PATCH'));
  expect(errorOf(await standard.remove(path))).toEqual(notSupported('DELETE'));
});

test('the standard user who lists Secrets sees none, and no error', async () => {
  const answer = await target.as('standard').get(SECRETS);

  expect(answer.status).toBe(200);
  expect(idsOf(answer)).toEqual([]);
});

test('the standard user who creates a Secret a second time is told that it exists', async () => {
  const standard = target.as('standard');
  const secret = { metadata: { name: uniqueName('twice'), namespace: WORKSPACE } };

  await standard.post(SECRETS, secret);

  expect(errorOf(await standard.post(SECRETS, secret))).toMatchObject({ status: 409, code: 'AlreadyExists' });
});

test('the standard user may not create Secrets in other namespaces', async () => {
  const answer = await target.as('standard').post(SECRETS, { metadata: { name: uniqueName('elsewhere'), namespace: 'default' } });

  expect(errorOf(answer)).toEqual({
    status: 403,
    type: 'error',
    code: 'Forbidden',
    message: expect.stringMatching(/^secrets is forbidden: User "[^"]+" cannot create resource "secrets" in API group "" in the namespace "default"$/) as string
  });
});

test('ConfigMaps do not exist for the standard user', async () => {
  const standard = target.as('standard');

  expect(await standard.get(CONFIG_MAPS)).toMatchObject({ status: 404, text: '' });
  expect(await standard.post(CONFIG_MAPS, { metadata: { name: uniqueName('no'), namespace: WORKSPACE } })).toMatchObject({ status: 404, text: '' });
});

test('the standard user sees and changes the cluster that is theirs', async () => {
  const standard = target.as('standard');
  const path = `${ CLUSTERS }/${ WORKSPACE }/${ target.ownCluster }`;
  const list = await eventually(() => standard.get(CLUSTERS), (answer) => idsOf(answer).length > 0);

  expect(idsOf(list)).toContain(`${ WORKSPACE }/${ target.ownCluster }`);
  expect(Object.keys(objectAt((await standard.get(path)).body, 'links')).sort()).toEqual(['patch', 'remove', 'self', 'update', 'view']);
  expect(await change(standard, path, (cluster) => Object.assign(objectAt(cluster, 'metadata'), { labels: { touched: 'yes' } }))).toMatchObject({ status: 200 });
});

test('the clusters of others are neither listed nor given to the standard user', async () => {
  const standard = target.as('standard');
  const name = await anotherCluster();
  const path = `${ CLUSTERS }/${ WORKSPACE }/${ name }`;
  const forbidden = (verb: string): Json => ({
    status: 403,
    type: 'error',
    code: 'Forbidden',
    message: expect.stringMatching(new RegExp(`^clusters.provisioning.cattle.io "${ name }" is forbidden: User "[^"]+" cannot ${ verb } resource "clusters" in API group "provisioning.cattle.io" in the namespace "${ WORKSPACE }"$`)) as string
  });

  expect(idsOf(await standard.get(CLUSTERS))).not.toContain(`${ WORKSPACE }/${ name }`);
  expect(errorOf(await standard.get(path))).toEqual(forbidden('get'));
  expect(errorOf(await standard.patch(path, {}))).toEqual(forbidden('patch'));
  expect(errorOf(await standard.remove(path))).toEqual(forbidden('delete'));
  expect(errorOf(await standard.put(path, { metadata: { name, namespace: WORKSPACE, resourceVersion: '1' } }))).toEqual(forbidden('update'));
});

test('the read-only user reads clusters and changes nothing', async () => {
  const readonly = target.as('readonly');
  const path = `${ CLUSTERS }/${ WORKSPACE }/${ await anotherCluster() }`;
  const { status, body } = await readonly.get(path);

  expect(status).toBe(200);
  expect(Object.keys(objectAt(body, 'links')).sort()).toEqual(['self', 'view']);
  expect(errorOf(await readonly.put(path, objectAt(body)))).toEqual(notSupported('PUT'));
  expect(errorOf(await readonly.patch(path, {}))).toEqual(notSupported('PATCH'));
  expect(errorOf(await readonly.remove(path))).toEqual(notSupported('DELETE'));
  expect(errorOf(await readonly.post(CLUSTERS, { metadata: { name: 'x', namespace: WORKSPACE } }))).toEqual(notSupported('POST'));
});

test('a list says whether the user may create, too', async () => {
  expect(at((await target.as('standard').get(CLUSTERS)).body, 'createTypes')).toHaveProperty('provisioning.cattle.io.cluster');
  expect(at((await target.as('readonly').get(CLUSTERS)).body, 'createTypes')).toBeUndefined();
});

test('the schemas of a user have the methods that the user may use', async () => {
  const all = ['DELETE', 'GET', 'PATCH', 'PUT'];

  expect(await methodsOf('admin', 'secret')).toEqual({ collection: ['GET', 'POST'], resource: all });
  expect(await methodsOf('standard', 'secret')).toEqual({ collection: ['POST'], resource: [] });
  expect(await methodsOf('standard', 'configmap')).toBe('no schema');
  expect(await methodsOf('standard', 'provisioning.cattle.io.cluster')).toEqual({ collection: ['GET', 'POST'], resource: all });
  expect(await methodsOf('readonly', 'provisioning.cattle.io.cluster')).toEqual({ collection: ['GET'], resource: ['GET'] });
});

test('an unknown token is not let in', async () => {
  const answer = await target.as('admin').get(CLUSTERS, { authorization: 'Bearer nobody' });

  expect(errorOf({ ...answer, body: JSON.parse(answer.text) as Json })).toMatchObject({ status: 401, code: 'Unauthorized' });
});
