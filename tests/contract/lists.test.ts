/** Lists through `/v1`: the envelope, pages, filters, order. */
import { beforeAll, expect, test } from 'vitest';

import { CLUSTERS, WORKSPACE, at, errorOf, eventually, idsOf, listAt, objectAt, uniqueName, useTarget, type Answer } from './target';

const target = useTarget();
const set = uniqueName('set');
const names = ['a', 'b', 'c', 'd'].map((letter) => `${ set }-${ letter }`);
const ids = names.map((name) => `${ WORKSPACE }/${ name }`);

beforeAll(async () => {
  const admin = target.as('admin');

  for (const [index, name] of names.entries()) {
    await admin.post(CLUSTERS, {
      metadata: { name, namespace: WORKSPACE, labels: { set, ...(index === 0 ? { first: 'Yes' } : {}) } },
      spec: { kubernetesVersion: `v1.3${ index }.0+rke2r1` }
    });
  }
  // Steve lists from a cache that follows Kubernetes.
  await eventually(() => list(''), (answer) => idsOf(answer).length === names.length);
});

/** A list of this file's own clusters. */
function list(query: string): Promise<Answer> {
  return target.as('admin').get(`${ CLUSTERS }?filter=metadata.labels[set]=${ set }${ query === '' ? '' : `&${ query }` }`);
}

test('a list stands in an envelope with its type, revision and count', async () => {
  const admin = target.as('admin');
  const answer = await list('exclude=metadata.managedFields');

  expect(answer.status).toBe(200);
  expect({ ...objectAt(answer.body), data: [] }).toEqual({
    type: 'collection',
    links: { self: `${ admin.url }${ CLUSTERS }` },
    createTypes: { 'provisioning.cattle.io.cluster': `${ admin.url }${ CLUSTERS }` },
    actions: {},
    resourceType: 'provisioning.cattle.io.cluster',
    revision: expect.stringMatching(/^\d+$/) as string,
    count: 4,
    data: []
  });
});

test('the objects of a list carry the same as one that is read by itself', async () => {
  const { status: _status, ...first } = objectAt(listAt((await list('')).body, 'data')[0]);

  expect(Object.keys(first)).toEqual(expect.arrayContaining(['id', 'type', 'links', 'apiVersion', 'kind', 'metadata', 'spec']));
  expect(at(first, 'metadata', 'state', 'name')).toEqual(expect.any(String));
  expect(at(first, 'metadata', 'fields', 1)).toBe('v1.30.0+rke2r1');
});

test('an empty list has no count', async () => {
  const answer = await list('filter=metadata.name=nothing');

  expect(idsOf(answer)).toEqual([]);
  expect(at(answer.body, 'count')).toBeUndefined();
});

test('a list is in the order of its ids unless another is asked for', async () => {
  expect(idsOf(await list(''))).toEqual(ids);
  expect(idsOf(await list('sort=-metadata.name'))).toEqual([...ids].reverse());
  expect(idsOf(await list('sort=-metadata.fields[1],id'))).toEqual([...ids].reverse());
});

test('a page holds its part, says how many there are, and where the next one is', async () => {
  const first = await list('page=1&pagesize=3');

  expect(idsOf(first)).toEqual(ids.slice(0, 3));
  expect(objectAt(first.body)).toMatchObject({ count: 4, continue: '3', pagination: { partial: true, next: expect.stringContaining('continue=3') as string } });
  expect(idsOf(await list('page=2&pagesize=3'))).toEqual(ids.slice(3));
  expect(idsOf(await list('page=9&pagesize=3'))).toEqual([]);
});

test('the last page has no next one', async () => {
  const last = objectAt((await list('page=2&pagesize=3')).body);

  expect([last['continue'], last['pagination']]).toEqual([undefined, undefined]);
});

test('without a page size the whole list is answered, whatever limit says', async () => {
  expect(idsOf(await list('limit=1'))).toEqual(ids);
  expect(idsOf(await list('pagesize=0'))).toEqual(ids);
});

test.each([
  [`filter=metadata.name=${ names[1] ?? '' }`, [1]],
  [`filter=metadata.name="${ names[1] ?? '' }"`, [1]],
  [`filter=metadata.name=${ set }`, []],
  [`filter=metadata.name~${ set.toUpperCase() }`, [0, 1, 2, 3]],
  [`filter=metadata.name=${ (names[1] ?? '').toUpperCase() }`, []],
  [`filter=metadata.name!=${ names[1] ?? '' }`, [0, 2, 3]],
  [`filter=metadata.name!~${ names[1] ?? '' }`, [0, 2, 3]],
  [`filter=metadata.name=${ names[0] ?? '' },metadata.name=${ names[3] ?? '' }`, [0, 3]],
  [`filter=metadata.name=${ names[0] ?? '' }&filter=metadata.name=${ names[3] ?? '' }`, []],
  [`filter=metadata.name IN (${ names[0] ?? '' },${ names[3] ?? '' })`, [0, 3]],
  [`filter=metadata.name NOTIN (${ names[0] ?? '' },${ names[3] ?? '' })`, [1, 2]],
  [`filter=id=${ ids[2] ?? '' }`, [2]],
  ['filter=metadata.labels[first]', [0]],
  ['filter=!metadata.labels[first]', [1, 2, 3]],
  ['filter=metadata.labels[first]!=Yes', [1, 2, 3]],
  ['filter=metadata.fields[1]~v1.32', [2]],
  [`projectsornamespaces=${ WORKSPACE }`, [0, 1, 2, 3]],
  ['projectsornamespaces=elsewhere', []],
  [`projectsornamespaces!=${ WORKSPACE }`, []]
])('a list can be narrowed by %s', async (query, expected) => {
  expect(idsOf(await list(query.replaceAll(' ', '%20')))).toEqual(expected.map((index) => ids[index]));
});

test('a filter or an order by a field that is not indexed is refused', async () => {
  const refused = { status: 422, type: 'error', code: 'InvalidBodyContent', message: 'column is invalid [spec.nonsense]: supplied column is invalid' };

  expect(errorOf(await list('filter=spec.nonsense=1'))).toEqual(refused);
  expect(errorOf(await list('sort=spec.nonsense'))).toEqual(refused);
});

test('a filter that cannot be read is an error, not a crash', async () => {
  expect(errorOf(await list('filter===='))).toMatchObject({ status: 500, code: 'ServerError' });
});

test('a list by an unknown revision is refused, so that a stale server is noticed', async () => {
  expect(errorOf(await list('revision=999999999'))).toEqual({ status: 400, type: 'error', code: 'unknown revision', message: 'unknown revision' });
  expect(errorOf(await list('revision=x'))).toMatchObject({ status: 400, code: 'invalid revision query param' });
  expect(idsOf(await list('revision=1'))).toEqual(ids);
});

test('a namespace in the URL narrows the list', async () => {
  const admin = target.as('admin');

  expect(idsOf(await admin.get(`${ CLUSTERS }/${ WORKSPACE }?filter=metadata.labels[set]=${ set }`))).toEqual(ids);
  expect(idsOf(await admin.get(`${ CLUSTERS }/elsewhere`))).toEqual([]);
});

test('a summary counts the values of a field, without the objects if so wanted', async () => {
  const answer = await list('summary=metadata.fields[1]&summaryonly');

  expect(idsOf(answer)).toEqual([]);
  expect(at(answer.body, 'summary', 0, 'counts', 'v1.31.0+rke2r1')).toEqual({ total: 1 });
});
