// Where the policy is kept: an object that is there, adopted or shared; and leaving one.
import { afterEach, describe, expect, it } from 'vitest';

import type { RancherCluster } from '../../audit/cluster/rancherCluster';
import { AUTHORIZED, base64Of, type SourceObject } from '../../audit/cluster/sources';
import { METADATA } from '../../audit/presets/metadata';
import { clusterWith, secret } from './given';
import { mountForm, partsOf, settled, type MountedForm } from './host';
import { fakeRancher, type FakeRancher } from './rancher';

const OTHER_POLICY = METADATA.policy.replace('level: Metadata', 'level: Request');

let form: MountedForm;
let rancher: FakeRancher;
const { get, find, press } = partsOf(() => form);
const sourceNames = () => (form.model.spec?.rkeConfig?.machineSelectorFiles ?? []).map((entry) => entry?.fileSources?.[0]?.secret?.name);

async function mount(cluster: RancherCluster, objects: readonly SourceObject[], methods?: Record<string, string[]>): Promise<void> {
  rancher = fakeRancher(...objects);
  form = mountForm({ cluster, request: rancher.request, methods });
  await settled();
}

async function open(testId: string): Promise<void> {
  const details = get(testId).element as HTMLDetailsElement;

  details.open = true;
  await get(testId).trigger('toggle');
  await settled();
}

async function pick(name: string): Promise<void> {
  await open('audit-picker');
  await get('audit-picker-name').setValue(name);
  await settled();
}

afterEach(() => form.wrapper.unmount());

describe('the object with the policy', () => {
  it('is shown as it will be stored, before it is', async () => {
    await mount(clusterWith(), []);
    await press('audit-turn-on');
    expect(get('audit-source-annotation').text()).toBe(`${ AUTHORIZED }: demo`);
    expect(get('audit-source-text').text()).toBe(METADATA.policy.trim());
    expect(get('audit-source-base64').text()).toBe(base64Of(METADATA.policy));
    expect(get('audit-source-path').text()).toBe('/etc/rancher/k3s/kubernetes-audit/policy.yaml');
    expect(get('audit-source-fileSelector').text()).toBe('rke.cattle.io/control-plane-role=true');
    expect(get('audit-source-arguments').text()).toBe('spec.rkeConfig.machineGlobalConfig.kube-apiserver-arg');
    expect(rancher.writes).toEqual([]);
  });

  it('is the one of before again, once the text is, and nothing is left to save', async () => {
    await mount(clusterWith('mine'), [secret('mine', 'demo')]);
    const before = JSON.stringify(form.model);

    await get('audit-yaml').get('textarea').setValue(OTHER_POLICY);
    expect(sourceNames()).toEqual([expect.stringMatching(/^demo-audit-policy-/)]);
    await press('audit-undo');
    expect(JSON.stringify(form.model)).toBe(before);
    expect(find('audit-pending').exists()).toBe(false);
    await form.save(form.model);
    expect(rancher.writes).toEqual([]);
  });

  it('is left as it is by an edit, unless the user wants it edited itself', async () => {
    await mount(clusterWith('mine'), [secret('mine', 'demo')]);
    await get('audit-yaml').get('textarea').setValue(OTHER_POLICY);
    expect(sourceNames()).toEqual([expect.stringMatching(/^demo-audit-policy-/)]);
    await get('audit-yaml').get('textarea').setValue(METADATA.policy);
    form.wrapper.unmount();

    await mount(clusterWith('mine'), [secret('mine', 'demo')]);
    await get('audit-in-place').setValue(true);
    await get('audit-yaml').get('textarea').setValue(OTHER_POLICY);
    expect(sourceNames()).toEqual(['mine']);
    await form.save(form.model);
    expect(rancher.writes).toMatchObject([{ method: 'PUT', url: '/v1/secrets/fleet-default/mine', data: { data: { 'audit-policy': base64Of(OTHER_POLICY) } } }]);
  });

  it('goes to a new object with the edits that were meant for it, when the user thinks otherwise', async () => {
    await mount(clusterWith('mine'), [secret('mine', 'demo')]);
    await get('audit-in-place').setValue(true);
    await get('audit-yaml').get('textarea').setValue(OTHER_POLICY);
    await get('audit-in-place').setValue(false);
    expect(sourceNames()).toEqual([expect.stringMatching(/^demo-audit-policy-/)]);
    expect(get('audit-source-text').text()).toBe(OTHER_POLICY.trim());
  });

  it('that is for others says whom an edit restarts before one chooses so', async () => {
    await mount(clusterWith('shared'), [secret('shared', 'demo,other')]);
    expect(get('audit-source').text()).toContain('These restart too: other.');
    await get('audit-in-place').setValue(true);
    await get('audit-yaml').get('textarea').setValue(OTHER_POLICY);
    expect(get('audit-review').text()).toContain('restarts these clusters too: other');
  });
});

describe('an object that is there', () => {
  it('is picked from a list of those that hold text, and shared with the policy that it holds', async () => {
    await mount(clusterWith(), [secret('shared', 'other', OTHER_POLICY), { ...secret('machine-plan', ''), type: 'rke.cattle.io/machine-plan' }]);
    await press('audit-turn-on');
    await pick('shared');
    expect(get('audit-picker-name').text()).toContain('shared (for other)');
    expect(get('audit-picker-name').text()).not.toContain('machine-plan');
    expect(get('audit-adoption-others').text()).toContain('It is also for: other.');
    expect(sourceNames()).toEqual([expect.stringMatching(/^demo-audit-policy-/)]);

    await press('audit-adoption-use');
    expect(sourceNames()).toEqual(['shared']);
    expect(get('audit-source-text').text()).toBe(OTHER_POLICY.trim());
    await form.save(form.model);
    expect(rancher.writes).toMatchObject([{ method: 'PUT', data: { metadata: { annotations: { [AUTHORIZED]: 'other,demo' } }, data: { 'audit-policy': base64Of(OTHER_POLICY) } } }]);
  });

  it('is used also where it holds the very same policy', async () => {
    await mount(clusterWith('mine'), [secret('mine', 'demo'), secret('shared', 'other')]);
    await pick('shared');
    await press('audit-adoption-use');
    expect(get('audit-review').text()).toContain('No machine restarts.');
    await form.save(form.model);
    expect(sourceNames()).toEqual(['shared']);
    expect(rancher.writes).toMatchObject([{ method: 'PUT', url: '/v1/secrets/fleet-default/shared', data: { metadata: { annotations: { [AUTHORIZED]: 'other,demo' } } } }]);
  });

  it('gets this cluster’s policy where the user wants that, and says who restarts', async () => {
    await mount(clusterWith(), [secret('shared', 'other', OTHER_POLICY)]);
    await press('audit-turn-on');
    await pick('shared');
    expect(get('audit-adoption').text()).toContain('restarts these clusters too: other');
    await press('audit-adoption-write');
    await form.save(form.model);
    expect(rancher.writes).toMatchObject([{ method: 'PUT', data: { metadata: { annotations: { [AUTHORIZED]: 'other,demo' } }, data: { 'audit-policy': base64Of(METADATA.policy) } } }]);
  });

  it('that is immutable takes no other policy', async () => {
    await mount(clusterWith(), [{ ...secret('fixed', '', OTHER_POLICY), immutable: true }]);
    await press('audit-turn-on');
    await pick('fixed');
    expect(get('audit-adoption-write').attributes('disabled')).toBeDefined();
    expect(get('audit-adoption-use').attributes('disabled')).toBeUndefined();
  });

  it('that is slow to come is not taken for the one that was chosen since', async () => {
    let release: (() => void) | undefined;
    const late = new Promise<void>((resolve) => {
      release = resolve;
    });

    rancher = fakeRancher(secret('slow', 'one', OTHER_POLICY), secret('quick', 'two', OTHER_POLICY));
    form = mountForm({
      cluster: clusterWith(),
      request: async (asked) => {
        if (asked.url.endsWith('/slow')) {
          await late;
        }

        return rancher.request(asked);
      }
    });
    await settled();
    await press('audit-turn-on');
    await pick('slow');
    await pick('quick');
    expect(get('audit-adoption-others').text()).toContain('It is also for: two.');
    release?.();
    await settled();
    expect(get('audit-adoption-others').text()).toContain('It is also for: two.');
  });

  it('is looked at as soon as Enter is pressed after its name', async () => {
    await mount(clusterWith(), [secret('shared', 'other', OTHER_POLICY)], { secret: ['POST'] });
    await press('audit-turn-on');
    await open('audit-picker');
    await get('audit-picker-name').setValue('shared');
    expect(find('audit-adoption').exists()).toBe(false);
    await get('audit-picker-name').trigger('keydown', { key: 'Enter' });
    await settled();
    expect(get('audit-adoption-others').text()).toContain('It is also for: other.');
  });

  it('is named by hand where the user may not list, and used unseen where they may not read', async () => {
    await mount(clusterWith(), [], { secret: ['POST'] });
    await press('audit-turn-on');
    await open('audit-picker');
    rancher.fail('GET', 403);
    await get('audit-picker-name').setValue('hidden');
    await press('audit-picker-look');
    await settled();
    expect(get('audit-adoption-unread').text()).toContain('no permission to read the Secret hidden');
    await press('audit-adoption-point');
    expect(sourceNames()).toEqual(['hidden']);
    await form.save(form.model);
    expect(rancher.writes).toEqual([]);
    expect(get('audit-status').text()).toContain('no permission to read');
  });
});

describe('turning off', () => {
  it('takes the cluster’s right, and deletes an object that is for nobody else only if asked', async () => {
    await mount(clusterWith('mine'), [secret('mine', 'demo')]);
    await press('audit-turn-off');
    await form.save(form.model);
    await form.afterSave();
    expect(rancher.writes.map(({ method }) => method)).toEqual(['PUT']);
    form.wrapper.unmount();

    await mount(clusterWith('mine'), [secret('mine', 'demo')]);
    await press('audit-turn-off');
    await get('audit-delete-source').setValue(true);
    await form.save(form.model);
    expect(rancher.writes).toEqual([]);
    await form.afterSave();
    expect(rancher.writes.map(({ method, url }) => `${ method } ${ url }`)).toEqual(['DELETE /v1/secrets/fleet-default/mine']);
  });

  it('does not offer to delete what others use', async () => {
    await mount(clusterWith('shared'), [secret('shared', 'demo,other')]);
    await press('audit-turn-off');
    expect(find('audit-review').exists()).toBe(true);
    expect(find('audit-delete-source').exists()).toBe(false);
  });

  it('says which object still names the cluster where it could not be changed', async () => {
    await mount(clusterWith('mine'), [secret('mine', 'demo')]);
    await press('audit-turn-off');
    await form.save(form.model);
    rancher.fail('PUT', 403);
    await form.afterSave();
    expect(form.warnings).toEqual([{ title: expect.stringContaining('Secret mine, which held its policy, still names it') as string, message: 'refused with 403' }]);
  });
});
