/** What `/v1` answers to requests that cannot be done. */
import { expect, test } from 'vitest';

import { CLUSTERS, WORKSPACE, at, errorOf, uniqueName, useTarget, type Json } from './target';

const target = useTarget();
const REST = '<nil>: Invalid value: null: some validation rules were not checked because the object was invalid; correct the existing errors to complete validation';

test.each([
  ['cut off', '{"metadata":', 'unexpected EOF'],
  ['empty', '', 'EOF'],
  ['a list', '[1]', 'json: cannot unmarshal array into Go value of type map[string]interface {}']
])('a body that is %s is refused', async (_kind, body, why) => {
  expect(errorOf(await target.as('admin').send('POST', CLUSTERS, body))).toEqual({ status: 422, type: 'error', code: 'InvalidBodyContent', message: `Failed to parse body: ${ why }` });
});

test('a body that is not JSON is refused', async () => {
  expect(errorOf(await target.as('admin').send('POST', CLUSTERS, '{bad'))).toMatchObject({ status: 422, code: 'InvalidBodyContent' });
});

test('a type that nobody has is answered with nothing', async () => {
  const admin = target.as('admin');

  for (const answer of [await admin.get('/v1/nonsense'), await admin.get('/v1/nonsense/a/b'), await admin.post('/v1/nonsense', {})]) {
    expect(answer).toMatchObject({ status: 404, text: '' });
  }
});

test('a path that is too long belongs to nothing', async () => {
  expect(await target.as('admin').get(`${ CLUSTERS }/a/b/c/d`)).toMatchObject({ status: 404, text: '404 page not found\n' });
});

test('a method that a collection or an object does not have is refused', async () => {
  const admin = target.as('admin');
  const refused = (method: string): Json => ({ status: 403, type: 'error', code: 'PermissionDenied', message: `Method ${ method } not supported` });

  expect(errorOf(await admin.remove(CLUSTERS))).toEqual(refused('DELETE'));
  expect(errorOf(await admin.put(CLUSTERS, {}))).toEqual(refused('PUT'));
  expect(errorOf(await admin.post(`${ CLUSTERS }/${ WORKSPACE }/anything`, {}))).toEqual(refused('POST'));
});

test('a field of the wrong type is refused, with its path', async () => {
  const admin = target.as('admin');
  const name = uniqueName('wrong');
  const answer = await admin.post(CLUSTERS, { metadata: { name, namespace: WORKSPACE }, spec: { kubernetesVersion: 5 } });

  expect(errorOf(answer)).toEqual({
    status: 422,
    type: 'error',
    code: 'Invalid',
    message: `Cluster.provisioning.cattle.io "${ name }" is invalid: [spec.kubernetesVersion: Invalid value: "integer": spec.kubernetesVersion in body must be of type string: "integer", ${ REST }]`
  });
});

test('a number where a file\'s permissions belong is refused', async () => {
  const answer = await target.as('admin').post(CLUSTERS, {
    metadata: { name: uniqueName('wrong'), namespace: WORKSPACE },
    spec: { rkeConfig: { machineSelectorFiles: [{ fileSources: [{ secret: { name: 'a', items: [{ key: 'k', path: '/p', permissions: 644 }] } }] }] } }
  });

  expect(answer.status).toBe(422);
  expect(at(answer.body, 'message')).toContain('permissions in body must be of type string: "integer"');
});

test('a file source without the name of its Secret is refused', async () => {
  const answer = await target.as('admin').post(CLUSTERS, {
    metadata: { name: uniqueName('wrong'), namespace: WORKSPACE },
    spec: { rkeConfig: { machineSelectorFiles: [{ fileSources: [{ secret: {} }] }] } }
  });

  expect(answer.status).toBe(422);
  expect(at(answer.body, 'message')).toContain('spec.rkeConfig.machineSelectorFiles[0].fileSources[0].secret.name: Required value');
});

test('a field that the type does not have is dropped, with a warning', async () => {
  const admin = target.as('admin');
  const name = uniqueName('pruned');
  const answer = await admin.post(CLUSTERS, { metadata: { name, namespace: WORKSPACE }, spec: { nonsense: 5, kubernetesVersion: 'v1.34.2+rke2r1' } });

  expect(answer.status).toBe(201);
  expect(answer.headers.get('warning')).toBe('299 - unknown field "spec.nonsense"');
  expect(at(answer.body, 'spec')).toEqual({ kubernetesVersion: 'v1.34.2+rke2r1' });
  await admin.remove(`${ CLUSTERS }/${ WORKSPACE }/${ name }`);
});

test('whatever stands in machineGlobalConfig is kept', async () => {
  const admin = target.as('admin');
  const name = uniqueName('kept');
  const machineGlobalConfig = { 'a-key-of-tomorrow': { deep: [1, 'two', null] }, cni: 'calico' };
  const answer = await admin.post(CLUSTERS, { metadata: { name, namespace: WORKSPACE }, spec: { rkeConfig: { machineGlobalConfig } } });

  expect(at(answer.body, 'spec', 'rkeConfig', 'machineGlobalConfig')).toEqual(machineGlobalConfig);
  await admin.remove(`${ CLUSTERS }/${ WORKSPACE }/${ name }`);
});

test('a name that Kubernetes does not allow is refused', async () => {
  const answer = await target.as('admin').post(CLUSTERS, { metadata: { name: 'Wrong_Name', namespace: WORKSPACE } });

  expect(answer.status).toBe(422);
  expect(at(answer.body, 'message')).toContain('metadata.name: Invalid value: "Wrong_Name": a lowercase RFC 1123 subdomain must consist of');
});
