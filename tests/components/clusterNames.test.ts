// Names of the cluster itself among the suggestions: asked for when a rule is opened, and missed by nobody where they don't come.
import { afterEach, describe, expect, it } from 'vitest';

import { METADATA } from '../../audit/presets/metadata';
import type { RancherCluster } from '../../audit/cluster/rancherCluster';
import type { ApiRequest } from '../../rancher/store';
import { mountForm, partsOf, press as pressKeys, settled, type MountedForm } from './host';

let form: MountedForm;
const { get, press } = partsOf(() => form);
const asked: ApiRequest[] = [];

afterEach(() => {
  form.wrapper.unmount();
  asked.length = 0;
});

const CLUSTER = {
  metadata: { name: 'demo', namespace: 'fleet-default', resourceVersion: '1' },
  spec:     { kubernetesVersion: 'v1.34.2+rke2r1', rkeConfig: { machineGlobalConfig: { 'audit-policy-file': METADATA.policy } } },
  status:   { ready: true, clusterName: 'c-m-1' }
} as RancherCluster;

const DISCOVERY = { items: [{ metadata: { name: 'cert-manager.io' }, versions: [{ version: 'v1', resources: [{ resource: 'certificates', responseKind: { kind: 'Certificate' }, scope: 'Namespaced', singularResource: 'certificate', verbs: ['get'] }] }] }] };

async function openRule(answer: (url: string) => Promise<unknown>, options: Partial<Parameters<typeof mountForm>[0]> = {}): Promise<void> {
  form = mountForm({ cluster: CLUSTER, request: (request) => {
    asked.push(request);

    return answer(request.url);
  }, ...options });
  await settled();
  expect(asked.filter(({ url }) => url.startsWith('/k8s/'))).toEqual([]);
  await get('audit-rule-0').get('.sentence').trigger('click');
  await press('audit-add-group');
  await settled();
}

async function offered(testId: string, typed: string): Promise<string[]> {
  const input = testId === 'audit-group' ? get(testId) : get(testId).get('input');

  await input.setValue(typed);
  const values = form.wrapper.findAll('[role="option"] .value').map((option) => option.text());

  await input.setValue('');
  await pressKeys(input, 'Escape');

  return values;
}

describe('a cluster that answers', () => {
  it('offers its groups and namespaces, and is asked once and so that a refusal does not end the session', async () => {
    await openRule((url) => Promise.resolve(url.endsWith('/apis') ? DISCOVERY : { data: [{ id: 'web-shop' }] }));
    expect(await offered('audit-group', 'certificates')).toEqual(['certificates.k8s.io', 'cert-manager.io']);
    expect(await offered('audit-namespaces', 'web')).toEqual(['web-shop']);
    await get('audit-rule-0').get('.sentence').trigger('click');
    await get('audit-rule-0').get('.sentence').trigger('click');
    expect(asked.filter(({ url }) => url.startsWith('/k8s/')).map(({ url, redirectUnauthorized }) => [url.split('?')[0], redirectUnauthorized])).toEqual([['/k8s/clusters/c-m-1/apis', false], ['/k8s/clusters/c-m-1/v1/namespaces', false]]);
  });
});

describe('a request that is tried', () => {
  const OWN = { items: [{ metadata: { name: 'management.cattle.io' }, versions: [{ version: 'v3', resources: [{ resource: 'settings', responseKind: { kind: 'Setting' }, scope: 'Cluster', singularResource: 'setting', verbs: ['get', 'list'] }] }] }] };

  async function openRequest(answer: () => Promise<unknown>): Promise<void> {
    form = mountForm({ cluster: CLUSTER, request: (request) => {
      asked.push(request);

      return request.url.endsWith('/apis') ? answer() : Promise.resolve({ data: [] });
    } });
    await settled();
    expect(asked.filter(({ url }) => url.startsWith('/k8s/'))).toEqual([]);
    const details = get('audit-request').get<HTMLDetailsElement>('details');

    details.element.open = true;
    await details.trigger('toggle');
    await settled();
    await get('audit-request-form-kubectl').setValue(true);
    await get('audit-request-kubectl').get('input').setValue('kubectl get settings.management.cattle.io');
  }

  it('is one for the scope that the cluster has for a resource, and is kept as that', async () => {
    await openRequest(() => Promise.resolve(OWN));
    expect(get('audit-request-event').text()).not.toContain('namespaces/default');
    expect(get('audit-request-answer').text()).not.toContain('It is assumed that objects');
    await press('audit-request-expect');
    await settled();
    expect(get('audit-expectation-0').find('code').text()).toBe('list settings.management.cattle.io');
    await get('audit-request-form-resource').setValue(true);
    await get('audit-request-resource').get('input').setValue('settings');
    expect([get('audit-request-group'), get('audit-request-namespace')].map((field) => field.get<HTMLInputElement>('input').element.value)).toEqual(['management.cattle.io', '']);
    expect(get('audit-request-namespace').get<HTMLInputElement>('input').element.disabled).toBe(true);
  });

  it('says that it is a guess where the cluster can’t say', async () => {
    await openRequest(() => Promise.reject(new Error('forbidden')));
    expect(get('audit-request-event').text()).toContain('namespaces/default');
    expect(get('audit-request-guessed').text()).toContain('does not have settings.management.cattle.io');
  });
});

describe('Kubernetes’ own names stay', () => {
  it.each([
    ['is forbidden', () => Promise.reject(Object.assign(new Error('forbidden'), { status: 403 }))],
    ['is down', () => Promise.reject(Object.assign(new Error('cluster not found'), { status: 503 }))],
    ['is slow', () => new Promise<never>(() => undefined)]
  ])('where the cluster %s', async (_, answer) => {
    await openRule(answer);
    expect(await offered('audit-group', 'apps')).toEqual(['apps']);
    expect(await offered('audit-namespaces', 'kube-s')).toEqual(['kube-system']);
    expect(form.warnings).toEqual([]);
  });

  it('where the cluster is new, which nobody can ask', async () => {
    await openRule(() => Promise.reject(new Error('not found')), { mode: 'create' });
    expect(await offered('audit-group', 'apps')).toEqual(['apps']);
    expect(asked.filter(({ url }) => url.startsWith('/k8s/'))).toEqual([]);
  });
});
