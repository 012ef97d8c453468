import { afterEach, describe, expect, it } from 'vitest';

import type { RancherCluster } from '../../audit/cluster/rancherCluster';
import { METADATA } from '../../audit/presets/metadata';
import { mountForm, partsOf, type MountedForm } from './host';

const BROKEN = 'rules: [';
const OFF: RancherCluster = { spec: { kubernetesVersion: 'v1.34.2+rke2r1', rkeConfig: { machineGlobalConfig: { b: 1, a: ['x'] } } } };

const withPolicy = (policy: unknown): RancherCluster => ({ spec: { kubernetesVersion: 'v1.34.2+rke2r1', rkeConfig: { machineGlobalConfig: { 'audit-policy-file': policy, cni: 'calico' } } } });

let form: MountedForm;
const { press } = partsOf(() => form);
const type = (text: string) => form.wrapper.get('[data-testid="audit-yaml"] textarea').setValue(text);

afterEach(() => form.wrapper.unmount());

describe('the tab', () => {
  it.each([['off', OFF], ['on', withPolicy(METADATA.policy)], ['broken', withPolicy(BROKEN)], ['an object', withPolicy({ rules: [] })]])('changes nothing by being opened on a cluster that is %s', async (_, cluster) => {
    form = mountForm({ cluster });
    await form.save(form.model);
    expect(JSON.stringify(form.model)).toBe(JSON.stringify(cluster));
  });

  it('touches nothing but its key, in the objects that the form already holds', async () => {
    form = mountForm({ cluster: OFF });
    const config = form.model.spec?.rkeConfig?.machineGlobalConfig;

    await press('audit-turn-on');
    expect(form.model.spec?.rkeConfig?.machineGlobalConfig).toBe(config);
    expect(JSON.stringify(config)).toBe(JSON.stringify({ b: 1, a: ['x'], 'audit-policy-file': METADATA.policy }));

    await press('audit-turn-off');
    expect(JSON.stringify(form.model)).toBe(JSON.stringify(OFF));
  });

  it('follows a change that someone else makes to the model', async () => {
    form = mountForm({ cluster: OFF });
    (form.model.spec?.rkeConfig?.machineGlobalConfig as Record<string, unknown>)['audit-policy-file'] = METADATA.policy;
    await form.wrapper.vm.$nextTick();
    expect(form.wrapper.get('[data-testid="audit-status"]').text()).toContain('Everything, metadata');
  });

  it('says that nothing is saved yet, until the model is as the server has it again', async () => {
    form = mountForm({ cluster: OFF });
    await press('audit-turn-on');
    expect(form.wrapper.find('[data-testid="audit-pending"]').exists()).toBe(true);
    await press('audit-turn-off');
    expect(form.wrapper.find('[data-testid="audit-pending"]').exists()).toBe(false);
  });
});

describe('the before-save hook', () => {
  it('stops the form with the words of what kube-apiserver would refuse', async () => {
    form = mountForm({ cluster: OFF });
    await press('audit-turn-on');
    await type('apiVersion: audit.k8s.io/v1\nkind: Policy\nrules:\n- level: Metadta\n');
    await expect(form.save(form.model)).rejects.toThrow(/rules\[0\]\.level is “Metadta”.*Unsupported value: "Metadta"/s);
    expect(form.poolsSaved()).toBe(0);
    await type(METADATA.policy);
    await form.save(form.model);
    expect(form.poolsSaved()).toBe(1);
  });

  it('lets a broken policy pass that nobody has touched', async () => {
    form = mountForm({ cluster: withPolicy(BROKEN) });
    await form.save(form.model);
  });

  it('stops a new cluster with a broken policy', async () => {
    form = mountForm({ cluster: withPolicy(BROKEN), mode: 'create' });
    await expect(form.save(form.model)).rejects.toThrow('not saved');
  });

  it.each([['Edit as YAML', ['show-preview-yaml']], ['its own save', []]])('is silent for %s', async (_, args) => {
    form = mountForm({ cluster: OFF });
    await press('audit-turn-on');
    await type(BROKEN);
    await form.save(...args);
  });

  it('does the same when the host retries', async () => {
    form = mountForm({ cluster: OFF });
    await press('audit-turn-on');
    await form.save(form.model);
    const once = JSON.stringify(form.model);

    await form.save(form.model);
    expect(JSON.stringify(form.model)).toBe(once);
  });
});

describe('what was before', () => {
  const previous = () => form.model.metadata?.annotations?.['cluster-audit-log/previous-settings'];

  it('is kept in the cluster by a save that changes it, and by no other', async () => {
    form = mountForm({ cluster: OFF });
    await form.save(form.model);
    expect(previous()).toBeUndefined();
    await press('audit-turn-on');
    expect(previous()).toBeUndefined();
    await form.save(form.model);
    expect(JSON.parse(previous() ?? '')).toEqual({ state: 'off' });

    // The host could not save, and the user thinks otherwise.
    await press('audit-turn-off');
    await form.save(form.model);
    expect(previous()).toBeUndefined();
  });

  it('is not kept by a new cluster, which has nothing before', async () => {
    form = mountForm({ cluster: OFF, mode: 'create' });
    await press('audit-turn-on');
    await form.save(form.model);
    expect(previous()).toBeUndefined();
  });
});

describe('a policy that cannot be read', () => {
  it.each([BROKEN, '', { rules: 7 }, true, 42, ['a']])('is shown and locked: %j', (value) => {
    form = mountForm({ cluster: withPolicy(value) });
    expect(form.wrapper.find('[data-testid="audit-gate"]').exists()).toBe(true);
    expect(form.wrapper.find('textarea:not([readonly])').exists()).toBe(false);
  });

  it('opens for editing when the user says so, and stays open while the text is as before', async () => {
    form = mountForm({ cluster: withPolicy(BROKEN) });
    await press('audit-gate-edit');
    await type(`${ BROKEN } `);
    await type(BROKEN);
    expect(form.wrapper.find('textarea').exists()).toBe(true);
  });
});
