// What the cluster remembers of its audit log, and the way back to it.
import { afterEach, describe, expect, it } from 'vitest';

import { PREVIOUS_ANNOTATION } from '../../audit/cluster/previous';
import type { RancherCluster } from '../../audit/cluster/rancherCluster';
import { newSource, textIn, withExpectations, type SourceObject } from '../../audit/cluster/sources';
import { METADATA } from '../../audit/presets/metadata';
import { mountForm, partsOf, settled, type MountedForm } from './host';
import { fakeRancher, type FakeRancher } from './rancher';

const OTHER = 'apiVersion: audit.k8s.io/v1\nkind: Policy\nrules:\n- level: None\n';
const EXPECTED = 'expectations:\n- { kubectl: get pods, level: None }\n';
const SECRET = { kind: 'Secret', namespace: 'fleet-default', name: 'shared' } as const;

const cluster = (config: object, annotations?: Readonly<Record<string, string>>, rke: object = {}): RancherCluster => ({
  metadata: { name: 'demo', namespace: 'fleet-default', resourceVersion: '1', ...(annotations ? { annotations } : {}) },
  spec:     { kubernetesVersion: 'v1.34.2+rke2r1', rkeConfig: { machineGlobalConfig: config as Readonly<Record<string, unknown>>, ...rke } }
});
const inSecret = (annotations?: Readonly<Record<string, string>>): RancherCluster => cluster({ 'kube-apiserver-arg': ['audit-policy-file=/p'] }, annotations, { machineSelectorFiles: [{ fileSources: [{ secret: { name: 'shared', items: [{ key: 'audit-policy', path: '/p' }] } }] }] });

let form: MountedForm;
let rancher: FakeRancher;
const { find, get, press } = partsOf(() => form);
const annotations = () => form.model.metadata?.annotations;
const remembered = (): unknown => JSON.parse(annotations()?.[PREVIOUS_ANNOTATION] ?? 'null');

async function mount(given: RancherCluster, ...objects: readonly SourceObject[]): Promise<void> {
  rancher = fakeRancher(...objects);
  form = mountForm({ cluster: given, request: rancher.request });
  await settled();
}

afterEach(() => form.wrapper.unmount());

describe('a save', () => {
  it('remembers what was there before, beside annotations of others', async () => {
    await mount(cluster({ 'audit-policy-file': OTHER }, { team: 'a' }));
    await press('audit-turn-off');
    expect(annotations()).toEqual({ team: 'a' });
    await form.save(form.model);

    expect(annotations()).toEqual({ team: 'a', [PREVIOUS_ANNOTATION]: expect.any(String) as unknown });
    expect(remembered()).toEqual({ state: 'on', delivery: 'inline', options: {}, policy: OTHER });
  });

  it('remembers an object by its name, and not what it holds', async () => {
    await mount(inSecret(), newSource(SECRET, 'demo', OTHER));
    await press('audit-turn-off');
    await form.save(form.model);

    expect(remembered()).toMatchObject({ state: 'on', delivery: 'secret', source: { name: 'shared', key: 'audit-policy', path: '/p' } });
    expect(JSON.stringify(remembered())).not.toContain('level');
  });

  it('remembers what an object held that is deleted, its expectations among it', async () => {
    await mount(inSecret(), withExpectations(newSource(SECRET, 'demo', OTHER), 'audit-policy', EXPECTED));
    await press('audit-turn-off');
    await get('audit-delete-source').setValue(true);
    await form.save(form.model);

    expect(remembered()).toEqual({ state: 'on', delivery: 'secret', options: {}, policy: OTHER, expectations: EXPECTED });
  });

  it('that changes nothing remembers nothing', async () => {
    await mount(cluster({ 'audit-policy-file': OTHER }));
    await press('audit-turn-off');
    await press('audit-turn-on');
    await form.save(form.model);

    expect(form.model.metadata).not.toHaveProperty('annotations');
  });

  it('that failed leaves no trace once the change is taken back', async () => {
    await mount(cluster({ 'audit-policy-file': OTHER }, { team: 'a' }));
    await press('audit-turn-off');
    await form.save(form.model);
    await press('audit-turn-on');
    await form.save(form.model);

    expect(annotations()).toEqual({ team: 'a' });
  });
});

describe('the way back', () => {
  it('is one click', async () => {
    await mount(cluster({ cni: 'calico' }, { [PREVIOUS_ANNOTATION]: JSON.stringify({ state: 'on', delivery: 'inline', options: { 'audit-log-maxage': '7' }, policy: METADATA.policy }) }));
    await press('audit-revert-button');

    expect(form.model.spec?.rkeConfig?.machineGlobalConfig).toEqual({ 'cni': 'calico', 'audit-policy-file': METADATA.policy, 'kube-apiserver-arg': ['audit-log-maxage=7'] });
    expect(find('audit-revert').exists()).toBe(false);
    await form.save(form.model);
    expect(remembered()).toEqual({ state: 'off' });
  });

  it('leads to the object that was kept, and gives the cluster its right back', async () => {
    const object = newSource(SECRET, 'other', OTHER);

    await mount(cluster({}, { [PREVIOUS_ANNOTATION]: JSON.stringify({ state: 'on', delivery: 'secret', options: {}, source: { name: 'shared', key: 'audit-policy', path: '/p', isWithdrawn: true } }) }), object);
    await press('audit-revert-button');
    await form.save(form.model);

    expect(form.model.spec?.rkeConfig).toMatchObject({ machineGlobalConfig: { 'kube-apiserver-arg': ['audit-policy-file=/p'] }, machineSelectorFiles: [{ fileSources: [{ secret: { name: 'shared' } }] }] });
    expect(rancher.writes).toMatchObject([{ method: 'PUT', url: '/v1/secrets/fleet-default/shared', data: { metadata: { annotations: { 'rke.cattle.io/object-authorized-for-clusters': 'other,demo' } } } }]);
  });

  it('leads to a new object with the policy and its expectations, where the one before was deleted', async () => {
    await mount(cluster({}, { [PREVIOUS_ANNOTATION]: JSON.stringify({ state: 'on', delivery: 'secret', options: {}, policy: OTHER, expectations: EXPECTED }) }));
    expect(find('audit-revert').text()).not.toContain('expectations');
    await press('audit-revert-button');
    expect(find('audit-expectations-sum').text()).toBe('1 of 1 holds');
    await form.save(form.model);
    const [made] = rancher.writes.map(({ data }) => ({ ...data as object, kind: 'Secret' }) as SourceObject);

    expect(made && ['audit-policy', 'audit-policy-expectations'].map((key) => textIn(made, key))).toEqual([OTHER, EXPECTED]);
  });

  it('says that expectations don’t come back which there was no room for', async () => {
    await mount(cluster({}, { [PREVIOUS_ANNOTATION]: JSON.stringify({ state: 'on', delivery: 'secret', options: {}, policy: OTHER, areExpectationsLost: true }) }));

    expect(find('audit-revert').text()).toContain('The expectations of the previous policy were too long to be remembered.');
  });

  it('is closed, with the reason, where the object is gone', async () => {
    await mount(cluster({}, { [PREVIOUS_ANNOTATION]: JSON.stringify({ state: 'on', delivery: 'secret', options: {}, source: { name: 'shared', key: 'audit-policy', isWithdrawn: true } }) }));

    expect(find('audit-revert-button').attributes('disabled')).toBeDefined();
    expect(find('audit-revert').text()).toContain('is gone');
  });

  it.each([
    '{', '[]', 'null',
    '{"state":"on","delivery":"magic","options":{},"policy":""}',
    '{"state":"on","delivery":"inline","options":{"profiling":"true"},"policy":""}',
    '{"state":"on","delivery":"inline","options":[],"policy":""}',
    '{"state":"on","delivery":"secret","options":{},"policy":"x","expectations":1}',
    '{"state":"on","delivery":"secret","options":{},"policy":"x","areExpectationsLost":"yes"}',
    '{"state":"on","delivery":"inline","options":{},"policy":"x","source":null}',
    '{"state":"on","delivery":"secret","options":{},"policy":"x","source":{"name":"s","key":"audit-policy"}}',
    '{"state":"on","delivery":"secret","options":{},"source":{"name":"../cattle-system/tls-rancher","key":"audit-policy"}}',
    '{"state":"on","delivery":"secret","options":{},"source":{"name":"..","key":"audit-policy"}}',
    '{"state":"on","delivery":"secret","options":{},"source":{"name":"S","key":"audit-policy"}}',
    '{"state":"on","delivery":"secret","options":{},"source":{"name":"s","key":"../p"}}',
    '{"state":"on","delivery":"secret","options":{},"source":{"name":"s","key":"audit-policy","path":1}}'
  ])('is not offered by an annotation that is none of ours: %s', async (text) => {
    await mount(cluster({}, { [PREVIOUS_ANNOTATION]: text }));

    expect(find('audit-revert').exists()).toBe(false);
    expect(find('audit-turn-on').exists()).toBe(true);
  });

  it('is not offered by an annotation that is larger than those that we write', async () => {
    await mount(cluster({}, { [PREVIOUS_ANNOTATION]: JSON.stringify({ state: 'on', delivery: 'inline', options: {}, policy: '#'.repeat(96 * 1024) }) }));

    expect(find('audit-revert').exists()).toBe(false);
  });
});
