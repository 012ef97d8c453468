/** Reading and writing one object through `/v1`. */
import { expect, test } from 'vitest';

import { CLUSTERS, CONFIG_MAPS, WORKSPACE, at, change, errorOf, objectAt, uniqueName, useTarget, type Client, type Json } from './target';

const target = useTarget();

async function aConfigMap(of: Client, data: Json = { key: 'value' }): Promise<string> {
  const name = uniqueName('cm');

  expect(await of.post(CONFIG_MAPS, { metadata: { name, namespace: WORKSPACE }, data })).toMatchObject({ status: 201 });

  return `${ CONFIG_MAPS }/${ WORKSPACE }/${ name }`;
}

test('an object that is read carries what Steve adds to it', async () => {
  const admin = target.as('admin');
  const path = await aConfigMap(admin);
  const { status, body } = await admin.get(`${ path }?exclude=metadata.managedFields`);
  const id = path.slice(`${ CONFIG_MAPS }/`.length);
  const self = `${ admin.url }${ path }`;

  expect(status).toBe(200);
  expect(body).toEqual({
    id,
    type: 'configmap',
    links: { patch: self, remove: self, self, update: self, view: `${ admin.url }/api/v1/namespaces/${ WORKSPACE }/configmaps/${ id.split('/')[1] ?? '' }` },
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name: id.split('/')[1],
      namespace: WORKSPACE,
      creationTimestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/) as string,
      uid: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      resourceVersion: expect.stringMatching(/^\d+$/) as string,
      relationships: null,
      state: { error: false, message: 'Resource is always ready', name: 'active', transitioning: false },
      fields: [id.split('/')[1], 1, expect.stringMatching(/^\d+s$/) as string]
    },
    data: { key: 'value' }
  });
});

test('the answer to a write has no fields, which only a read has', async () => {
  const admin = target.as('admin');
  const path = await aConfigMap(admin);
  const answer = await change(admin, path, (object) => Object.assign(object, { data: { key: 'other' } }));

  expect(answer.status).toBe(200);
  expect(at(answer.body, 'metadata', 'fields')).toBeUndefined();
  expect(at(answer.body, 'metadata', 'state', 'name')).toBe('active');
});

test('each change gives an object a new resourceVersion', async () => {
  const admin = target.as('admin');
  const path = await aConfigMap(admin);
  const before = at((await admin.get(path)).body, 'metadata', 'resourceVersion');
  const after = at((await change(admin, path, (object) => Object.assign(object, { data: { key: 'other' } }))).body, 'metadata', 'resourceVersion');

  expect(Number(after)).toBeGreaterThan(Number(before));
});

test('a PUT that changes nothing keeps the resourceVersion', async () => {
  const admin = target.as('admin');
  const path = await aConfigMap(admin);
  const before = objectAt((await admin.get(path)).body);
  const after = await admin.put(path, before);

  expect(after.status).toBe(200);
  expect(at(after.body, 'metadata', 'resourceVersion')).toBe(at(before, 'metadata', 'resourceVersion'));
});

test('a PUT with an old resourceVersion is a conflict and changes nothing', async () => {
  const admin = target.as('admin');
  const path = await aConfigMap(admin);
  const old = objectAt((await admin.get(path)).body);
  const name = path.split('/').at(-1) ?? '';

  await change(admin, path, (object) => Object.assign(object, { data: { key: 'first' } }));

  expect(errorOf(await admin.put(path, { ...old, data: { key: 'second' } }))).toEqual({
    status: 409,
    type: 'error',
    code: 'Conflict',
    message: `Operation cannot be fulfilled on configmaps "${ name }": the object has been modified; please apply your changes to the latest version and try again`
  });
  expect(at((await admin.get(path)).body, 'data')).toEqual({ key: 'first' });
});

test('a PUT without a resourceVersion is refused', async () => {
  const admin = target.as('admin');
  const path = await aConfigMap(admin);

  expect(errorOf(await admin.put(path, { metadata: { name: path.split('/').at(-1) ?? '', namespace: WORKSPACE } }))).toEqual({
    status: 500, type: 'error', code: 'ServerError', message: 'metadata.resourceVersion is required for update'
  });
});

test('what Steve added on read is not stored by a PUT', async () => {
  const admin = target.as('admin');
  const path = await aConfigMap(admin);
  const answer = await change(admin, path, (object) => {
    Object.assign(objectAt(object, 'metadata'), { state: { name: 'invented' }, labels: { changed: 'yes' } });
  });

  expect(answer.status).toBe(200);
  expect(at(answer.body, 'metadata', 'state', 'name')).toBe('active');
  expect(at(answer.body, 'metadata', 'labels')).toEqual({ changed: 'yes' });
});

test('the body of a PUT says which object is meant, not its URL', async () => {
  const admin = target.as('admin');
  const path = await aConfigMap(admin);
  const object = objectAt((await admin.get(path)).body);
  const answer = await admin.put(`${ CONFIG_MAPS }/${ WORKSPACE }/${ uniqueName('another') }`, { ...object, data: { key: 'other' } });

  expect(answer.status).toBe(200);
  expect(at((await admin.get(path)).body, 'data')).toEqual({ key: 'other' });
});

test('a PUT with dryRun is stored all the same', async () => {
  const admin = target.as('admin');
  const path = await aConfigMap(admin);
  const object = objectAt((await admin.get(path)).body);

  expect(await admin.put(`${ path }?dryRun=All`, { ...object, data: { key: 'not so dry' } })).toMatchObject({ status: 200 });
  expect(at((await admin.get(path)).body, 'data')).toEqual({ key: 'not so dry' });
});

test('a POST with dryRun stores nothing', async () => {
  const admin = target.as('admin');
  const name = uniqueName('dry');

  expect(await admin.post(`${ CONFIG_MAPS }?dryRun=All`, { metadata: { name, namespace: WORKSPACE } })).toMatchObject({ status: 201 });
  expect(await admin.get(`${ CONFIG_MAPS }/${ WORKSPACE }/${ name }`)).toMatchObject({ status: 404 });
});

test('a deleted object is answered with nothing and is gone', async () => {
  const admin = target.as('admin');
  const path = await aConfigMap(admin);
  const name = path.split('/').at(-1) ?? '';

  expect(await admin.remove(path)).toMatchObject({ status: 204, text: '' });
  expect(errorOf(await admin.get(path))).toEqual({ status: 404, type: 'error', code: 'NotFound', message: `configmaps "${ name }" not found` });
  expect(errorOf(await admin.remove(path))).toMatchObject({ status: 404, code: 'NotFound' });
});

test('a second object of the same name is refused', async () => {
  const admin = target.as('admin');
  const path = await aConfigMap(admin);
  const name = path.split('/').at(-1) ?? '';

  expect(errorOf(await admin.post(CONFIG_MAPS, { metadata: { name, namespace: WORKSPACE } }))).toEqual({
    status: 409, type: 'error', code: 'AlreadyExists', message: `configmaps "${ name }" already exists`
  });
});

test('the namespace of a new object may stand in the URL, and must stand somewhere', async () => {
  const admin = target.as('admin');
  const name = uniqueName('cm');

  expect(at((await admin.post(`${ CONFIG_MAPS }/${ WORKSPACE }`, { metadata: { name } })).body, 'id')).toBe(`${ WORKSPACE }/${ name }`);
  expect(errorOf(await admin.post(CONFIG_MAPS, { metadata: { name } }))).toEqual({
    status: 422, type: 'error', code: 'InvalidBodyContent', message: 'metadata.namespace or apiOp.namespace are required'
  });
});

test('a new object without a name gets one from its kind', async () => {
  const answer = await target.as('admin').post(CONFIG_MAPS, { metadata: { namespace: WORKSPACE } });

  expect(answer.status).toBe(201);
  expect(at(answer.body, 'metadata', 'name')).toMatch(/^cm-[a-z0-9]{5}$/);
});

test('an object in a namespace that does not exist is refused', async () => {
  expect(errorOf(await target.as('admin').post(CONFIG_MAPS, { metadata: { name: 'x', namespace: 'nowhere' } }))).toEqual({
    status: 404, type: 'error', code: 'NotFound', message: 'namespaces "nowhere" not found'
  });
});

test('a type is found by its singular and by its plural name', async () => {
  const admin = target.as('admin');
  const path = await aConfigMap(admin);

  expect(await admin.get(path.replace('/configmaps/', '/configmap/'))).toMatchObject({ status: 200 });
});

test('fields can be left out of an answer, or be the only ones in it', async () => {
  const admin = target.as('admin');
  const path = await aConfigMap(admin);

  expect(Object.keys(objectAt((await admin.get(`${ path }?exclude=metadata&exclude=data`)).body)).sort()).toEqual(['apiVersion', 'id', 'kind', 'links', 'type']);
  expect(at((await admin.get(`${ path }?include=metadata.name`)).body, 'metadata')).toEqual({ name: path.split('/').at(-1) });
});

test('the keys of machineGlobalConfig come back in alphabetical order, whatever order they had', async () => {
  const admin = target.as('admin');
  const name = uniqueName('ordered');
  const answer = await admin.post(CLUSTERS, {
    metadata: { name, namespace: WORKSPACE },
    spec: { rkeConfig: { machineGlobalConfig: { 'kube-apiserver-arg': ['b=1', 'a=2'], cni: 'calico', 'audit-policy-file': 'x', 'disable-kube-proxy': false } } }
  });

  expect(answer.status).toBe(201);
  expect(Object.keys(objectAt(answer.body, 'spec', 'rkeConfig', 'machineGlobalConfig'))).toEqual(['audit-policy-file', 'cni', 'disable-kube-proxy', 'kube-apiserver-arg']);
  expect(at(answer.body, 'spec', 'rkeConfig', 'machineGlobalConfig', 'kube-apiserver-arg')).toEqual(['b=1', 'a=2']);
  await admin.remove(`${ CLUSTERS }/${ WORKSPACE }/${ name }`);
});

test('a cluster can be read and written as YAML', async () => {
  const admin = target.as('admin');
  const name = uniqueName('yaml');

  expect(await admin.send('POST', CLUSTERS, `metadata:\n  name: ${ name }\n  namespace: ${ WORKSPACE }\nspec:\n  kubernetesVersion: v1.34.2+rke2r1\n`, { 'content-type': 'application/yaml' }))
    .toMatchObject({ status: 201 });

  const answer = await admin.get(`${ CLUSTERS }/${ WORKSPACE }/${ name }`, { accept: 'application/yaml' });

  expect(answer.headers.get('content-type')).toContain('application/yaml');
  expect(answer.text).toContain('\n  kubernetesVersion: v1.34.2+rke2r1\n');
  await admin.remove(`${ CLUSTERS }/${ WORKSPACE }/${ name }`);
});
