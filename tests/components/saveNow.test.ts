// A host whose form does not ask before it saves: the object is written by a button of our own.
import { afterEach, describe, expect, it } from 'vitest';
import { toRaw } from 'vue';

import type { RancherCluster } from '../../audit/cluster/rancherCluster';
import { clusterWith, secret } from './given';
import { mountForm, partsOf, settled, type MountedForm } from './host';
import { fakeRancher, type FakeRancher } from './rancher';

const EDIT = { name: 'c-cluster-product-resource-namespace-id', query: { mode: 'edit' } };
const CREATE = { name: 'c-cluster-product-resource-create', query: {} };
const K3S: RancherCluster = { metadata: { name: 'demo', namespace: 'fleet-default', resourceVersion: '1' }, spec: { kubernetesVersion: 'v1.34.2+k3s1', rkeConfig: { machineGlobalConfig: {} } } };

let form: MountedForm;
let rancher: FakeRancher;
const { find, press } = partsOf(() => form);

function mount(cluster: RancherCluster = K3S, route: typeof EDIT | typeof CREATE = EDIT, hasHooks = false): void {
  rancher = fakeRancher();
  form = mountForm({ cluster, route, hasHooks, request: rancher.request });
}

afterEach(() => form.wrapper.unmount());

describe('saving the object by hand', () => {
  it('is not there where the form asks, nor where there is nothing to write', async () => {
    mount(K3S, EDIT, true);
    await press('audit-turn-on');
    expect(find('audit-save-now').exists()).toBe(false);
    form.wrapper.unmount();

    mount();
    expect(find('audit-save-now').exists()).toBe(false);
  });

  it('is asked for, and done', async () => {
    mount();
    await press('audit-turn-on');
    expect(find('audit-save-now').attributes('data-state')).toBe('notSaved');
    expect(find('audit-review-findings').text()).toMatch(/Must be solved \(1\).*has to be saved before the cluster/);

    await press('audit-save-now-button');
    await settled();
    expect(rancher.writes).toMatchObject([{ method: 'POST', url: '/v1/secrets' }]);
    expect(find('audit-save-now').attributes('data-state')).toBe('saved');
    expect(find('audit-save-now-button').exists()).toBe(false);
    expect(document.activeElement?.textContent).toContain('is saved');
    expect(find('audit-review-findings').text()).not.toContain('has to be saved before');
  });

  it('says why it failed, and can be tried again', async () => {
    mount();
    await press('audit-turn-on');
    rancher.fail('POST', 500);
    await press('audit-save-now-button');
    await settled();
    expect(find('audit-save-now').attributes('data-state')).toBe('failed');
    expect(find('audit-save-now').text()).toContain('refused with 500');

    await press('audit-save-now-button');
    await settled();
    expect(find('audit-save-now').attributes('data-state')).toBe('saved');
  });

  it('is asked for again after an edit', async () => {
    mount();
    await press('audit-turn-on');
    await press('audit-save-now-button');
    await settled();
    await form.wrapper.get('[data-testid="audit-yaml"] textarea').setValue('apiVersion: audit.k8s.io/v1\nkind: Policy\nrules: [{ level: Request }]\n');
    expect(find('audit-save-now').attributes('data-state')).toBe('notSaved');
  });

  it('waits for a policy that kube-apiserver starts with', async () => {
    mount();
    await press('audit-turn-on');
    await form.wrapper.get('[data-testid="audit-yaml"] textarea').setValue('rules: [');
    expect(find('audit-save-now-button').attributes('disabled')).toBeDefined();
  });

  it('waits for the name of a new cluster', async () => {
    mount({ ...K3S, metadata: { namespace: 'fleet-default' } }, CREATE);
    await press('audit-turn-on');
    expect(find('audit-save-now').text()).toContain('Give the cluster its name first');
    expect(find('audit-save-now-button').attributes('disabled')).toBeDefined();
    (form.model.metadata as { name: string }).name = 'demo';
    await form.wrapper.vm.$nextTick();
    await press('audit-save-now-button');
    await settled();
    expect(rancher.writes).toMatchObject([{ data: { metadata: { annotations: { 'rke.cattle.io/object-authorized-for-clusters': 'demo' } } } }]);
  });

  it('promises nothing for after the save, which it would not hear of', async () => {
    const authorized = { 'rke.cattle.io/object-authorized-for-clusters': 'demo' };

    rancher = fakeRancher({ kind: 'Secret', metadata: { name: 'mine', namespace: 'fleet-default', annotations: authorized }, data: { 'audit-policy': btoa('apiVersion: audit.k8s.io/v1\nkind: Policy\nrules: [{ level: Metadata }]\n') } });
    form = mountForm({
      cluster:  { ...K3S, spec: { ...K3S.spec, rkeConfig: { machineGlobalConfig: { 'kube-apiserver-arg': ['audit-policy-file=/p'] }, machineSelectorFiles: [{ fileSources: [{ secret: { name: 'mine', items: [{ key: 'audit-policy', path: '/p' }] } }] }] } } },
      route:    EDIT,
      hasHooks: false,
      request:  rancher.request
    });
    await settled();
    await press('audit-turn-off');
    expect(find('audit-review').text()).toContain('(1 object)');
    expect(find('audit-delete-source').exists()).toBe(false);
  });

  it('offers the next time what the save before could not do: to take the cluster’s name out of what it left', async () => {
    const path = 'provisioning.cattle.io.clusters/fleet-default/demo';

    rancher = fakeRancher(secret('shared', 'demo,other'), secret('demo-audit-policy-00000001', 'demo'), secret('demo-audit-policy-00000002', 'demo'));
    for (const name of ['shared', 'demo-audit-policy-00000001']) {
      form = mountForm({ cluster: clusterWith(name), route: EDIT, hasHooks: false, request: rancher.request });
      await settled();
      await press('audit-turn-off');
      rancher.objects.set(path, structuredClone(toRaw(form.model)));
      form.wrapper.unmount();
    }
    expect(rancher.writes).toEqual([]);

    form = mountForm({ cluster: rancher.objects.get(path) ?? {}, route: EDIT, hasHooks: false, request: rancher.request });
    await settled();
    (find('audit-older').element as HTMLDetailsElement).open = true;
    await find('audit-older').trigger('toggle');
    await settled();
    expect(find('audit-older-state').text()).toContain('1 older object');
    expect(find('audit-named-state').text()).toBe('1 object with a policy names this cluster, which does not use it:');
    await press('audit-named-remove');
    await press('audit-named-confirm');
    await settled();
    await press('audit-older-remove');
    await press('audit-older-confirm');
    await settled();
    expect(rancher.writes).toMatchObject([
      { method: 'PUT', url: '/v1/secrets/fleet-default/shared', data: { metadata: { annotations: { 'rke.cattle.io/object-authorized-for-clusters': 'other' } } } },
      { method: 'DELETE', url: expect.stringMatching(/^\/v1\/secrets\/fleet-default\/demo-audit-policy-0000000[12]$/) as string }
    ]);
    expect(find('audit-older-state').text()).toBe('There are no older objects.');
    expect(find('audit-named-state').exists()).toBe(false);
  });

  it('knows what is changed by what the form opened with', async () => {
    mount({ ...K3S, spec: { kubernetesVersion: 'v1.34.2+rke2r1', rkeConfig: { machineGlobalConfig: { 'audit-policy-file': 'apiVersion: audit.k8s.io/v1\nkind: Policy\nrules: [{ level: Metadata }]\n' } } } });
    expect(find('audit-review').exists()).toBe(false);
    expect(find('audit-pending').exists()).toBe(false);
  });
});
