/** `/v1/subscribe`: messages about changes. */
import { afterEach, beforeEach, expect, test } from 'vitest';

import { CLUSTERS, CONFIG_MAPS, WORKSPACE, at, idsOf, objectAt, uniqueName, useTarget, type Json, type Subscription } from './target';

const target = useTarget();
const TYPE = 'configmap';
let socket: Subscription;

beforeEach(async () => {
  // Steve's cache of a type starts with the first list of it.
  await target.as('admin').get(CONFIG_MAPS);
  socket = await target.as('admin').subscribe();
});
afterEach(() => socket.close());

function named(name: string, more: (message: Json) => boolean = () => true): (message: Json) => boolean {
  return (message) => at(message, 'name') === name && more(message);
}

function about(id: string): (message: Json) => boolean {
  return (message) => at(message, 'data', 'id') === id;
}

async function start(request: { [key: string]: Json }): Promise<void> {
  socket.say(request);
  await socket.started();
}

async function aConfigMap(name: string): Promise<string> {
  await target.as('admin').post(CONFIG_MAPS, { metadata: { name, namespace: WORKSPACE } });

  return `${ WORKSPACE }/${ name }`;
}

test('a subscription starts, tells of a new, a changed and a removed object, and stops', async () => {
  const admin = target.as('admin');

  await start({ resourceType: TYPE });
  expect(socket.messages[0]).toEqual({ name: 'resource.start', resourceType: TYPE, data: { type: 'subscribe', links: {} } });

  const id = await aConfigMap(uniqueName('seen'));
  const created = await socket.message(named('resource.create', about(id)));

  expect(created).toMatchObject({ resourceType: TYPE, revision: at(created, 'data', 'metadata', 'resourceVersion'), data: { id, type: TYPE, metadata: { state: { name: 'active' } } } });

  await admin.patch(`${ CONFIG_MAPS }/${ id }`, { data: { key: 'value' } });
  expect(await socket.message(named('resource.change', about(id)))).toMatchObject({ data: { data: { key: 'value' } } });

  await admin.remove(`${ CONFIG_MAPS }/${ id }`);
  await socket.message(named('resource.remove', about(id)));

  socket.say({ resourceType: TYPE, stop: true });
  expect(await socket.message(named('resource.stop'))).toEqual({ name: 'resource.stop', resourceType: TYPE, data: { type: 'subscribe', links: {} } });
});

test('the same subscription twice starts once', async () => {
  await start({ resourceType: TYPE });
  socket.say({ resourceType: TYPE });
  socket.say({ resourceType: TYPE, stop: true });
  await socket.message(named('resource.stop'));

  expect(socket.messages.map((message) => at(message, 'name')).filter((name) => name === 'resource.start')).toHaveLength(1);
});

test('a subscription resumes after a revision that it names', async () => {
  const first = await aConfigMap(uniqueName('before'));
  const { body } = await target.as('admin').get(`${ CONFIG_MAPS }/${ first }`);

  await start({ resourceType: TYPE });
  const second = await aConfigMap(uniqueName('after'));

  await socket.message(named('resource.create', about(second)));
  socket.say({ resourceType: TYPE, stop: true });
  await socket.message(named('resource.stop'));

  const resumed = await target.as('admin').subscribe();

  resumed.say({ resourceType: TYPE, resourceVersion: String(at(body, 'metadata', 'resourceVersion')) });
  await resumed.message(named('resource.create', about(second)));
  expect(resumed.messages.filter(about(first))).toEqual([]);
  await resumed.close();
});

test.each(['1', '999999999', 'abc'])('a subscription after the unknown revision %s fails and stops', async (resourceVersion) => {
  await start({ resourceType: TYPE, resourceVersion });

  expect(await socket.message(named('resource.error'))).toEqual({ name: 'resource.error', resourceType: TYPE, data: { error: 'resourceversion too old' } });
  await socket.message(named('resource.stop'));
});

test('a type that the user does not have cannot be subscribed to', async () => {
  socket.say({ resourceType: 'nonsense' });

  expect(await socket.message(named('resource.error'))).toEqual({ name: 'resource.error', resourceType: 'nonsense', data: { error: 'failed to find schema nonsense' } });
  await socket.message(named('resource.stop'));
});

test('a request that is not JSON is answered and does not end the socket', async () => {
  socket.say('{bad');
  expect(at(await socket.message(named('resource.error')), 'data', 'error')).toEqual(expect.any(String));
  await start({ resourceType: TYPE });
});

test('a subscription to one object is named by namespace and id', async () => {
  const wanted = await aConfigMap(uniqueName('wanted'));
  const other = await aConfigMap(uniqueName('other'));
  const admin = target.as('admin');

  await start({ resourceType: TYPE, namespace: WORKSPACE, id: wanted.split('/')[1] ?? '' });
  await admin.patch(`${ CONFIG_MAPS }/${ other }`, { data: { key: 'value' } });
  await admin.patch(`${ CONFIG_MAPS }/${ wanted }`, { data: { key: 'value' } });

  expect(await socket.message(named('resource.change'))).toMatchObject({ namespace: WORKSPACE, id: wanted.split('/')[1], data: { id: wanted } });
});

test('a subscription by selector tells of objects that match before or after a change', async () => {
  const admin = target.as('admin');
  const label = uniqueName('label');
  const id = await aConfigMap(uniqueName('selected'));

  await start({ resourceType: TYPE, selector: `pick=${ label }` });
  await admin.patch(`${ CONFIG_MAPS }/${ id }`, { metadata: { labels: { pick: label } } });
  await admin.patch(`${ CONFIG_MAPS }/${ id }`, { metadata: { labels: { pick: 'no' } } });

  await socket.message(named('resource.change', (message) => at(message, 'data', 'metadata', 'labels', 'pick') === label));
  await socket.message(named('resource.change', (message) => at(message, 'data', 'metadata', 'labels', 'pick') === 'no'));
});

test('in the mode resource.changes the first change is told at once and later ones together, without the objects', async () => {
  const admin = target.as('admin');
  const id = await aConfigMap(uniqueName('batch'));
  const revision = objectAt((await admin.get(CONFIG_MAPS)).body)['revision'] ?? '';
  let last: Json | undefined = '';

  await start({ resourceType: TYPE, mode: 'resource.changes', debounceMs: 300, resourceVersion: revision });
  for (const key of ['a', 'b', 'c']) {
    last = at((await admin.patch(`${ CONFIG_MAPS }/${ id }`, { data: { [key]: 'value' } })).body, 'metadata', 'resourceVersion');
  }
  await socket.message(named('resource.changes', (message) => at(message, 'revision') === last));

  const changes = socket.messages.filter(named('resource.changes'));

  expect(changes.length).toBeLessThan(3);
  expect(changes[0]).toEqual({ name: 'resource.changes', resourceType: TYPE, revision: expect.any(String) as string, mode: 'resource.changes', data: { type: 'subscribe', links: {} } });
});

test('changes of the counts are told, of the changed types only', async () => {
  await start({ resourceType: 'count' });
  await aConfigMap(uniqueName('counted'));

  const counts = objectAt(await socket.message(named('resource.change')), 'data', 'counts');

  expect(Object.keys(counts)).toContain('configmap');
  expect(Object.keys(counts)).not.toContain('node');
});

test('a user is told only of objects that they may see', async () => {
  const admin = target.as('admin');
  const standard = await target.as('standard').subscribe();
  const hidden = `${ WORKSPACE }/${ uniqueName('hidden') }`;
  const own = `${ WORKSPACE }/${ target.ownCluster }`;

  await target.as('standard').get(CLUSTERS);
  standard.say({ resourceType: 'provisioning.cattle.io.cluster' });
  await standard.started();
  await admin.post(CLUSTERS, { metadata: { name: hidden.split('/')[1] ?? '', namespace: WORKSPACE }, spec: {} });
  await admin.patch(`${ CLUSTERS }/${ own }`, { metadata: { labels: { touched: uniqueName('at') } } });
  await standard.message(named('resource.change', about(own)));

  expect(standard.messages.filter(about(hidden))).toEqual([]);
  await standard.close();
  expect(idsOf(await target.as('standard').get(CLUSTERS))).not.toContain(hidden);
});

test('an unknown token gets no socket', async () => {
  const answer = await target.as('admin').get('/v1/subscribe', { authorization: 'Bearer nobody' });

  expect(answer.status).toBe(401);
});
