/** PATCH through `/v1`. */
import { expect, test } from 'vitest';

import { CLUSTERS, JSON_PATCH, MERGE_PATCH, SECRETS, WORKSPACE, at, errorOf, eventually, objectAt, uniqueName, useTarget } from './target';

const target = useTarget();

async function aCluster(): Promise<string> {
  const name = uniqueName('patched');
  const admin = target.as('admin');

  await admin.post(CLUSTERS, {
    metadata: { name, namespace: WORKSPACE, labels: { a: 'one', b: 'two' } },
    spec: { kubernetesVersion: 'v1.34.2+rke2r1', rkeConfig: { machineGlobalConfig: { cni: 'calico', 'kube-apiserver-arg': ['a=1', 'b=2'] } } }
  });

  return `${ CLUSTERS }/${ WORKSPACE }/${ name }`;
}

test('a merge patch sets, replaces and, with null, removes', async () => {
  const admin = target.as('admin');
  const answer = await admin.patch(await aCluster(), { metadata: { labels: { a: 'new', b: null } }, spec: { rkeConfig: { machineGlobalConfig: { 'kube-apiserver-arg': ['c=3'] } } } });

  expect(answer.status).toBe(200);
  expect(at(answer.body, 'metadata', 'labels')).toEqual({ a: 'new' });
  expect(at(answer.body, 'spec', 'rkeConfig', 'machineGlobalConfig')).toEqual({ cni: 'calico', 'kube-apiserver-arg': ['c=3'] });
});

test('a merge patch with an old resourceVersion is a conflict', async () => {
  expect(errorOf(await target.as('admin').patch(await aCluster(), { metadata: { resourceVersion: '1', labels: { a: 'new' } } }))).toMatchObject({ status: 409, code: 'Conflict' });
});

test('a patch with dryRun answers what it would do and stores nothing', async () => {
  const admin = target.as('admin');
  const path = await aCluster();

  expect(at((await admin.patch(`${ path }?dryRun=All`, { metadata: { labels: { a: 'dry' } } })).body, 'metadata', 'labels', 'a')).toBe('dry');
  expect(at((await admin.get(path)).body, 'metadata', 'labels', 'a')).toBe('one');
});

test('a JSON patch is done when its tests hold', async () => {
  const answer = await target.as('admin').patch(await aCluster(), [
    { op: 'test', path: '/metadata/labels/a', value: 'one' },
    { op: 'replace', path: '/metadata/labels/a', value: 'json' },
    { op: 'add', path: '/spec/rkeConfig/machineGlobalConfig/kube-apiserver-arg/-', value: 'c=3' }
  ], JSON_PATCH);

  expect(answer.status).toBe(200);
  expect(at(answer.body, 'metadata', 'labels', 'a')).toBe('json');
  expect(at(answer.body, 'spec', 'rkeConfig', 'machineGlobalConfig', 'kube-apiserver-arg')).toEqual(['a=1', 'b=2', 'c=3']);
});

test('a JSON patch whose test fails changes nothing', async () => {
  const admin = target.as('admin');
  const path = await aCluster();

  expect(errorOf(await admin.patch(path, [
    { op: 'replace', path: '/metadata/labels/b', value: 'json' },
    { op: 'test', path: '/metadata/labels/a', value: 'something else' }
  ], JSON_PATCH))).toEqual({ status: 422, type: 'error', code: 'Invalid', message: 'the server rejected our request due to an error in our request' });
  expect(at((await admin.get(path)).body, 'metadata', 'labels', 'b')).toBe('two');
});

test('a JSON patch to a path that is not there is refused', async () => {
  expect(errorOf(await target.as('admin').patch(await aCluster(), [{ op: 'replace', path: '/metadata/labels/zzz/b', value: 'json' }], JSON_PATCH))).toMatchObject({ status: 422, code: 'Invalid' });
});

test('a patch that is not of its kind is a bad request', async () => {
  const admin = target.as('admin');
  const path = await aCluster();

  expect(errorOf(await admin.patch(path, { a: 1 }, JSON_PATCH))).toMatchObject({ status: 400, code: 'BadRequest' });
  expect(errorOf(await admin.send('PATCH', path, '{', { 'content-type': MERGE_PATCH }))).toMatchObject({ status: 400, code: 'BadRequest' });
});

test('a strategic merge patch, or one without a kind, is refused on a custom resource', async () => {
  const admin = target.as('admin');
  const path = await aCluster();
  const refused = {
    status: 415,
    type: 'error',
    code: 'UnsupportedMediaType',
    message: 'the body of the request was in an unknown format - accepted media types include: application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml'
  };

  expect(errorOf(await admin.patch(path, { metadata: { labels: { a: 'x' } } }, 'application/strategic-merge-patch+json'))).toEqual(refused);
  expect(errorOf(await admin.patch(path, { metadata: { labels: { a: 'x' } } }, 'application/json'))).toEqual(refused);
});

test('a strategic merge patch is done on a core type', async () => {
  const admin = target.as('admin');
  const name = uniqueName('strategic');

  await admin.post(SECRETS, { metadata: { name, namespace: WORKSPACE } });

  const answer = await admin.patch(`${ SECRETS }/${ WORKSPACE }/${ name }`, { metadata: { labels: { a: 'x' } } }, 'application/strategic-merge-patch+json');

  expect(at(answer.body, 'metadata', 'labels')).toEqual({ a: 'x' });
});

test('an object that is not there cannot be patched', async () => {
  expect(errorOf(await target.as('admin').patch(`${ CLUSTERS }/${ WORKSPACE }/nothing-here`, {}))).toEqual({
    status: 404, type: 'error', code: 'NotFound', message: 'clusters.provisioning.cattle.io "nothing-here" not found'
  });
});

test('a patch cannot rename an object', async () => {
  const admin = target.as('admin');
  const path = await aCluster();
  const before = path.split('/').at(-1);

  await admin.patch(path, { metadata: { name: 'renamed' } });

  expect(at((await eventually(() => admin.get(path), ({ status }) => status === 200)).body, 'metadata', 'name')).toBe(before);
  expect(objectAt((await admin.get(path)).body)['id']).toBe(`${ WORKSPACE }/${ before ?? '' }`);
});
