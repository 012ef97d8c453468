// The objects that earlier edits left: what goes, after a question, and what stays, since the server may have changed since they were shown.
import { afterEach, describe, expect, it } from 'vitest';

import { PREVIOUS_ANNOTATION } from '../../audit/cluster/previous';
import type { RancherCluster } from '../../audit/cluster/rancherCluster';
import type { SourceObject } from '../../audit/cluster/sources';
import { METADATA } from '../../audit/presets/metadata';
import { clusterWith, secret } from './given';
import { mountForm, partsOf, settled, type MountedForm } from './host';
import { fakeRancher, type FakeRancher } from './rancher';

/** The cluster on the server. */
const CLUSTER = 'provisioning.cattle.io.clusters/fleet-default/demo';

let form: MountedForm;
let rancher: FakeRancher;
const { get, find, press } = partsOf(() => form);

/** The cluster as after an edit that left an object. */
function remembering(name: string): RancherCluster {
  const cluster = clusterWith('demo-audit-policy-00000001');
  const previous = { state: 'on', delivery: 'secret', options: {}, source: { name, key: 'audit-policy' } };

  return { ...cluster, metadata: { ...cluster.metadata, annotations: { [PREVIOUS_ANNOTATION]: JSON.stringify(previous) } } };
}

async function mount(cluster: RancherCluster, objects: readonly SourceObject[]): Promise<void> {
  rancher = fakeRancher(...objects);
  rancher.objects.set(CLUSTER, cluster);
  form = mountForm({ cluster, request: rancher.request });
  await settled();
}

async function open(): Promise<void> {
  (get('audit-older').element as HTMLDetailsElement).open = true;
  await get('audit-older').trigger('toggle');
  await settled();
}

afterEach(() => form.wrapper.unmount());

describe('objects of earlier edits', () => {
  const older = (digit: number, created: string) => secret(`demo-audit-policy-0000000${ digit }`, 'demo', METADATA.policy, { creationTimestamp: created });
  const objects = [older(1, '2025-01-04'), older(2, '2025-01-01'), older(3, '2025-01-03'), older(4, '2025-01-02')];

  it('are removed after a question, but for the present one and the one before', async () => {
    await mount(clusterWith('demo-audit-policy-00000001'), objects);
    await open();
    expect(get('audit-older').text()).toContain('Secret demo-audit-policy-00000003 stays, to go back to.');
    await press('audit-older-remove');
    await press('audit-older-keep');
    expect(rancher.writes).toEqual([]);

    await press('audit-older-remove');
    await press('audit-older-confirm');
    await settled();
    expect(rancher.writes.map(({ method, url }) => `${ method } ${ url }`)).toEqual(['DELETE /v1/secrets/fleet-default/demo-audit-policy-00000004', 'DELETE /v1/secrets/fleet-default/demo-audit-policy-00000002']);
    expect(get('audit-older-state').text()).toBe('There are no older objects.');
  });

  it('stay where one could not be removed, and the reason is told', async () => {
    await mount(clusterWith('demo-audit-policy-00000001'), objects);
    await open();
    rancher.fail('DELETE', 403);
    await press('audit-older-remove');
    await press('audit-older-confirm');
    await settled();
    expect(get('audit-older').text()).toContain('refused with 403');
    expect(get('audit-older-state').text()).toContain('2 older objects');
  });

  it.each([
    { what: 'the cluster uses by now', meanwhile: () => rancher.objects.set(CLUSTER, clusterWith('demo-audit-policy-00000004')), why: 'Secret demo-audit-policy-00000004 stays: the cluster uses it by now.' },
    { what: 'is needed to revert the last change by now', meanwhile: () => rancher.objects.set(CLUSTER, remembering('demo-audit-policy-00000004')), why: 'Secret demo-audit-policy-00000004 stays: it is needed by now to revert the last audit change.' },
    { what: 'another cluster may use by now', meanwhile: () => rancher.objects.set('secrets/fleet-default/demo-audit-policy-00000004', secret('demo-audit-policy-00000004', 'demo,other')), why: 'Secret demo-audit-policy-00000004 stays: by now it is also for other.' }
  ])('keep what $what, and say why', async ({ meanwhile, why }) => {
    await mount(clusterWith('demo-audit-policy-00000001'), objects);
    await open();
    await press('audit-older-remove');
    meanwhile();
    await press('audit-older-confirm');
    await settled();
    expect(rancher.writes.map(({ method, url }) => `${ method } ${ url }`)).toEqual(['DELETE /v1/secrets/fleet-default/demo-audit-policy-00000002']);
    expect(get('audit-older-kept').text()).toBe(why);
  });

  it('are none but those that the user was asked about', async () => {
    await mount(clusterWith('demo-audit-policy-00000001'), objects);
    await open();
    await press('audit-older-remove');
    // Someone else's edit makes those from before older.
    rancher.objects.set('secrets/fleet-default/demo-audit-policy-00000005', older(5, '2025-01-05'));
    rancher.objects.set(CLUSTER, clusterWith('demo-audit-policy-00000005'));
    await press('audit-older-confirm');
    await settled();
    expect(rancher.writes.map(({ url }) => url.slice(-1))).toEqual(['4', '2']);
    expect(get('audit-older-kept').text()).toBe('');
  });

  it('all stay where the cluster can’t be read again, and the reason is told', async () => {
    await mount(clusterWith('demo-audit-policy-00000001'), objects);
    await open();
    await press('audit-older-remove');
    rancher.objects.delete(CLUSTER);
    await press('audit-older-confirm');
    await settled();
    expect(rancher.writes).toEqual([]);
    expect(get('audit-older').get('[role="alert"]').text()).toContain('refused with 404');
    expect(get('audit-older-state').text()).toContain('2 older objects');
  });

  it('are none that someone else’s edit has brought into use since the form opened', async () => {
    await mount(clusterWith('demo-audit-policy-00000002'), objects);
    rancher.objects.set(CLUSTER, clusterWith('demo-audit-policy-00000001'));
    await open();
    expect(get('audit-older').findAll('li').map((item) => item.text())).toEqual(['Secret demo-audit-policy-00000004']);
  });

  it('are not looked for where the cluster is not there yet', async () => {
    rancher = fakeRancher(...objects);
    form = mountForm({ cluster: clusterWith('demo-audit-policy-00000001'), mode: 'create', request: rancher.request });
    await settled();
    expect(find('audit-older').exists()).toBe(false);
  });

  it('are not looked for until the user asks', async () => {
    let lists = 0;
    const fake = fakeRancher(...objects);

    fake.objects.set(CLUSTER, clusterWith('demo-audit-policy-00000001'));
    form = mountForm({
      cluster: clusterWith('demo-audit-policy-00000001'),
      request: async (asked) => {
        lists += asked.url.includes('?') ? 1 : 0;

        return fake.request(asked);
      }
    });
    await settled();
    expect(lists).toBe(0);
    await open();
    expect(lists).toBe(2);
  });
});
