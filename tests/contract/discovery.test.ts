/** What a cluster serves, in one answer: the local one as it is, a sample cluster from the seed. */
import { expect, test } from 'vitest';

import { at, errorOf, listAt, useRancher, useTarget, type Answer, type Json } from './target';

const target = useTarget();
const rancher = useRancher();
const ACCEPT = ['v2', 'v2beta1'].map((version) => `application/json;g=apidiscovery.k8s.io;v=${ version };as=APIGroupDiscoveryList`).concat('application/json').join(',');

function resourceIn(answer: Answer, group: string, resource: string): Json | undefined {
  const found = listAt(answer.body, 'items').find((item) => at(item, 'metadata', 'name') === group);

  return found && listAt(found, 'versions').flatMap((version) => listAt(version, 'resources')).find((each) => at(each, 'resource') === resource);
}

test('discovery says of each resource its scope, its verbs and its subresources', async () => {
  const answer = await target.as('admin').get('/apis', { accept: ACCEPT });

  expect([answer.status, at(answer.body, 'kind')]).toEqual([200, 'APIGroupDiscoveryList']);
  expect(resourceIn(answer, 'provisioning.cattle.io', 'clusters')).toMatchObject({ scope: 'Namespaced', singularResource: 'cluster', responseKind: { kind: 'Cluster' }, verbs: expect.arrayContaining(['get', 'list', 'deletecollection']) as Json, subresources: [{ subresource: 'status', verbs: expect.arrayContaining(['get', 'patch', 'update']) as Json }] });
  expect(resourceIn(answer, 'management.cattle.io', 'settings')).toMatchObject({ scope: 'Cluster' });
});

test('discovery is for everybody who has signed in', async () => {
  expect(resourceIn(await target.as('standard').get('/apis', { accept: ACCEPT }), 'provisioning.cattle.io', 'clusters')).toBeDefined();
});

test('who does not ask for it gets the groups alone', async () => {
  expect(at((await target.as('admin').get('/apis')).body, 'kind')).toBe('APIGroupList');
});

test('a sample cluster has custom resources and namespaces, for those who may see it', async () => {
  const path = '/k8s/clusters/c-m-7fkq2wzd';
  const admin = rancher.as('admin');

  expect(resourceIn(await admin.get(`${ path }/apis`, { accept: ACCEPT }), 'cert-manager.io', 'clusterissuers')).toMatchObject({ scope: 'Cluster', subresources: [{ subresource: 'status' }] });
  expect(listAt((await admin.get(`${ path }/v1/namespaces`)).body, 'data').map((item) => at(item, 'id'))).toContain('web-shop');
  expect(errorOf(await rancher.as('standard').get(`${ path }/apis`))).toMatchObject({ status: 403 });
  expect(errorOf(await admin.get('/k8s/clusters/c-m-nowhere/apis'))).toMatchObject({ status: 503 });
});
