// A cluster that is being created: named last, renamed after a failure, moved from one runtime to the other.
import { afterEach, describe, expect, it } from 'vitest';

import type { RancherCluster } from '../../audit/cluster/rancherCluster';
import { AUTHORIZED, type SourceObject } from '../../audit/cluster/sources';
import { METADATA } from '../../audit/presets/metadata';
import { mountForm, partsOf, type MountedForm } from './host';
import { fakeRancher, type FakeRancher } from './rancher';

const RKE2 = 'v1.34.2+rke2r1';
const K3S = 'v1.34.2+k3s1';
const PRESET = METADATA.policy;

let form: MountedForm;
let rancher: FakeRancher;
const { get, press } = partsOf(() => form);
const config = () => form.model.spec?.rkeConfig?.machineGlobalConfig ?? {};
const sourceName = () => form.model.spec?.rkeConfig?.machineSelectorFiles?.[0]?.fileSources?.[0]?.secret?.name;
const writes = () => rancher.writes.map(({ method, url }) => `${ method } ${ url }`);
const objects = () => [...rancher.objects.keys()];

async function rename(name: string): Promise<void> {
  (form.model.metadata as { name: string }).name = name;
  await form.wrapper.vm.$nextTick();
}

async function choose(version: string): Promise<void> {
  (form.model.spec as { kubernetesVersion: string }).kubernetesVersion = version;
  await form.wrapper.vm.$nextTick();
}

function mount(version: string, methods?: Record<string, string[]>, mode: 'create' | 'edit' = 'create'): void {
  const cluster: RancherCluster = { metadata: { namespace: 'fleet-default', ...mode === 'edit' ? { name: 'demo', resourceVersion: '1' } : {} }, spec: { kubernetesVersion: version, rkeConfig: { machineGlobalConfig: {} } } };

  rancher = fakeRancher();
  form = mountForm({ cluster, mode, request: rancher.request, methods });
}

afterEach(() => form.wrapper.unmount());

describe('the name', () => {
  it('is followed by the object, letter by letter', async () => {
    mount(K3S);
    await press('audit-turn-on');
    expect(get('audit-source-name').text()).toContain('(the cluster’s name)');
    expect(get('audit-status').attributes('data-state')).toBe('on');
    await rename('d');
    await rename('demo');
    expect(sourceName()).toMatch(/^demo-audit-policy-[\da-f]{8}$/);
    expect(get('audit-source-annotation').text()).toBe(`${ AUTHORIZED }: demo`);
    expect(form.model.spec?.rkeConfig?.machineSelectorFiles).toHaveLength(1);
  });

  it('can change after a create that failed: the object of the earlier name goes once the cluster is there', async () => {
    mount(K3S);
    await press('audit-turn-on');
    await rename('first');
    await form.save(form.model);
    const orphan = `secrets/fleet-default/${ sourceName() }`;

    // The host's POST of the cluster failed. The same name again needs nothing more.
    await form.save(form.model);
    expect(writes()).toEqual(['POST /v1/secrets']);

    await rename('second');
    await form.save(form.model);
    expect(sourceName()).toMatch(/^second-audit-policy-/);
    expect(objects()).toEqual([orphan, `secrets/fleet-default/${ sourceName() }`]);
    await form.afterSave();
    expect(objects()).toEqual([`secrets/fleet-default/${ sourceName() }`]);
    expect(form.warnings).toEqual([]);
  });

  it('can go back to the first, whose object is still there', async () => {
    mount(K3S);
    await press('audit-turn-on');
    await rename('first');
    await form.save(form.model);
    await rename('second');
    await rename('first');
    await form.save(form.model);
    await form.afterSave();
    expect(writes()).toEqual(['POST /v1/secrets']);
  });

  it('leaves an object that was there before this form', async () => {
    mount(K3S);
    await press('audit-turn-on');
    await rename('first');
    rancher.objects.set(`secrets/fleet-default/${ sourceName() }`, { metadata: { name: sourceName(), namespace: 'fleet-default', annotations: { [AUTHORIZED]: 'first' } }, data: { 'audit-policy': btoa(PRESET) } });
    await form.save(form.model);
    await rename('second');
    await form.save(form.model);
    await form.afterSave();
    expect(writes()).toEqual(['POST /v1/secrets']);
    expect(objects()).toHaveLength(2);
  });

  it('of an edited cluster is not followed: what it uses was made for it', async () => {
    mount(K3S, undefined, 'edit');
    await press('audit-turn-on');
    const name = sourceName();

    await rename('other');
    expect(sourceName()).toBe(name);
  });
});

describe('a user who may only create', () => {
  const CREATE_ONLY = { 'secret': ['POST'], 'provisioning.cattle.io.cluster': ['GET', 'POST'] };

  it('creates a cluster with its object, and again after a failure', async () => {
    mount(K3S, CREATE_ONLY);
    await press('audit-turn-on');
    await rename('mine');
    rancher.fail('GET', 403, 9);
    await form.save(form.model);
    await form.save(form.model);
    expect(writes()).toEqual(['POST /v1/secrets']);
  });

  it('takes another name where an object that it can’t read has the first', async () => {
    mount(K3S, CREATE_ONLY);
    await press('audit-turn-on');
    await rename('mine');
    rancher.fail('GET', 403, 9);
    rancher.fail('POST', 409);
    await form.save(form.model);
    expect(get('audit-status').attributes('data-state')).toBe('on');
    expect(new Set(rancher.writes.map(({ data }) => (data as SourceObject).metadata.name)).size).toBe(2);
  });

  it('has nothing removed that another page has made', async () => {
    mount(K3S, CREATE_ONLY);
    await press('audit-turn-on');
    await rename('first');
    rancher.fail('GET', 403, 9);
    rancher.fail('POST', 409);
    await form.save(form.model);
    await rename('second');
    await form.save(form.model);
    await form.afterSave();
    const [taken] = rancher.writes.flatMap(({ data }) => data ? [(data as SourceObject).metadata.name] : []);

    expect(writes().filter((write) => write.startsWith('DELETE'))).toHaveLength(1);
    expect(writes()).not.toContain(`DELETE /v1/secrets/fleet-default/${ taken }`);
  });

  it('is told which object stays after a rename', async () => {
    mount(K3S, CREATE_ONLY);
    await press('audit-turn-on');
    await rename('first');
    rancher.fail('GET', 403, 9);
    await form.save(form.model);
    const orphan = sourceName();

    await rename('second');
    await form.save(form.model);
    rancher.fail('DELETE', 403);
    await form.afterSave();
    expect(form.warnings).toEqual([{ title: `The cluster was saved. Secret ${ orphan }, which was made for its earlier name, is still there:`, message: 'refused with 403' }]);
  });

  it('is offered no ConfigMap', async () => {
    mount(K3S, CREATE_ONLY);
    await press('audit-turn-on');
    expect(get('audit-delivery-configmap').attributes('disabled')).toBeDefined();
    expect(get('audit-delivery').text()).toContain('You may not create a ConfigMap here');
  });
});

describe('another runtime', () => {
  it('takes an inline policy into a Secret, and back', async () => {
    mount(RKE2);
    await rename('demo');
    await press('audit-turn-on');
    await choose(K3S);
    expect(config()['audit-policy-file']).toBeUndefined();
    expect(config()['kube-apiserver-arg']).toContain('audit-log-path=/var/lib/rancher/k3s/server/logs/audit.log');
    expect(sourceName()).toMatch(/^demo-audit-policy-/);
    expect(get('audit-review-findings').text()).toContain('The policy is in a Secret now');
    expect(get('audit-status').attributes('data-state')).toBe('on');

    await choose(RKE2);
    expect(config()).toEqual({ 'audit-policy-file': PRESET });
    expect(form.model.spec?.rkeConfig).not.toHaveProperty('machineSelectorFiles');
  });

  it('keeps an edit that was made in between', async () => {
    const edited = PRESET.replace('level: Metadata', 'level: Request');

    mount(RKE2);
    await press('audit-turn-on');
    await choose(K3S);
    await get('audit-yaml').get('textarea').setValue(edited);
    await choose(RKE2);
    expect(config()).toEqual({ 'audit-policy-file': edited });
  });

  it('turns it off, and says so, where the user may create no Secret', async () => {
    mount(RKE2, { configmap: [] });
    await press('audit-turn-on');
    await choose(K3S);
    expect(config()).toEqual({});
    expect(get('audit-findings').text()).toContain('is turned off');
    await choose(RKE2);
    expect(config()).toEqual({ 'audit-policy-file': PRESET });
  });

  it('is taken into account by a save in the same breath', async () => {
    mount(RKE2);
    await rename('demo');
    await press('audit-turn-on');
    (form.model.spec as { kubernetesVersion: string }).kubernetesVersion = K3S;
    await form.save(form.model);
    expect(writes()).toEqual(['POST /v1/secrets']);
    expect(config()['audit-policy-file']).toBeUndefined();
  });

  it('leaves what did not come from here to the user', async () => {
    mount(RKE2);
    Object.assign(config(), { 'audit-policy-file': 'rules: []' });
    await choose(K3S);
    expect(config()).toEqual({ 'audit-policy-file': 'rules: []' });
    expect(get('audit-findings').text()).toContain('Rancher drops');
  });

  it('of a cluster that exists is none of our business', async () => {
    mount(RKE2, undefined, 'edit');
    await press('audit-turn-on');
    await choose(K3S);
    expect(config()).toEqual({ 'audit-policy-file': PRESET });
  });

  it('waits while the host has no version', async () => {
    mount(RKE2);
    await press('audit-turn-on');
    await choose('');
    await choose(K3S);
    expect(config()['audit-policy-file']).toBeUndefined();
    expect(sourceName()).toBeDefined();
  });
});
