// An audit log that is not the same on all control-plane machines: this page edits none of its policies, and turns off what it can.
import { afterEach, describe, expect, it } from 'vitest';

import type { MachineSelectorFiles, RancherCluster } from '../../audit/cluster/rancherCluster';
import { secret } from './given';
import { mountForm, partsOf, settled, type MountedForm } from './host';
import { fakeRancher, type FakeRancher } from './rancher';

let form: MountedForm;
const { get, find, press } = partsOf(() => form);

afterEach(() => form.wrapper.unmount());

function filesFor(pool: string, name: string): MachineSelectorFiles {
  return { machineLabelSelector: { matchLabels: { 'rke.cattle.io/rke-machine-pool-name': pool } }, fileSources: [{ secret: { name, items: [{ key: 'audit-policy', path: '/p.yaml' }] } }] };
}

/** Two pools, each with a policy of its own. */
const POOLS: RancherCluster = {
  metadata: { name: 'demo', namespace: 'fleet-default', resourceVersion: '1' },
  spec:     { kubernetesVersion: 'v1.34.2+rke2r1', rkeConfig: {
    machinePools:         [{ name: 'a', controlPlaneRole: true, quantity: 1 }, { name: 'b', controlPlaneRole: true, quantity: 1 }],
    machineGlobalConfig:  { 'kube-apiserver-arg': ['audit-policy-file=/p.yaml', 'audit-log-path=/var/log/a/audit.log', 'v=1'] },
    machineSelectorFiles: [filesFor('a', 'one'), filesFor('b', 'two')]
  } }
};

async function open(cluster: RancherCluster): Promise<FakeRancher> {
  const rancher = fakeRancher(secret('one', 'demo'), secret('two', 'demo', 'kind: Policy'));

  form = mountForm({ cluster, request: rancher.request });
  await settled();

  return rancher;
}

describe('pools with policies of their own', () => {
  it('are named, with what can be done about them', async () => {
    await open(POOLS);
    expect(get('audit-status').attributes('data-state')).toBe('elsewhere');
    expect(form.wrapper.findAll('[data-code="cluster.policyDiffers"]').map((item) => item.text())).toEqual([
      expect.stringMatching(/machineSelectorFiles\[0\].*turning off takes out all of them/), expect.stringMatching(/machineSelectorFiles\[1\].*turning off takes out all of them/)
    ]);
    expect(find('audit-rules').exists()).toBe(false);
    expect(JSON.stringify(form.model)).toBe(JSON.stringify(POOLS));
  });

  it('are turned off together, and nothing else is', async () => {
    const rancher = await open(POOLS);

    await press('audit-turn-off');
    expect(get('audit-status').attributes('data-state')).toBe('off');
    expect(form.model.spec?.rkeConfig?.machineSelectorFiles ?? []).toEqual([]);
    expect(form.model.spec?.rkeConfig?.machineGlobalConfig).toEqual({ 'kube-apiserver-arg': ['v=1'] });
    expect(form.model.spec?.rkeConfig?.machinePools).toEqual(POOLS.spec?.rkeConfig?.machinePools);
    expect(rancher.writes).toEqual([]);
    await form.save(form.model);
    await press('audit-turn-on');
    expect(get('audit-status').attributes('data-state')).toBe('on');
  });
});

describe('a policy for some of the machines', () => {
  it('can not be turned off here', async () => {
    const { machinePools = null } = POOLS.spec?.rkeConfig ?? {};

    await open({ ...POOLS, spec: { ...POOLS.spec, rkeConfig: { machinePools, machineSelectorConfig: [{ config: { 'audit-policy-file': 'x' }, machineLabelSelector: { matchLabels: { 'rke.cattle.io/rke-machine-pool-name': 'a' } } }] } } });
    expect(get('audit-status').attributes('data-state')).toBe('elsewhere');
    expect(find('audit-turn-off').exists()).toBe(false);
    expect(form.wrapper.text()).toContain('change or remove it in the cluster’s YAML');
  });
});
