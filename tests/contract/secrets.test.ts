/** A Secret's own `type` against Steve's. */
import { expect, test } from 'vitest';

import { SECRETS, WORKSPACE, at, change, errorOf, objectAt, uniqueName, useTarget, type Json } from './target';

const target = useTarget();

function manifest(name: string, more: { [key: string]: Json } = {}): { [key: string]: Json } {
  return { metadata: { name, namespace: WORKSPACE }, data: { key: 'dmFsdWU=' }, ...more };
}

test('the native type of a Secret is read as _type, and type is Steve\'s', async () => {
  const admin = target.as('admin');
  const name = uniqueName('typed');

  await admin.post(SECRETS, manifest(name, { type: 'Opaque' }));

  const { body } = await admin.get(`${ SECRETS }/${ WORKSPACE }/${ name }`);

  expect([at(body, 'type'), at(body, '_type')]).toEqual(['secret', 'Opaque']);
});

test('POST does not map _type: the native type is what stands in type', async () => {
  const admin = target.as('admin');
  const name = uniqueName('posted');
  const answer = await admin.post(SECRETS, manifest(name, { type: 'secret', _type: 'kubernetes.io/basic-auth' }));

  expect(answer.status).toBe(201);
  expect(at(answer.body, '_type')).toBe('secret');
  expect(answer.headers.get('warning')).toContain('unknown field "_type"');
});

test('a Secret without a type is Opaque', async () => {
  expect(at((await target.as('admin').post(SECRETS, manifest(uniqueName('plain')))).body, '_type')).toBe('Opaque');
});

test('PUT maps _type back, so that a Secret that was read can be written', async () => {
  const admin = target.as('admin');
  const name = uniqueName('put');

  await admin.post(SECRETS, manifest(name, { type: 'example.com/kind' }));

  const answer = await change(admin, `${ SECRETS }/${ WORKSPACE }/${ name }`, (secret) => Object.assign(objectAt(secret, 'data'), { key: 'b3RoZXI=' }));

  expect(answer.status).toBe(200);
  expect([at(answer.body, '_type'), at(answer.body, 'data', 'key')]).toEqual(['example.com/kind', 'b3RoZXI=']);
});

test('the type of a Secret cannot be changed', async () => {
  const admin = target.as('admin');
  const name = uniqueName('fixed');

  await admin.post(SECRETS, manifest(name));

  const answer = await change(admin, `${ SECRETS }/${ WORKSPACE }/${ name }`, (secret) => Object.assign(secret, { _type: 'example.com/kind' }));

  expect(errorOf(answer)).toEqual({
    status: 422, type: 'error', code: 'Invalid', message: `Secret "${ name }" is invalid: type: Invalid value: "example.com/kind": field is immutable`
  });
});

test('stringData becomes data', async () => {
  const answer = await target.as('admin').post(SECRETS, { metadata: { name: uniqueName('string'), namespace: WORKSPACE }, stringData: { key: 'value' } });

  expect([at(answer.body, 'data'), at(answer.body, 'stringData')]).toEqual([{ key: 'dmFsdWU=' }, undefined]);
});

test('data that is not base64 is a bad request', async () => {
  expect(errorOf(await target.as('admin').post(SECRETS, manifest(uniqueName('bad'), { data: { key: '***' } })))).toEqual({
    status: 400, type: 'error', code: 'BadRequest', message: 'Secret in version "v1" cannot be handled as a Secret: illegal base64 data at input byte 0'
  });
});

test('a Secret of more than a mebibyte is refused', async () => {
  const name = uniqueName('large');

  expect(errorOf(await target.as('admin').post(SECRETS, manifest(name, { data: { key: Buffer.alloc(1024 * 1024 + 1).toString('base64') } })))).toEqual({
    status: 422, type: 'error', code: 'Invalid', message: `Secret "${ name }" is invalid: data: Too long: may not be more than 1048576 bytes`
  });
});
