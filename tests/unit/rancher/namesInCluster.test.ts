// What a cluster says of itself, and that nothing comes of a cluster that can't.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { startRancher, type Rancher } from '../../../demo/rancher/server';
import type { RancherCluster } from '../../../audit/cluster/rancherCluster';
import { namesInCluster } from '../../../rancher/namesInCluster';
import type { ApiRequest } from '../../../rancher/store';
import { apiAs } from './api';

let rancher: Rancher;

beforeAll(async () => {
  rancher = await startRancher({ port: 0 });
});
afterAll(() => rancher.close());

function clusterOf(id: string | undefined): RancherCluster {
  return { metadata: { name: 'demo', namespace: 'fleet-default' }, status: { ready: true, ...(id === undefined ? {} : { clusterName: id }) } };
}

describe('the names in a cluster', () => {
  it('are those of its custom resources, with scope and subresources, and of its namespaces', async () => {
    const names = await namesInCluster(await apiAs('admin', rancher.url), clusterOf('c-m-7fkq2wzd'));

    expect(names?.resources.find(({ resource }) => resource === 'certificates')).toEqual({
      group: 'cert-manager.io', resource: 'certificates', kind: 'Certificate', otherNames: ['certificate', 'cert', 'certs'], isNamespaced: true, verbs: expect.arrayContaining(['get', 'deletecollection']) as string[], subresources: new Map([['status', ['get', 'patch', 'update']]])
    });
    expect(names?.resources.find(({ resource }) => resource === 'clusterissuers')?.isNamespaced).toBe(false);
    expect(names?.namespaces).toContain('web-shop');
  });

  it.each([['a user who may not see it', 'standard', 'c-m-7fkq2wzd'], ['a cluster that is not there', 'admin', 'c-m-nowhere']] as const)('are none for %s', async (_, user, id) => {
    expect(await namesInCluster(await apiAs(user, rancher.url), clusterOf(id))).toEqual({ resources: [], namespaces: [] });
  });

  it.each([['a new cluster', clusterOf(undefined)], ['no cluster', undefined], ['a name that is a path', clusterOf('..')]])('are not asked for of %s', async (_, cluster) => {
    expect(await namesInCluster({ request: () => Promise.reject(new Error('asked')) }, cluster)).toBeUndefined();
  });

  it('are those of the management cluster that RKE1 is configured in', async () => {
    const asked: string[] = [];

    await namesInCluster({ request: ({ url }: ApiRequest) => Promise.resolve(void asked.push(url)) }, { metadata: { name: 'c-rk1dm' } });
    expect(asked[0]).toBe('/k8s/clusters/c-rk1dm/apis');
  });

  it.each([[null], ['text'], [{ items: 7, data: 'x' }], [{ items: [null, { metadata: { name: 7 }, versions: [{ resources: [{ resource: 'x' }] }] }, { metadata: { name: 'g' }, versions: [null, { resources: [null, { resource: 7 }, { resource: 'y'.repeat(300) }] }] }], data: [null, {}, { id: 'z'.repeat(300) }] }]])('are none in an answer of another form: %j', async (answer) => {
    expect(await namesInCluster({ request: () => Promise.resolve(answer) }, clusterOf('c-m-1'))).toEqual({ resources: [], namespaces: [] });
  });

  it('stand once, as the preferred version has them', async () => {
    const entry = (kind: string): object => ({ resource: 'widgets', responseKind: { kind }, scope: 'Namespaced', verbs: ['get'] });
    const answer = { items: [{ metadata: { name: 'example.com' }, versions: [{ version: 'v2', resources: [entry('New')] }, { version: 'v1', resources: [entry('Old')] }] }] };

    expect((await namesInCluster({ request: () => Promise.resolve(answer) }, clusterOf('c-m-1')))?.resources.map(({ kind }) => kind)).toEqual(['New']);
  });
});
