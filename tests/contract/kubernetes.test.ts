/** Kubernetes' own paths, as Steve passes them on. */
import { expect, test } from 'vitest';

import { CONFIG_MAPS, WORKSPACE, at, objectAt, uniqueName, useTarget } from './target';

const target = useTarget();
const NATIVE = `/api/v1/namespaces/${ WORKSPACE }/configmaps`;

async function aConfigMap(): Promise<string> {
  const name = uniqueName('native');

  await target.as('admin').post(CONFIG_MAPS, { metadata: { name, namespace: WORKSPACE }, data: { key: 'value' } });

  return name;
}

test('the view link of an object leads to it as Kubernetes has it', async () => {
  const admin = target.as('admin');
  const name = await aConfigMap();
  const view = String(at((await admin.get(`${ CONFIG_MAPS }/${ WORKSPACE }/${ name }`)).body, 'links', 'view'));
  const { status, body } = await admin.get(view.slice(admin.url.length));

  expect(status).toBe(200);
  expect(objectAt(body)).toMatchObject({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: WORKSPACE }, data: { key: 'value' } });
  expect([at(body, 'id'), at(body, 'links'), at(body, 'metadata', 'state')]).toEqual([undefined, undefined, undefined]);
});

test('an object can be had as YAML', async () => {
  expect((await target.as('admin').get(`${ NATIVE }/${ await aConfigMap() }`, { accept: 'application/yaml' })).text).toContain('\nkind: ConfigMap\n');
});

test('a PUT with dryRun stores nothing here', async () => {
  const admin = target.as('admin');
  const path = `${ NATIVE }/${ await aConfigMap() }`;
  const object = objectAt((await admin.get(path)).body);
  const answer = await admin.put(`${ path }?dryRun=All`, { ...object, data: { key: 'dry' } });

  expect([answer.status, at(answer.body, 'data')]).toEqual([200, { key: 'dry' }]);
  expect(at((await admin.get(path)).body, 'data')).toEqual({ key: 'value' });
});

test('a refusal is a Status', async () => {
  const name = uniqueName('missing');

  expect((await target.as('admin').get(`${ NATIVE }/${ name }`)).body).toMatchObject({
    kind: 'Status', apiVersion: 'v1', status: 'Failure', message: `configmaps "${ name }" not found`, reason: 'NotFound', code: 404
  });
  expect((await target.as('standard').get(`/api/v1/namespaces/${ WORKSPACE }/secrets`)).body).toMatchObject({ kind: 'Status', reason: 'Forbidden', code: 403 });
});

test('a list is a List', async () => {
  expect((await target.as('admin').get(`/apis/provisioning.cattle.io/v1/namespaces/${ WORKSPACE }/clusters`)).body).toMatchObject({
    apiVersion: 'provisioning.cattle.io/v1', kind: 'ClusterList', items: expect.any(Array) as unknown[]
  });
});
