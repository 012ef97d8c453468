// The review: findings with the way to their fields, what will happen, and what will be written.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { RancherCluster } from '../../audit/cluster/rancherCluster';
import { AUTHORIZED, base64Of, type SourceObject } from '../../audit/cluster/sources';
import { METADATA } from '../../audit/presets/metadata';
import { mountForm, partsOf, settled, type MountedForm } from './host';
import { fakeRancher } from './rancher';

let form: MountedForm;
const { find, press } = partsOf(() => form);
const config = () => form.model.spec?.rkeConfig?.machineGlobalConfig ?? {};

function clusterOf(rke: object = {}, version = 'v1.34.2+rke2r1'): RancherCluster {
  return { metadata: { name: 'demo', namespace: 'fleet-default', resourceVersion: '1' }, spec: { kubernetesVersion: version, rkeConfig: { machineGlobalConfig: { cni: 'calico' }, ...rke } } };
}

function mount(cluster: RancherCluster, mode: 'create' | 'edit' | 'view' = 'edit', ...objects: readonly SourceObject[]): void {
  form = mountForm({ cluster, mode, request: fakeRancher(...objects).request });
}

async function open(testId: string): Promise<void> {
  (find(testId).element as HTMLDetailsElement).open = true;
  await find(testId).trigger('toggle');
}

/** The button of a finding that leads to its field. */
async function follow(code: string): Promise<Element | null> {
  await form.wrapper.get(`[data-code="${ code }"] button.link`).trigger('click');
  await settled();

  return document.activeElement;
}

afterEach(() => form.wrapper.unmount());

describe('findings', () => {
  it('stand in the review with the blocking ones first, and nowhere else', async () => {
    mount(clusterOf({ upgradeStrategy: { controlPlaneConcurrency: '0' } }));
    await press('audit-turn-on');
    await find('audit-log-maxage').setValue('-1');
    expect(form.wrapper.findAll('[data-group]').map((group) => group.attributes('data-group'))).toEqual(['block', 'warn', 'info', 'policy']);
    expect(form.wrapper.get('[data-group="block"]').text()).toContain('Must be solved (1)');
    expect(form.wrapper.findAll('[data-code="cluster.argValue"]')).toHaveLength(1);
  });

  it('stand at the top where nothing is changed', () => {
    mount(clusterOf({ machineGlobalConfig: { 'audit-policy-file': METADATA.policy, 'kube-apiserver-arg': ['audit-log-maxage=-1'] } }));
    expect(find('audit-review').exists()).toBe(false);
    expect(find('audit-findings').text()).toContain('audit-log-maxage=-1');
  });

  it('lead to an option’s input, which says it too', async () => {
    mount(clusterOf());
    await press('audit-turn-on');
    await find('audit-log-maxage').setValue('-1');
    const input = await follow('cluster.argValue');

    expect(input).toBe(find('audit-log-maxage').element);
    expect(input?.getAttribute('aria-invalid')).toBe('true');
    expect(document.getElementById(input?.getAttribute('aria-describedby') ?? '')?.textContent).toContain("can't be a negative number");
  });

  it('lead to the delivery and to the line of the policy', async () => {
    mount(clusterOf());
    await press('audit-turn-on');
    expect(await follow('cluster.workersRestart')).toBe(find('audit-delivery-inline').element);

    await find('audit-yaml').get('textarea').setValue('apiVersion: audit.k8s.io/v1\nkind: Policy\nrules:\n- level: Metadta\n');
    expect(form.wrapper.get('[data-group="block"] button.link').text()).toBe('Go to: YAML, Line 4');
    const area = await follow('policy.levelUnknown') as HTMLTextAreaElement;

    expect(area).toBe(find('audit-yaml').get('textarea').element);
    expect(area.value.slice(area.selectionStart)).toMatch(/^- level: Metadta/);
  });

  it('lead to the object', async () => {
    mount(clusterOf({
      machineGlobalConfig:  { 'kube-apiserver-arg': ['audit-policy-file=/p', 'audit-log-path=/var/log/a/b'] },
      machineSelectorFiles: [{ fileSources: [{ secret: { name: 'mine', items: [{ key: 'audit-policy', path: '/p' }] } }] }]
    }), 'edit', { kind: 'Secret', metadata: { name: 'mine', namespace: 'fleet-default', annotations: { [AUTHORIZED]: 'demo' } }, data: { 'audit-policy': base64Of(METADATA.policy) } });
    await settled();
    await find('audit-log-maxage').setValue('5');
    expect(await follow('source.notInBackups')).toBe(find('audit-source').element);
  });

  it('of a part elsewhere in the form name its field', async () => {
    mount(clusterOf({ upgradeStrategy: { controlPlaneConcurrency: '0' } }));
    await press('audit-turn-on');
    expect(form.wrapper.get('[data-code="cluster.allAtOnce"]').text()).toContain('spec.rkeConfig.upgradeStrategy.controlPlaneConcurrency');
    expect(form.wrapper.find('[data-code="cluster.allAtOnce"] button').exists()).toBe(false);
  });

  it('about workers are solved by one click', async () => {
    mount(clusterOf({ upgradeStrategy: { workerDrainOptions: { enabled: true } } }));
    await press('audit-turn-on');
    expect(find('audit-rollout').text()).toContain('Workers (custom machines), one at a time, drained before');
    await press('audit-spare-workers');
    await settled();
    expect(config()).toEqual({ cni: 'calico' });
    expect(form.model.spec?.rkeConfig?.machineSelectorConfig?.[0]?.config).toEqual({ 'audit-policy-file': METADATA.policy });
    expect(find('audit-rollout').text()).not.toContain('Workers');
    expect(document.activeElement).toBe(find('audit-delivery-inline-selector').element);
  });
});

describe('what will happen', () => {
  it('is told by pool', async () => {
    mount(clusterOf({ machinePools: [{ name: 'cp', controlPlaneRole: true, etcdRole: true, quantity: 3 }, { name: 'work', workerRole: true, quantity: 2 }], upgradeStrategy: { workerConcurrency: '0' } }));
    await press('audit-turn-on');
    expect(form.wrapper.findAll('[data-testid="audit-rollout"] li').map((step) => step.text())).toEqual([
      'The init node (pool cp, 1 machine), not drained',
      'Other etcd machines (pool cp, 2 machines), one at a time, not drained',
      'Workers (pool work, 2 machines), all at once, not drained'
    ]);
  });

  it('is nothing for a cluster that has no machines yet', async () => {
    mount(clusterOf(), 'create');
    await press('audit-turn-on');
    expect(find('audit-rollout').text()).toContain('Those of the new cluster start with the audit log');
  });
});

describe('the exact changes', () => {
  it('are the object and the cluster, with what stays around them', async () => {
    mount(clusterOf({}, 'v1.34.2+k3s1'));
    await press('audit-turn-on');
    expect(find('audit-diff').exists()).toBe(false);
    await open('audit-changes');
    const diffs = form.wrapper.findAll('[data-testid="audit-diff"]');

    expect(diffs.map((diff) => diff.attributes('aria-label'))).toEqual([expect.stringMatching(/^New Secret demo-audit-policy-/), expect.stringMatching(/^The policy in demo-audit-policy-.*decoded$/), 'Cluster demo, changed']);
    expect(diffs[0]?.findAll('ins .text').map((line) => line.text())).toContain('kind: Secret');
    expect(diffs[2]?.findAll('ins .text').map((line) => line.text())).toContain('- audit-log-maxage=30');
    expect(diffs[2]?.findAll('.same .before .text').map((line) => line.text())).toContain('cni: calico');
    expect(diffs[2]?.findAll('del')).toEqual([]);
  });

  it('are not there where nothing can be written', () => {
    mount(clusterOf({ machineGlobalConfig: { 'audit-policy-file': METADATA.policy } }), 'view');
    expect(find('audit-review').exists()).toBe(false);
    expect(find('audit-log').find('input, select').exists()).toBe(false);
    expect(find('audit-picker').exists()).toBe(false);
    expect(find('audit-older').exists()).toBe(false);
  });
});

describe('the manifests', () => {
  const copied: string[] = [];
  const downloads: { readonly name: string; readonly blob: Blob }[] = [];

  beforeEach(() => {
    let last: Blob | undefined;

    copied.length = 0;
    downloads.length = 0;
    vi.stubGlobal('navigator', { ...navigator, clipboard: { writeText: async (text: string) => copied.push(text) } });
    URL.createObjectURL = (blob) => {
      last = blob as Blob;

      return 'blob:x';
    };
    URL.revokeObjectURL = () => undefined;
    HTMLAnchorElement.prototype.click = function(this: HTMLAnchorElement) {
      downloads.push({ name: this.download, blob: last ?? new Blob() });
    };

    return () => vi.unstubAllGlobals();
  });

  it('are copied, all in one or one by one, the Secret first', async () => {
    mount(clusterOf({}, 'v1.34.2+k3s1'));
    await press('audit-turn-on');
    await form.wrapper.get('[aria-label="Copy audit-log-demo.yaml"]').trigger('click');
    await settled();
    expect(copied[0]?.split('---\n').map((text) => /^kind: .*/m.exec(text)?.[0])).toEqual(['kind: Secret', 'kind: Cluster']);
    expect(find('audit-export').text()).toContain('audit-log-demo.yaml is copied.');
    await form.wrapper.get('[aria-label="Copy cluster-demo.yaml"]').trigger('click');
    expect(copied[1]).toMatch(/^apiVersion: provisioning.cattle.io\/v1\nkind: Cluster\n/);
  });

  it('are downloaded by the browser alone', async () => {
    mount(clusterOf());
    await press('audit-turn-on');
    await form.wrapper.get('[aria-label="Download cluster-demo.yaml"]').trigger('click');
    expect(downloads.map(({ name }) => name)).toEqual(['cluster-demo.yaml']);
    expect(downloads[0]?.blob.size).toBeGreaterThan(100);
    expect(form.wrapper.find('[aria-label="Download audit-log-demo.yaml"]').exists()).toBe(false);
  });

  it('say so where the browser lets nothing be copied', async () => {
    vi.stubGlobal('navigator', { ...navigator, clipboard: { writeText: async () => Promise.reject(new Error('no')) } });
    mount(clusterOf());
    await press('audit-turn-on');
    await form.wrapper.get('[aria-label="Copy cluster-demo.yaml"]').trigger('click');
    await settled();
    expect(find('audit-export').text()).toContain('did not let it be copied');
  });
});

describe('the log', () => {
  it('shows what is in effect without, and from whom', async () => {
    mount(clusterOf());
    await press('audit-turn-on');
    expect(find('audit-log-maxage').attributes('placeholder')).toBe('30 (the distribution’s)');
    expect(find('audit-log-format').get('option').text()).toBe('json (Kubernetes’)');
    expect(find('audit-status').text()).toContain('Everything, metadata · inline, on all machines · /var/lib/rancher/rke2/server/logs/audit.log, for 30 days, 10 old files of 100 MB');
  });

  it('takes picks and texts, and leaves a flag to others again', async () => {
    mount(clusterOf());
    await press('audit-turn-on');
    await find('audit-log-format').setValue('legacy');
    await find('audit-log-maxsize').setValue(' 50 ');
    expect(config()['kube-apiserver-arg']).toEqual(['audit-log-format=legacy', 'audit-log-maxsize=50']);
    await find('audit-log-format').setValue('');
    expect(config()['kube-apiserver-arg']).toEqual(['audit-log-maxsize=50']);
  });

  it('keeps and shows options that have no field of their own, and takes more', async () => {
    mount(clusterOf({ machineGlobalConfig: { 'audit-policy-file': METADATA.policy, 'kube-apiserver-arg': ['audit-webhook-mode=batch', 'audit-nonsense=1'] } }));
    expect((find('audit-webhook-mode').element as HTMLSelectElement).value).toBe('batch');
    expect(find('audit-nonsense-findings').text()).toContain('knows no flag');

    await find('audit-log-add').setValue('audit-log-batch-max-size');
    await settled();
    expect(document.activeElement).toBe(find('audit-log-batch-max-size').element);
    expect(config()['kube-apiserver-arg']).toEqual(['audit-webhook-mode=batch', 'audit-nonsense=1']);
    await find('audit-log-batch-max-size').setValue('10');
    await find('audit-nonsense').setValue('');
    expect(config()['kube-apiserver-arg']).toEqual(['audit-webhook-mode=batch', 'audit-log-batch-max-size=10']);
  });

  it('shows a value that kube-apiserver does not know, until it is changed', () => {
    mount(clusterOf({ machineGlobalConfig: { 'audit-policy-file': METADATA.policy, 'kube-apiserver-arg': ['audit-log-format=xml'] } }));
    expect((find('audit-log-format').element as HTMLSelectElement).value).toBe('xml');
    expect(find('audit-log-format-findings').text()).toContain('allowed formats are');
  });
});
