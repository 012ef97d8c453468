/** What the embedded Rancher can be told to do wrong. */
import { afterEach, describe, expect, test } from 'vitest';

import { CLUSTERS, SECRETS, WORKSPACE, at, errorOf, useRancher, type Json } from './target';

const rancher = useRancher();
const PROD = `${ CLUSTERS }/${ WORKSPACE }/prod-custom`;

async function fault(body: Json): Promise<void> {
  expect(await rancher.as('admin').post('/demo/faults', body)).toMatchObject({ status: 201 });
}

afterEach(async () => {
  await rancher.as('admin').remove('/demo/faults');
});

test('nothing goes wrong unless somebody asks for it', async () => {
  expect((await rancher.as('admin').get('/demo/faults')).body).toEqual({ faults: [] });
});

test.each([[403, 'Forbidden'], [404, 'NotFound'], [409, 'Conflict'], [500, 'InternalError']])('a request is answered with %d as Steve does', async (status, code) => {
  const admin = rancher.as('admin');

  await fault({ path: CLUSTERS, status });
  expect(errorOf(await admin.get(PROD))).toMatchObject({ status, type: 'error', code });
  expect(await admin.get(SECRETS)).toMatchObject({ status: 200 });
});

test('a fault happens as often as it was asked for', async () => {
  const admin = rancher.as('admin');

  await fault({ path: CLUSTERS, status: 500, count: 2 });
  expect((await admin.get(PROD)).status).toBe(500);
  expect(at((await admin.get('/demo/faults')).body, 'faults')).toEqual([{ path: CLUSTERS, status: 500, count: 1 }]);
  expect((await admin.get(PROD)).status).toBe(500);
  expect((await admin.get(PROD)).status).toBe(200);
  expect((await admin.get('/demo/faults')).body).toEqual({ faults: [] });
});

test('a fault may be about one method', async () => {
  const admin = rancher.as('admin');

  await fault({ method: 'PUT', path: CLUSTERS, status: 409 });

  const { body } = await admin.get(PROD);

  expect(errorOf(await admin.put(PROD, body ?? null))).toMatchObject({ status: 409, code: 'Conflict' });
  expect((await admin.patch(PROD, {})).status).toBe(200);
});

test('a path without a slash in front is a regular expression', async () => {
  const admin = rancher.as('admin');

  await fault({ path: 'secrets/[^/]+/.+$', status: 403 });
  expect((await admin.get(`${ SECRETS }/${ WORKSPACE }/dev-audit-policy`)).status).toBe(403);
  expect((await admin.get(SECRETS)).status).toBe(200);
});

test('a connection is dropped without an answer', async () => {
  const admin = rancher.as('admin');

  await fault({ path: CLUSTERS, drop: true, count: 1 });
  await expect(admin.put(PROD, {})).rejects.toThrow();
  expect((await admin.get(PROD)).status).toBe(200);
});

test('a subscription can fail too', async () => {
  const admin = rancher.as('admin');

  await fault({ path: '/v1/subscribe', drop: true, count: 1 });
  await expect(admin.subscribe()).rejects.toThrow();
  await fault({ path: '/v1/subscribe', status: 500, count: 1 });
  await expect(admin.subscribe()).rejects.toThrow();
  await (await admin.subscribe()).close();
});

test('an answer can be late, good or bad', async () => {
  const admin = rancher.as('admin');

  for (const [late, status] of [[{ delay: 150 }, 200], [{ delay: 150, status: 404 }, 404]] as const) {
    await fault({ path: CLUSTERS, count: 1, ...late });

    const start = performance.now();

    expect((await admin.get(PROD)).status).toBe(status);
    expect(performance.now() - start).toBeGreaterThan(140);
  }
});

test('what is no fault is refused', async () => {
  const admin = rancher.as('admin');

  for (const body of [{}, { path: '/v1' }, { path: '(', status: 500 }, { path: '/v1', status: 418 }, { path: '/v1', delay: -1 }, { path: '/v1', status: 500, often: 2 }, { path: '/v1', drop: 'yes' }]) {
    expect(await admin.post('/demo/faults', body)).toMatchObject({ status: 400 });
  }
});

describe('from the start', () => {
  const faulty = useRancher({ faults: [{ path: CLUSTERS, status: 500, count: 1 }] });

  test('a fault can be there', async () => {
    expect((await faulty.as('admin').get(PROD)).status).toBe(500);
    expect((await faulty.as('admin').get(PROD)).status).toBe(200);
  });
});
