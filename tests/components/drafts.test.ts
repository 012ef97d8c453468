// Drafts of policies in the browser: kept, opened with what belongs to them, removed and brought back; and what can't be read is left alone.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { MAX_DRAFTS, readDrafts, textOfDrafts, type Draft } from '../../audit/drafts/drafts';
import { base64Of } from '../../audit/cluster/sources';
import type { RancherCluster } from '../../audit/cluster/rancherCluster';
import { METADATA } from '../../audit/presets/metadata';
import { textOfExpectations } from '../../audit/request/expectationFile';
import { clusterWith, secret } from './given';
import { mountForm, partsOf, settled, type FormOptions, type MountedForm } from './host';
import { fakeRancher } from './rancher';

const KEY = 'cluster-audit-log.drafts';
const OWN = 'apiVersion: audit.k8s.io/v1\nkind: Policy\nrules:\n# mine\n- level: Metadata\n  users: [jane]\n';
const EXPECTATIONS = textOfExpectations([{ asked: { who: { user: 'jane', groups: [] }, what: { form: 'kubectl', line: 'get pods' } }, level: 'Metadata' }]);
const RKE2: RancherCluster = { metadata: { name: 'demo', namespace: 'fleet-default', resourceVersion: '1' }, spec: { kubernetesVersion: 'v1.34.2+rke2r1', rkeConfig: { machineGlobalConfig: { 'audit-policy-file': OWN } } } };
const OFF: RancherCluster = { ...RKE2, spec: { kubernetesVersion: 'v1.34.2+rke2r1', rkeConfig: { machineGlobalConfig: {} } } };
/** A Secret with an expectation about the request of the draft's. */
const SECRET = { ...secret('dev', 'demo', OWN), data: { 'audit-policy': base64Of(OWN), 'audit-policy-expectations': base64Of(EXPECTATIONS.replace('"Metadata"', '"None"')) } };
const DRAFT: Draft = { name: 'quiet', policy: METADATA.policy, expectations: EXPECTATIONS, keptAt: Date.UTC(2026, 5, 5, 12) };

let form: MountedForm;
const { find, get, press } = partsOf(() => form);
/** The level that the first expectation wants. */
const level = () => get('audit-expectation-0').get<HTMLSelectElement>('select').element.value;
const policy = () => form.model.spec?.rkeConfig?.machineGlobalConfig?.['audit-policy-file'];
const stored = (): readonly Draft[] => readDrafts(localStorage.getItem(KEY) ?? undefined) as readonly Draft[];
const keepIn = (...drafts: readonly Draft[]) => localStorage.setItem(KEY, textOfDrafts(drafts));

async function mount(options: Partial<FormOptions> = {}): Promise<void> {
  form = mountForm({ cluster: RKE2, ...options });
  await settled();
  (get('audit-drafts').element as HTMLDetailsElement).open = true;
  await get('audit-drafts').trigger('toggle');
}

async function keepAs(name: string): Promise<void> {
  await get('audit-draft-name').setValue(name);
  await press('audit-draft-keep');
}

beforeEach(() => localStorage.clear());
afterEach(() => {
  form.wrapper.unmount();
  vi.restoreAllMocks();
});

describe('keeping a draft', () => {
  it('takes the text as it is, with its name, and says so', async () => {
    await mount();
    expect(get('audit-drafts').text()).toContain('Drafts stay in this browser');
    await keepAs('  my  policy ');
    expect(stored()).toMatchObject([{ name: 'my policy', policy: OWN, expectations: '' }]);
    expect(get('audit-draft-state').text()).toBe('The draft “my policy” is kept.');
    expect(get('audit-draft-0').text()).toContain('my policy');
    expect(policy()).toBe(OWN);
  });

  it('says that no more of it is kept once the policy is another, and asks anew', async () => {
    await mount();
    await keepAs('mine');
    expect(get('audit-draft-state').text()).toContain('is kept');
    await get('audit-yaml').get('textarea').setValue(METADATA.policy);
    expect(get('audit-draft-state').text()).toBe('');
    await press('audit-draft-keep');
    expect(get('audit-draft-keep').text()).toBe('Replace the draft');
    await get('audit-yaml').get('textarea').setValue(OWN);
    expect(get('audit-draft-keep').text()).toBe('Keep this policy as a draft');
  });

  it('asks by Enter, and replaces by its button alone', async () => {
    keepIn(DRAFT);
    await mount();
    await get('audit-draft-name').setValue('quiet');
    await get('audit-draft-name').trigger('keydown', { key: 'Enter' });
    await get('audit-draft-name').trigger('keydown', { key: 'Enter' });
    expect(stored()).toEqual([DRAFT]);
    expect(get('audit-draft-keep').text()).toBe('Replace the draft');
  });

  it('names the limit that it is over', async () => {
    keepIn(...Array.from({ length: MAX_DRAFTS }, (_, index) => ({ ...DRAFT, name: `draft ${ index }` })));
    await mount();
    await keepAs('mine');
    expect(get('audit-draft-state').text()).toBe('More than 100 drafts are not kept. Remove some first.');
  });

  it('reads what is kept when the drafts are opened, and not before', async () => {
    const read = vi.spyOn(Storage.prototype, 'getItem');

    form = mountForm({ cluster: RKE2 });
    await settled();
    window.dispatchEvent(new StorageEvent('storage', { key: KEY }));
    expect(read.mock.calls.filter(([key]) => key === KEY)).toEqual([]);
    form.wrapper.unmount();
    await mount();
    expect(read).toHaveBeenCalledWith(KEY);
  });

  it('wants a name', async () => {
    await mount();
    await press('audit-draft-keep');
    expect(get('audit-draft-state').text()).toBe('Give the draft a name.');
    expect(stored()).toEqual([]);
  });

  it('replaces one of the same name only when told so', async () => {
    keepIn(DRAFT);
    await mount();
    await keepAs('quiet');
    expect(get('audit-draft-state').text()).toBe('There is a draft “quiet” already.');
    expect(stored()).toEqual([DRAFT]);
    await press('audit-draft-dont-replace');
    expect(get('audit-draft-keep').text()).toBe('Keep this policy as a draft');
    await press('audit-draft-keep');
    await get('audit-draft-name').setValue('other');
    expect(get('audit-draft-keep').text()).toBe('Keep this policy as a draft');
    await get('audit-draft-name').setValue('quiet');
    await press('audit-draft-keep');
    await press('audit-draft-keep');
    expect(stored()).toMatchObject([{ name: 'quiet', policy: OWN }]);
  });

  it.each([['QuotaExceededError', 'The browser has no room left'], ['SecurityError', 'The browser keeps nothing for this page.']])('says why %s kept it from being done, and changes nothing', async (error, words) => {
    keepIn(DRAFT);
    await mount();
    vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('no', error);
    });
    await keepAs('mine');
    expect(get('audit-draft-state').text()).toContain(words);
    expect(stored()).toEqual([DRAFT]);
  });
});

describe('opening a draft', () => {
  it('shows it first, then takes it with its expectations, and undo gives the text of before', async () => {
    keepIn(DRAFT);
    await mount();
    expect(get('audit-draft-0').text()).toMatch(/quiet\s*Fri, Jun 5 2026\s\d\d:00:00/);
    await get('audit-draft-0').get('[data-testid="audit-draft-pick"]').trigger('click');
    expect(get('audit-replace').text()).toContain('Its expectations come with it');
    expect(policy()).toBe(OWN);
    await press('audit-replace-confirm');
    expect(policy()).toBe(METADATA.policy);
    expect(get('audit-expectations-sum').text()).toBe('1 of 1 holds');
    await press('audit-undo');
    expect(policy()).toBe(OWN);
  });

  it('is how an audit log can begin, too', async () => {
    keepIn({ ...DRAFT, policy: OWN });
    await mount({ cluster: OFF });
    expect(find('audit-draft-name').exists()).toBe(false);
    await get('audit-draft-0').get('[data-testid="audit-draft-pick"]').trigger('click');
    expect(policy()).toBeUndefined();
    await press('audit-turn-on');
    expect(policy()).toBe(OWN);
    expect(get('audit-expectations-sum').text()).toBe('1 of 1 holds');
  });

  it('says why expectations that can’t be read did not come with it', async () => {
    keepIn(DRAFT, { ...DRAFT, name: 'odd', expectations: 'expectations: 5' });
    await mount();
    for (const [index, sum] of [[0, '1 of 1 holds'], [1, '1 of 1 holds']] as const) {
      await get(`audit-draft-${ index }`).get('[data-testid="audit-draft-pick"]').trigger('click');
      await press('audit-replace-confirm');
      expect(get('audit-expectations-sum').text()).toBe(sum);
    }
    expect(form.wrapper.get('[data-code="expectations.notAList"]').text()).toContain('must be a list');
    await get('audit-yaml').get('textarea').setValue(OWN);
    expect(form.wrapper.find('[data-code="expectations.notAList"]').exists()).toBe(false);
  });

  it('is taken back by undo with its expectations, and by redo it comes with them again', async () => {
    keepIn(DRAFT);
    await mount({ cluster: clusterWith('dev'), request: fakeRancher(SECRET).request });
    await press('audit-draft-pick');
    await press('audit-replace-confirm');
    expect([level(), get('audit-yaml').get('textarea').element.value]).toEqual(['Metadata', METADATA.policy]);
    await press('audit-undo');
    expect([level(), get('audit-yaml').get('textarea').element.value]).toEqual(['None', OWN]);
    await press('audit-redo');
    expect([level(), get('audit-yaml').get('textarea').element.value]).toEqual(['Metadata', METADATA.policy]);
  });
});

describe('removing a draft', () => {
  it('can be taken back', async () => {
    keepIn({ ...DRAFT, name: 'newer', keptAt: DRAFT.keptAt + 1 }, DRAFT);
    await mount();
    await get('audit-draft-0').get('[data-testid="audit-draft-remove"]').trigger('click');
    await settled();
    expect(stored()).toEqual([DRAFT]);
    expect(document.activeElement?.textContent?.trim()).toBe('Bring it back');
    await press('audit-draft-back');
    expect(stored().map(({ name }) => name)).toEqual(['newer', 'quiet']);
  });

  it('can’t be taken back where others have taken its place, and harms none of them', async () => {
    const others = Array.from({ length: MAX_DRAFTS }, (_, index) => ({ ...DRAFT, name: `draft ${ index }` }));

    keepIn(DRAFT);
    await mount();
    await press('audit-draft-remove');
    keepIn(...others);
    await press('audit-draft-back');
    expect(get('audit-drafts').text()).toContain('More than 100 drafts are not kept.');
    expect(stored()).toEqual(others);
    expect(find('audit-draft-back').exists()).toBe(true);
  });

  it('says so where it is gone already, and the way back of another stays', async () => {
    keepIn({ ...DRAFT, name: 'newer' }, DRAFT);
    await mount();
    await press('audit-draft-remove');
    localStorage.clear();
    await press('audit-draft-remove');
    expect(get('audit-drafts').text()).toContain('The draft “quiet” is not there any more.');
    await press('audit-draft-back');
    expect(stored().map(({ name }) => name)).toEqual(['newer']);
  });

  it('is seen when another page does it', async () => {
    keepIn(DRAFT);
    await mount();
    localStorage.clear();
    window.dispatchEvent(new StorageEvent('storage', { key: KEY }));
    await settled();
    expect(get('audit-drafts').text()).toContain('There are no drafts yet.');
  });
});

describe('what can’t be read', () => {
  it.each([['{"version":1', 'can’t be read'], ['{"version":7}', 'of a newer version']])('stays as it is until it is removed in two steps: %s', async (text, words) => {
    localStorage.setItem(KEY, text);
    await mount();
    expect(get('audit-drafts-problem').text()).toContain(words);
    expect(find('audit-draft-keep').exists()).toBe(false);
    await press('audit-drafts-anew');
    await press('audit-drafts-dont');
    await press('audit-drafts-anew');
    expect(localStorage.getItem(KEY)).toBe(text);
    await press('audit-drafts-anew');
    expect(localStorage.getItem(KEY)).toBeNull();
    await keepAs('mine');
    expect(stored()).toMatchObject([{ name: 'mine' }]);
  });

  it('is not written over either when it comes while the form is open', async () => {
    await mount();
    localStorage.setItem(KEY, '{"version":7}');
    await get('audit-draft-name').setValue('mine');
    await press('audit-draft-keep');
    expect(localStorage.getItem(KEY)).toBe('{"version":7}');
  });

  it('is said where the browser keeps nothing at all', async () => {
    vi.spyOn(Storage.prototype, 'getItem').mockImplementation(() => {
      throw new DOMException('no', 'SecurityError');
    });
    await mount();
    expect(get('audit-drafts-problem').text()).toContain('The browser keeps nothing for this page.');
    expect(find('audit-drafts-anew').exists()).toBe(false);
  });
});
