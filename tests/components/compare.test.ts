// Comparing policies, looking at one before it is taken, and taking one from elsewhere.
import { afterEach, describe, expect, it } from 'vitest';

import { CIS } from '../../audit/presets/cis';
import { METADATA } from '../../audit/presets/metadata';
import type { RancherCluster } from '../../audit/cluster/rancherCluster';
import PolicyDifferences from '../../components/compare/PolicyDifferences.vue';
import type { ApiRequest } from '../../rancher/store';
import { eventually } from '../eventually';
import { clusterWith, secret } from './given';
import { mountForm, mountPart, partsOf, settled, type FormOptions, type MountedForm } from './host';
import { fakeRancher } from './rancher';

const OWN = 'apiVersion: audit.k8s.io/v1\nkind: Policy\nrules:\n- level: Metadata\n  omitStages: [RequestReceived]\n  resources: [{ group: apps, resources: [deployments] }]\n';
const RKE2: RancherCluster = { metadata: { name: 'demo', namespace: 'fleet-default', resourceVersion: '1' }, spec: { kubernetesVersion: 'v1.34.2+rke2r1', rkeConfig: { machineGlobalConfig: { 'audit-policy-file': OWN } } } };

let form: MountedForm;
const { find, get, press } = partsOf(() => form);
const policy = () => form.model.spec?.rkeConfig?.machineGlobalConfig?.['audit-policy-file'];
const type = (text: string) => get('audit-yaml').get('textarea').setValue(text);

function mount(options: Partial<FormOptions> = {}): void {
  form = mountForm({ cluster: RKE2, ...options });
}

async function open(testId: string): Promise<void> {
  (find(testId).element as HTMLDetailsElement).open = true;
  await find(testId).trigger('toggle');
}

/** Waits for the words of a part. */
async function says(testId: string, words: string): Promise<void> {
  await eventually(() => expect(find(testId).exists() && find(testId).text()).toContain(words));
}

const rows = () => find('audit-decisions').findAll('tbody tr').map((row) => row.findAll('th, td').map((cell) => [...cell.element.childNodes].map(({ textContent }) => textContent?.trim()).filter(Boolean).join(' ')).join(' | '));

afterEach(() => form.wrapper.unmount());

describe('a comparison', () => {
  it('begins with the cluster’s policy as it is saved, and says that nothing is decided differently', async () => {
    mount();
    await open('audit-compare');
    await says('audit-decisions-result', 'They decide the same in all');
    expect(get('audit-compare').text()).toContain('The texts are the same.');
    await type(`# a comment\n${ OWN }`);
    await eventually(() => expect(get('audit-compare').text()).not.toContain('The texts are the same.'));
    await says('audit-decisions-result', 'They decide the same in all');
  });

  it('says which requests an edit decides differently, by which rules, and what was asked for', async () => {
    mount();
    await open('audit-compare');
    await says('audit-decisions-result', 'the same');
    await type(OWN.replace('rules:\n', 'rules:\n- level: Request\n  omitStages: [RequestReceived]\n  users: [jane]\n  verbs: [create, update]\n  namespaces: [shop]\n  resources: [{ group: apps, resources: [deployments] }]\n'));
    await says('audit-decisions-result', '2 log more');
    expect(rows()).toEqual(['create, update: deployments (apps), by jane, in namespace shop | Metadata rule 1, without stage RequestReceived | Request rule 1, without stage RequestReceived']);
    expect(get('audit-decisions-coverage').text()).toContain('jane');
    expect(get('audit-decisions-coverage').text()).toContain('shop, one that no rule names');
  });

  it('with a preset can be filtered by what it means and by words', async () => {
    mount();
    await open('audit-compare');
    await get('audit-compare-with').setValue('cis');
    await says('audit-decisions-result', 'log less');
    const all = rows().length;

    await get('audit-decisions-words').setValue('TOKENREVIEWS none');
    await eventually(() => expect(rows().length).toBeLessThan(all));
    expect(rows().every((row) => /None/.test(row))).toBe(true);
    await get('audit-decisions-words').setValue('no such thing');
    await says('audit-decisions-shown', '0 of');
    await get('audit-decisions-words').setValue('');
    await get('audit-decisions-kind').setValue('less');
    expect(form.wrapper.findAll('[data-kind]').every((row) => row.attributes('data-kind') === 'less')).toBe(true);
  });

  it('says of custom resources which of them, and of which scope', async () => {
    const rules = (list: string) => `apiVersion: audit.k8s.io/v1\nkind: Policy\nrules: ${ list }\n`;
    const part = mountPart(PolicyDifferences, {
      before: { title: 'One', policy: rules('[{ level: None, verbs: [get] }]') },
      after:  { title: 'Own', policy: rules('[{ level: None, verbs: [get] }, { level: Metadata, namespaces: [""], verbs: [update], resources: [{ group: "*", resources: [widgets] }] }, { level: Request, verbs: [update], resources: [{ group: "*", resources: ["*/status", widgets/foo] }, { group: example.com, resources: ["*"] }] }]') },
      kubernetesVersion: undefined
    });
    const texts = () => part.findAll('.requests').map((row) => row.text());

    await eventually(() => expect(texts()).toContain('update: widgets (any other group) if cluster-scoped, widgets (example.com) if cluster-scoped, by anyone'));
    expect(texts().join()).toContain('status of custom resources, widgets/foo, widgets/status (any other group)');
    expect(texts().join()).toMatch(/all others, all others\/status, widgets\/foo, widgets\/status \(example\.com\).* widgets \(example\.com\) if namespaced/);
    part.unmount();
  });

  it('tells stages and managed fields from levels', async () => {
    mount();
    await open('audit-compare');
    await says('audit-decisions-result', 'the same');
    await type(OWN.replace('  omitStages: [RequestReceived]\n', ''));
    await says('audit-decisions-result', 'at other stages');
  });

  it('with any text says when kube-apiserver takes it not, or when it is no policy', async () => {
    mount();
    await open('audit-compare');
    await get('audit-compare-with').setValue('text');
    expect(find('audit-differences').exists()).toBe(false);
    await get('audit-compare-text').setValue('kind: nothing\n');
    await says('audit-compare-refused-before', 'kube-apiserver does not start');
    await get('audit-compare-text').setValue(': : :');
    await says('audit-compare-refused-before', 'is no policy');
    expect(find('audit-decisions').exists()).toBe(false);
    await get('audit-compare-text').setValue(METADATA.policy);
    await says('audit-decisions-result', 'log less');
  });

  it('opens a file, again where it is the same one, and says why it is none', async () => {
    mount();
    await open('audit-compare');
    await get('audit-compare-with').setValue('text');
    let value = 'C:\\fakepath\\mine.yaml';
    const choose = async (content: Uint8Array) => {
      Object.defineProperties(get('audit-compare-file').element, {
        files: { configurable: true, value: [{ name: 'mine.yaml', size: content.byteLength, arrayBuffer: async () => content }] },
        value: { configurable: true, get: () => value, set: (text: string) => {
          value = text;
        } }
      });
      await get('audit-compare-file').trigger('change');
    };

    await choose(new Uint8Array([0xff, 0xfe]));
    await says('audit-compare-file-state', 'mine.yaml is no text in UTF-8');
    // A browser says nothing when the same file is chosen once more, unless the input forgets it.
    expect(value).toBe('');
    await choose(new TextEncoder().encode(OWN));
    await says('audit-compare-file-state', 'mine.yaml is open');
    await says('audit-decisions-result', 'the same');
  });

  it('is marked as the one before while the next is made, and keeps what it was about', async () => {
    mount();
    await open('audit-compare');
    await says('audit-decisions-result', 'the same');
    const [comparing, compared] = [get('audit-differences').get('[role="status"]'), get('audit-differences').get('.result')];
    const state = () => [compared.attributes('aria-busy'), comparing.text()];

    expect(state()).toEqual(['false', '']);
    await type(OWN.replace('level: Metadata', 'level: Request'));
    await eventually(() => expect(state()).toEqual(['true', expect.stringContaining('being compared')]));
    expect(compared.classes()).toContain('stale');
    expect(get('audit-decisions-result').text()).toContain('the same');
    await says('audit-decisions-result', 'log more');
    expect(state()).toEqual(['false', '']);
  });

  it('is there for those who may only read', async () => {
    mount({ mode: 'view' });
    await open('audit-compare');
    await get('audit-compare-with').setValue('metadata');
    await says('audit-decisions-result', 'log less');
    expect(find('audit-presets-replace').exists()).toBe(false);
  });
});

describe('a preset', () => {
  it('is called Custom by itself once it is edited', async () => {
    mount();
    expect(get('audit-presets-now').text()).toBe('Custom');
    await get('audit-preset-metadata').trigger('change');
    await press('audit-replace-confirm');
    expect(get('audit-presets-now').text()).toBe('Everything, metadata');
    expect(find('audit-preset-custom').exists()).toBe(false);
    await type(METADATA.policy.replace('level: Metadata', 'level: Request'));
    expect(get('audit-presets-now').text()).toBe('Custom');
    expect((find('audit-preset-custom').element as HTMLInputElement).checked).toBe(true);
  });

  it('is shown with what it logs before it takes the place of the policy', async () => {
    mount();
    await get('audit-preset-cis').trigger('change');
    expect(policy()).toBe(OWN);
    expect(get('audit-preview-text').text()).toContain(CIS.policy.split('\n')[3]);
    await says('audit-summary', 'Metadata 4 rules');
    await says('audit-decisions-result', 'log more');
    await get('audit-preset-custom').trigger('change');
    expect(find('audit-replace').exists()).toBe(false);
    expect(policy()).toBe(OWN);
    await get('audit-preset-cis').trigger('change');
    await press('audit-replace-confirm');
    expect(policy()).toBe(CIS.policy);
  });

  it('can be looked at before the audit log is turned on', async () => {
    mount({ cluster: clusterWith() });
    await open('audit-start-preview');
    await says('audit-summary', '1 rule,');
    expect(get('audit-start-preview').text()).toContain(METADATA.policy.trim().split('\n')[0]);
  });
});

describe('a policy from elsewhere', () => {
  const other = (name: string, rkeConfig?: object): object => ({ metadata: { name, namespace: 'fleet-default' }, spec: { kubernetesVersion: 'v1.34.2+rke2r1', ...(rkeConfig ? { rkeConfig } : {}) } });
  const CLUSTERS = [
    other('demo', {}), other('inline', { machineGlobalConfig: { 'audit-policy-file': CIS.policy } }), other('off', { machineGlobalConfig: {} }), other('imported'),
    { ...clusterWith('policy'), metadata: { name: 'from-secret', namespace: 'fleet-default' } }, { ...clusterWith('gone'), metadata: { name: 'from-nothing', namespace: 'fleet-default' } }
  ];
  const rancher = fakeRancher(secret('policy', 'from-secret', CIS.policy));
  const request = async (asked: ApiRequest) => asked.url.startsWith('/v1/provisioning.cattle.io.clusters?') ? { data: CLUSTERS } : asked.url.startsWith('/v1/management') ? { data: [] } : rancher.request(asked);
  const choices = () => find('audit-import-name').findAll('option').slice(1).map((option) => option.text());

  it.each([['fleet-default/off', 'is off'], ['fleet-default/imported', 'does not configure the nodes'], ['fleet-default/from-nothing', 'is not there']])('says why there is none in %s', async (id, reason) => {
    mount({ request });
    await open('audit-presets-import');
    await eventually(() => expect(choices()).toEqual(['from-nothing', 'from-secret', 'imported', 'inline', 'off']));
    await get('audit-import-name').setValue(id);
    await says('audit-import-state', reason);
    expect(get('audit-import-pick').attributes('disabled')).toBeDefined();
  });

  it.each(['fleet-default/inline', 'fleet-default/from-secret'])('of the cluster %s is previewed, and only its text is taken', async (id) => {
    mount({ request });
    await open('audit-presets-import');
    await eventually(() => expect(choices()).toContain('inline'));
    await get('audit-import-name').setValue(id);
    await eventually(() => expect(get('audit-import-pick').attributes('disabled')).toBeUndefined());
    await press('audit-import-pick');
    expect(get('audit-replace').text()).toContain(`Preview of “Policy of ${ id.split('/')[1] }”`);
    await press('audit-replace-confirm');
    expect(form.model.spec?.rkeConfig).toEqual({ machineGlobalConfig: { 'audit-policy-file': CIS.policy } });
    expect(rancher.writes).toEqual([]);
  });

  it('that comes late is not taken for the one that was chosen since', async () => {
    let release: (() => void) | undefined;
    const late = new Promise<void>((resolve) => {
      release = resolve;
    });

    mount({
      request: async (asked) => {
        if (asked.url.includes('/secrets/')) {
          await late;
        }

        return request(asked);
      }
    });
    await open('audit-presets-import');
    await eventually(() => expect(choices()).toContain('from-secret'));
    await get('audit-import-name').setValue('fleet-default/from-secret');
    await get('audit-import-name').setValue('fleet-default/off');
    await says('audit-import-state', 'is off');
    release?.();
    await settled();
    await says('audit-import-state', 'is off');
    expect(get('audit-import-pick').attributes('disabled')).toBeDefined();
  });

  it('of a Secret is picked from a list, or by name where the user may not list them', async () => {
    mount({ request, methods: { 'provisioning.cattle.io.cluster': ['GET'], 'secret': ['GET', 'POST'] } });
    await open('audit-presets-import');
    await get('audit-import-from').setValue('Secret');
    await eventually(() => expect(choices()).toEqual(['policy']));
    await get('audit-import-name').setValue('policy');
    await eventually(() => expect(get('audit-import-pick').attributes('disabled')).toBeUndefined());
    await press('audit-import-pick');
    expect(get('audit-replace').text()).toContain('Secret policy, audit-policy');

    form.wrapper.unmount();
    mount({ request, methods: {} });
    await open('audit-presets-import');
    await get('audit-import-from').setValue('Secret');
    await eventually(() => expect(find('audit-import-name').element.tagName).toBe('INPUT'));
    await get('audit-import-name').setValue('nothing');
    await get('audit-import-name').trigger('change');
    await says('audit-import-state', 'no permission to read');
  });

  it('turns the audit log on with it where there was none', async () => {
    mount({ request, cluster: { ...RKE2, spec: { ...RKE2.spec, rkeConfig: { machineGlobalConfig: {} } } } });
    await open('audit-start-import');
    await eventually(() => expect(choices()).toContain('inline'));
    await get('audit-import-name').setValue('fleet-default/inline');
    await eventually(() => expect(get('audit-import-pick').attributes('disabled')).toBeUndefined());
    await press('audit-import-pick');
    expect((find('audit-preset-import').element as HTMLInputElement).checked).toBe(true);
    await press('audit-turn-on');
    expect(policy()).toBe(CIS.policy);
  });
});
