/** `/v3`, and the version lists of the distributions. */
import { expect, test } from 'vitest';

import { at, listAt, objectAt, useRancher, type Json } from './target';

const rancher = useRancher();

test.each(['admin', 'standard', 'readonly'] as const)('the principal of %s is the one that is me', async (user) => {
  const { body } = await rancher.as(user).get('/v3/principals');

  expect(at(body, 'type')).toBe('collection');
  expect(listAt(body, 'data').filter((principal) => at(principal, 'me') === true)).toMatchObject([{ type: 'principal', loginName: user, provider: 'local', principalType: 'user' }]);
});

test('/v3/users?me=true is oneself alone', async () => {
  expect(listAt((await rancher.as('standard').get('/v3/users?me=true')).body, 'data')).toMatchObject([{ type: 'user', username: 'standard', me: true, mustChangePassword: false }]);
});

test('/v3/schemas names the types that the dashboards ask for', async () => {
  const admin = rancher.as('admin');
  const { body } = await admin.get('/v3/schemas');
  const schema = (id: string): Json | undefined => listAt(body, 'data').find((one) => at(one, 'id') === id);

  expect(schema('cluster')).toMatchObject({ type: 'schema', pluralName: 'clusters', links: { collection: `${ admin.url }/v3/clusters` } });
  for (const id of ['cloudCredential', 'clusterRegistrationToken', 'principal', 'setting', 'token', 'user']) {
    expect([id, at(schema(id), 'type')]).toEqual([id, 'schema']);
  }
});

test('/v3/settings shows the same values as /v1', async () => {
  expect((await rancher.as('admin').get('/v3/settings/server-version')).body).toMatchObject({ id: 'server-version', type: 'setting', value: 'v2.15.0' });
});

test('/v3/clusters shows a user the clusters that /v1 shows them', async () => {
  const names = async (user: 'admin' | 'standard'): Promise<unknown[]> => listAt((await rancher.as(user).get('/v3/clusters')).body, 'data').map((cluster) => at(cluster, 'name'));

  expect(await names('standard')).toEqual(['docs-inline']);
  expect(await names('admin')).toEqual(expect.arrayContaining(['local', 'prod-custom']));
});

test('a type or an id that is not there is a Norman error', async () => {
  const admin = rancher.as('admin');

  for (const path of ['/v3/nonsense', '/v3/clusters/nonsense']) {
    expect(await admin.get(path)).toMatchObject({ status: 404, body: { baseType: 'error', type: 'error', code: 'NotFound', status: 404 } });
  }
});

test.each([['rke2', 'v1.34.2+rke2r1'], ['k3s', 'v1.34.2+k3s1']])('the releases of %s have the arguments that the cluster form and the planner know', async (distribution, version) => {
  const { body } = await rancher.as('admin').get(`/v1-${ distribution }-release/releases`);
  const release = objectAt(listAt(body, 'data').find((one) => at(one, 'id') === version));

  expect(objectAt(release, 'serverArgs')).toHaveProperty('kube-apiserver-arg', { type: 'array' });
  expect([Object.hasOwn(objectAt(release, 'serverArgs'), 'audit-policy-file'), Object.hasOwn(objectAt(release, 'agentArgs'), 'audit-policy-file')])
    .toEqual(distribution === 'rke2' ? [true, true] : [false, false]);
  expect(at(release, 'agentArgs', 'profile', 'options')).toEqual(distribution === 'rke2' ? ['cis', 'cis-1.23'] : undefined);
});

test('the default channel of a distribution names one of its releases', async () => {
  const admin = rancher.as('admin');
  const latest = at((await admin.get('/v1-rke2-release/channels')).body, 'data', 0, 'latest');

  expect(listAt((await admin.get('/v1-rke2-release/releases')).body, 'data').map((release) => at(release, 'id'))).toContain(latest);
});
