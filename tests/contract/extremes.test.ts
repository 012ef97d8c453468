/** What is large, foreign or at the same time. */
import { expect, test } from 'vitest';

import { CONFIG_MAPS, JSON_PATCH, SECRETS, WORKSPACE, at, errorOf, objectAt, uniqueName, useTarget, type Answer, type Client, type Json } from './target';

const target = useTarget();
const MEBIBYTE = 1024 * 1024;
const WRITERS = 8;

/** Right to left, composed and not, outside of the first plane, joined, controls, and what JSON and HTML escape. */
const TEXTS = ['审计', 'ሰላም مرحبا ‮abc', 'é é', '𝒜 👩‍👩‍👧', '\u0000\u0007\u007f\u0085\u2028', '<script>&"\'\\/</script>', '﻿mark', '\r\n\t'];

async function create(of: Client, data: Json): Promise<Answer> {
  return of.post(CONFIG_MAPS, { metadata: { name: uniqueName('cm'), namespace: WORKSPACE }, data });
}

function pathOf(answer: Answer): string {
  return `${ CONFIG_MAPS }/${ String(at(answer.body, 'id')) }`;
}

function statusesOf(answers: readonly Answer[]): number[] {
  return answers.map(({ status }) => status).sort();
}

test.each(TEXTS)('text is kept as it is: %j', async (text) => {
  const admin = target.as('admin');
  const created = await create(admin, { text });

  expect(created.status).toBe(201);
  expect(at((await admin.get(pathOf(created))).body, 'data', 'text')).toBe(text);
});

test('what is sent in an annotation and in a Secret is kept, too', async () => {
  const admin = target.as('admin');
  const text = TEXTS.join('');
  const name = uniqueName('foreign');
  const data = Buffer.from(text).toString('base64');

  expect((await admin.post(SECRETS, { metadata: { name, namespace: WORKSPACE, annotations: { 'example.com/text': text } }, data: { text: data } })).status).toBe(201);
  expect((await admin.get(`${ SECRETS }/${ WORKSPACE }/${ name }`)).body).toMatchObject({ metadata: { annotations: { 'example.com/text': text } }, data: { text: data } });
});

test('a name in letters of another script is refused', async () => {
  const answer = await target.as('admin').post(CONFIG_MAPS, { metadata: { name: '审计', namespace: WORKSPACE } });

  expect(errorOf(answer)).toMatchObject({ status: 422, code: 'Invalid' });
  expect(at(answer.body, 'message')).toContain('ConfigMap "审计" is invalid: metadata.name: Invalid value: "审计": a lowercase RFC 1123 subdomain must consist of');
});

test('an object that is as large as may be is stored and listed whole', async () => {
  const admin = target.as('admin');
  const text = 'ä'.repeat(MEBIBYTE / 2 - 8);
  const created = await create(admin, { text });

  expect(created.status).toBe(201);
  expect(at((await admin.get(pathOf(created))).body, 'data', 'text')).toBe(text);
  expect((await admin.remove(pathOf(created))).status).toBe(204);
});

test('a larger one is refused', async () => {
  const admin = target.as('admin');
  const metadata = { name: uniqueName('large'), namespace: WORKSPACE };
  const text = 'x'.repeat(MEBIBYTE + 1);

  expect(errorOf(await admin.post(CONFIG_MAPS, { metadata, data: { text } }))).toMatchObject({ status: 422, code: 'Invalid', message: `ConfigMap "${ metadata.name }" is invalid: []: Too long: may not be more than 1048576 bytes` });
  expect(errorOf(await admin.post(SECRETS, { metadata, stringData: { text } }))).toMatchObject({ status: 422, code: 'Invalid', message: `Secret "${ metadata.name }" is invalid: data: Too long: may not be more than 1048576 bytes` });
});

test('of writers who have read the same, one is stored and the others conflict', async () => {
  const admin = target.as('admin');
  const created = await create(admin, { by: 'nobody' });
  const path = pathOf(created);
  const read = objectAt((await admin.get(path)).body);
  const answers = await Promise.all(Array.from({ length: WRITERS }, (_, by) => admin.put(path, { ...read, data: { by: String(by) } })));
  const stored = answers.find(({ status }) => status === 200);

  expect(statusesOf(answers)).toEqual([200, ...Array.from({ length: WRITERS - 1 }, () => 409)]);
  expect(at((await admin.get(path)).body, 'data')).toEqual(at(stored?.body, 'data'));
});

test('patches of different fields at the same time are all stored', async () => {
  const admin = target.as('admin');
  const path = pathOf(await create(admin, {}));
  const keys = Array.from({ length: WRITERS }, (_, by) => `key-${ by }`);
  const answers = await Promise.all(keys.map((key) => admin.patch(path, { data: { [key]: 'x' } })));

  expect(new Set(statusesOf(answers))).toEqual(new Set([200]));
  expect(Object.keys(objectAt((await admin.get(path)).body, 'data')).sort()).toEqual(keys);
});

test('of patches that test what they replace, one is stored', async () => {
  const admin = target.as('admin');
  const path = pathOf(await create(admin, { by: 'nobody' }));
  const answers = await Promise.all(Array.from({ length: WRITERS }, (_, by) => admin.patch(path, [{ op: 'test', path: '/data/by', value: 'nobody' }, { op: 'replace', path: '/data/by', value: String(by) }], JSON_PATCH)));

  expect(statusesOf(answers)).toEqual([200, ...Array.from({ length: WRITERS - 1 }, () => 422)]);
});

test('of those who create the same name, one does', async () => {
  const admin = target.as('admin');
  const metadata = { name: uniqueName('same'), namespace: WORKSPACE };
  const answers = await Promise.all(Array.from({ length: WRITERS }, (_, by) => admin.post(CONFIG_MAPS, { metadata, data: { by: String(by) } })));

  expect(statusesOf(answers)).toEqual([201, ...Array.from({ length: WRITERS - 1 }, () => 409)]);
});

test('a removal wins over a write of what was read before it', async () => {
  const admin = target.as('admin');
  const path = pathOf(await create(admin, { by: 'nobody' }));
  const read = objectAt((await admin.get(path)).body);

  await admin.remove(path);
  expect(errorOf(await admin.put(path, { ...read, data: { by: 'late' } }))).toMatchObject({ status: 404, code: 'NotFound' });
});
