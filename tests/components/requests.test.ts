// Trying a request on the policy of a form, and the expectations that are kept with it.
import { afterEach, describe, expect, it } from 'vitest';
import { nextTick } from 'vue';

import { base64Of, textIn, type SourceObject } from '../../audit/cluster/sources';
import { readPolicyDocument } from '../../audit/policy/document';
import { readExpectations, textOfExpectations } from '../../audit/request/expectationFile';
import type { Expectation } from '../../audit/request/expectations';
import type { Mismatch } from '../../audit/request/mismatch';
import { mismatchText } from '../../components/request/mismatchText';
import RulesPane from '../../components/policy/RulesPane.vue';
import YamlPane from '../../components/policy/YamlPane.vue';
import { casesOf } from '../unit/tables';
import { clusterWith, secret } from './given';
import { mountForm, partsOf, settled, translator, type Locale, type MountedForm } from './host';
import { fakeRancher, type FakeRancher } from './rancher';

const POLICY = `apiVersion: audit.k8s.io/v1
kind: Policy
# everybody's health checks
rules:
- level: None
  users: [root]
- level: Request
  verbs: [create, update]
- level: Metadata
  resources:
  - group: ""
    resources: [secrets]
`;

let form: MountedForm;
const { get, find, press } = partsOf(() => form);

afterEach(() => form?.wrapper.unmount());

function expectationOf(line: string, level: Expectation['level']): Expectation {
  return { asked: { who: { user: 'jane', groups: [] }, what: { form: 'kubectl', line } }, level };
}

async function openForm(given: { readonly inline?: boolean; readonly expectations?: string; readonly mode?: 'view' } = {}): Promise<FakeRancher> {
  const source = secret('dev', 'demo', POLICY);
  const stored: SourceObject = given.expectations === undefined ? source : { ...source, data: { ...source.data, 'audit-policy-expectations': base64Of(given.expectations) } };
  const rancher = fakeRancher(stored);
  const inline = { metadata: { name: 'demo', namespace: 'fleet-default', resourceVersion: '1' }, spec: { kubernetesVersion: 'v1.34.2+rke2r1', rkeConfig: { machineGlobalConfig: { 'audit-policy-file': POLICY } } } };

  form = mountForm({ cluster: given.inline ? inline : clusterWith('dev'), request: rancher.request, ...(given.mode ? { mode: given.mode } : {}) });
  await settled();

  return rancher;
}

async function open(testId: string): Promise<void> {
  const details = form.wrapper.get<HTMLDetailsElement>(`[data-testid="${ testId }"] > details`);

  details.element.open = true;
  await details.trigger('toggle');
  await nextTick();
}

async function ask(line: string): Promise<void> {
  await get('audit-request-form-kubectl').setValue(true);
  await get('audit-request-kubectl').get('input').setValue(line);
}

describe('a reason in words', () => {
  it.each(casesOf<{ readonly mismatch: Mismatch; readonly words: Readonly<Record<Locale, string>> }>('request/mismatch-words'))('$name', ({ mismatch, words }) => {
    for (const [locale, sentence] of Object.entries(words)) {
      const translate = translator(locale as Locale);

      expect(mismatchText(mismatch, (key, params) => translate(`clusterAudit.${ key }`, params))).toBe(sentence);
    }
  });
});

describe('a request that is tried', () => {
  it('is answered by the level, the rule, the log and the reasons, anew on each change', async () => {
    await openForm();
    expect(find('audit-request-verdict').exists()).toBe(false);
    await open('audit-request');
    expect(get('audit-request-verdict').text()).toContain('MetadataRule 3 decides.');
    expect(get('audit-request-events').findAll('li').map((item) => item.text())).toEqual(['RequestReceived who, what and when', 'ResponseComplete who, what and when']);
    await ask('kubectl create configmap a -n default');
    expect(get('audit-request-verdict').text()).toContain('RequestRule 2 decides.');
    expect(get('audit-request-events').text()).toContain('the object that is sent');
    await ask('kubectl get nodes');
    expect(get('audit-request-verdict').text()).toContain('No rule matches – not logged.');
    expect(find('audit-request-events').exists()).toBe(false);
    await ask('kubectl config view');
    expect(get('audit-request-refused').text()).toContain('sends no request');
    expect(find('audit-request-answer').exists()).toBe(false);
  });

  it('is shown at the rules: the one that decides, and why the ones before don’t', async () => {
    await openForm();
    await open('audit-request');
    expect(get('audit-rule-2').text()).toContain('Decides the request');
    expect(get('audit-rule-0').text()).toContain('user system:serviceaccount:cattle-impersonation-system:cattle-impersonation-u-abc12 is not root');
    expect(get('audit-rule-1').text()).toContain('verb get is not in create, update');
    expect(form.wrapper.findComponent(YamlPane).props('marks')).toEqual([{ from: 5, to: 6, kind: 'passed' }, { from: 7, to: 8, kind: 'passed' }, { from: 9, to: 12, kind: 'decides' }]);
  });

  it('comes from whoever is picked, by each path', async () => {
    await openForm();
    await open('audit-request');
    await get('audit-request-identity').setValue('rancherExplorer');
    expect(get('audit-request-user').get<HTMLInputElement>('input').element.value).toBe('system:serviceaccount:cattle-system:cattle');
    await get('audit-request-name-of-who').get('input').setValue('u-other');
    expect(get('audit-request-event').text()).toContain('username: u-other');
    await get('audit-request-identity').setValue('kubelet');
    await get('audit-request-name-of-who').get('input').setValue('node-7');
    expect(get('audit-request-user').get<HTMLInputElement>('input').element.value).toBe('system:node:node-7');
    await get('audit-request-user').get('input').setValue('root');
    expect((get('audit-request-identity').element as HTMLSelectElement).value).toBe('other');
    expect(get('audit-request-verdict').text()).toContain('Rule 1 decides – not logged.');
    await get('audit-request-identity').setValue('unauthenticated');
    expect(find('audit-request-user').exists()).toBe(false);
    expect(get('audit-request-events').text()).toContain('ResponseStarted');
  });

  it('takes a resource with its group and subresource as it is typed, and says what has no name', async () => {
    await openForm();
    await open('audit-request');
    await get('audit-request-resource').get('input').setValue('deployments');
    expect(get('audit-request-group').get<HTMLInputElement>('input').element.value).toBe('apps');
    await get('audit-request-resource').get('input').setValue('pods/log');
    expect([get('audit-request-group'), get('audit-request-subresource')].map((field) => field.get<HTMLInputElement>('input').element.value)).toEqual(['', 'log']);
    await get('audit-request-resource').get('input').setValue('nodes');
    expect(get('audit-request-namespace').get<HTMLInputElement>('input').element.disabled).toBe(true);
    await get('audit-request-subresource').get('input').setValue('');
    await get('audit-request-verb').get('input').setValue('create');
    expect(get('audit-request-name').get<HTMLInputElement>('input').element.disabled).toBe(true);
  });

  it('leaves out rules in the simulation alone', async () => {
    await openForm();
    const before = JSON.stringify(form.model);

    await press('audit-skip-2');
    expect(get('audit-request-skipped').text()).toContain('Simulating without rule 3 – not saved.');
    expect(get('audit-request-verdict').text()).toContain('No rule matches – not logged.');
    expect(JSON.stringify(form.model)).toBe(before);
    await get('audit-request-skipped').get('button').trigger('click');
    expect(get('audit-request-verdict').text()).toContain('Rule 3 decides.');
  });

  it('takes all rules in again where an edit moves them', async () => {
    await openForm();
    await press('audit-skip-2');
    await form.wrapper.get('[aria-label="Move rule 1 down"]').trigger('click');
    expect(get('audit-request-skipped').text()).toContain('without rule 3 ');
    await form.wrapper.get('[aria-label="Remove rule 1"]').trigger('click');
    expect(find('audit-request-skipped').exists()).toBe(false);
  });

  it('becomes a rule before the one that decides it', async () => {
    await openForm();
    await open('audit-request');
    await ask('kubectl get secrets -n prod');
    await press('audit-request-add-rule');
    await settled();
    const text = form.wrapper.findComponent(YamlPane).props('text') as string;

    expect(readPolicyDocument(text).policy?.rules[2]).toMatchObject({ level: 'Metadata', verbs: ['list'], resources: [{ group: '', resources: ['secrets'] }] });
    expect(text).toContain('# everybody\'s health checks');
  });

  it('becomes a rule before the one that really decides it, where that was left out', async () => {
    await openForm();
    await open('audit-request');
    await press('audit-skip-2');
    await press('audit-request-add-rule');
    await settled();

    expect(readPolicyDocument(form.wrapper.findComponent(YamlPane).props('text') as string).policy?.rules[2]).toMatchObject({ level: 'Metadata', verbs: ['get'] });
  });

  it('becomes no rule of a text that is refused', async () => {
    await openForm();
    await open('audit-request');
    form.wrapper.findComponent(YamlPane).vm.$emit('update', POLICY.replace('[root]', '[root'));
    await settled();
    const text = form.wrapper.findComponent(YamlPane).props('text');

    expect(get('audit-request-verdict').text()).toContain('Rule 3 decides.');
    expect(find('audit-request-add-rule').exists()).toBe(false);
    await form.wrapper.getComponent(RulesPane).vm.addRule({ level: 'None' }, 0);
    await settled();
    expect(form.wrapper.findComponent(YamlPane).props('text')).toBe(text);
    expect(get('audit-said').text()).toBe('');
  });

  it('can be tried where nothing can be edited', async () => {
    await openForm({ mode: 'view' });
    await open('audit-request');
    expect(get('audit-request-verdict').text()).toContain('Rule 3 decides.');
    expect(find('audit-request-expect').exists()).toBe(false);
    expect(find('audit-expectations-import').exists()).toBe(false);
  });
});

describe('expectations', () => {
  it('go into a second key of the Secret, and nothing else is written', async () => {
    const rancher = await openForm();
    const before = JSON.stringify(form.model);

    await open('audit-request');
    await press('audit-request-expect');
    expect(get('audit-expectations-sum').text()).toBe('1 of 1 holds');
    expect(get('audit-pending').text()).toContain('No machine restarts for it.');
    expect(JSON.stringify(form.model)).toBe(before);
    await form.save(form.model);
    const stored = { ...rancher.objects.get('secrets/fleet-default/dev'), kind: 'Secret' } as SourceObject;

    expect(readExpectations(textIn(stored, 'audit-policy-expectations') ?? '').expectations).toMatchObject([{ level: 'Metadata', asked: { what: { verb: 'get', resource: 'secrets', namespace: 'default' } } }]);
    expect(textIn(stored, 'audit-policy')).toBe(POLICY);
    expect(JSON.stringify(form.model)).toBe(before);
  });

  it('are checked on each edit, with what it was before', async () => {
    await openForm({ expectations: textOfExpectations([expectationOf('get secrets', 'Metadata'), expectationOf('get pods', 'None')]) });
    expect(get('audit-expectations-sum').text()).toBe('2 of 2 hold');
    form.wrapper.findComponent(YamlPane).vm.$emit('update', POLICY.replace('- level: None\n  users: [root]', '- level: Request'));
    await settled();
    expect(get('audit-expectations-sum').text()).toBe('0 of 2 hold');
    expect(get('audit-expectation-0').text()).toContain('differs');
    expect(get('audit-expectation-0').get('[data-testid="audit-expectation-level"]').text()).toBe('Request, was Metadata (rule 1)');
    expect(get('audit-expectation-1').get('[data-testid="audit-expectation-level"]').text()).toBe('Request, was None (rule 1)');
    await get('audit-expectation-0').get('select').setValue('Request');
    expect(get('audit-expectation-0').text()).toContain('holds');
    expect(get('audit-expectations-sum').text()).toBe('1 of 2 hold');
  });

  it('are removed one by one, until their key goes, too', async () => {
    const rancher = await openForm({ expectations: textOfExpectations([expectationOf('get secrets', 'Metadata')]) });

    await get('audit-expectation-0').get('[data-remove]').trigger('click');
    expect(get('audit-expectations-sum').text()).toBe('none yet');
    await form.save(form.model);
    expect(Object.keys((rancher.objects.get('secrets/fleet-default/dev') as SourceObject).data ?? {})).toEqual(['audit-policy']);
  });

  it('go with the policy into the next Secret', async () => {
    const text = textOfExpectations([expectationOf('get secrets', 'Metadata')]);
    const rancher = await openForm({ expectations: text });

    form.wrapper.findComponent(YamlPane).vm.$emit('update', POLICY.replace('users: [root]', 'users: [admin]'));
    await settled();
    await form.save(form.model);
    const next = [...rancher.objects].find(([key]) => key.startsWith('secrets/fleet-default/demo-audit-policy-'))?.[1] as SourceObject | undefined;

    expect(next && textIn({ ...next, kind: 'Secret' }, 'audit-policy-expectations')).toBe(text);
  });

  it('of an inline policy last as long as the page, and go along into a Secret', async () => {
    await openForm({ inline: true });
    await open('audit-request');
    await press('audit-request-expect');
    expect(get('audit-expectations').text()).toContain('as long as this page is open');
    expect(find('audit-pending').exists()).toBe(false);
    await get('audit-delivery-secret').setValue(true);
    await settled();
    expect(get('audit-expectations').text()).toContain('saved with the policy');
    expect(get('audit-expectations-sum').text()).toBe('1 of 1 holds');
    await get('audit-delivery-inline').setValue(true);
    await settled();
    expect(get('audit-expectations-sum').text()).toBe('1 of 1 holds');
    expect(find('audit-pending').exists()).toBe(false);
  });

  it('that can’t be read stay as they are, and are named', async () => {
    await openForm({ expectations: 'expectations:\n- level: Metadta\n' });
    expect(get('audit-expectations-sum').text()).toBe('can’t be read');
    expect(get('audit-expectations').text()).toContain('expectations[0].level must be one of');
    await open('audit-request');
    await press('audit-request-expect');
    expect(get('audit-expectations-sum').text()).toBe('can’t be read');
    expect(find('audit-pending').exists()).toBe(false);
  });

  it('come from a file, into the list that is there', async () => {
    await openForm({ expectations: textOfExpectations([expectationOf('get secrets', 'None')]) });
    const input = get('audit-expectations-file');
    const choose = async (text: string): Promise<void> => {
      Object.defineProperty(input.element, 'files', { configurable: true, value: [{ size: text.length, arrayBuffer: async () => new TextEncoder().encode(text).buffer }] });
      Object.defineProperty(input.element, 'value', { configurable: true, writable: true, value: '' });
      await input.trigger('change');
      await settled();
    };

    await choose('expectations: [{ kubectl: get pods }]');
    expect(get('audit-expectations').text()).toContain('expectations[0].level must be one of');
    await choose(textOfExpectations([expectationOf('get secrets', 'Metadata'), expectationOf('get pods', 'None')]));
    expect(get('audit-expectations').text()).not.toContain('must be one of');
    expect(get('audit-expectations-sum').text()).toBe('2 of 2 hold');
  });

  it('are not taken in where their file could not be read again', async () => {
    const longOnes = (first: string): string => textOfExpectations(Array.from({ length: 24 }, (_, index) => expectationOf(`get pods ${ first }${ index }${ 'a'.repeat(4000) }`, 'None')));
    const text = longOnes('b');

    await openForm({ expectations: longOnes('a') });
    const input = get('audit-expectations-file');

    Object.defineProperty(input.element, 'files', { configurable: true, value: [{ size: text.length, arrayBuffer: async () => new TextEncoder().encode(text).buffer }] });
    Object.defineProperty(input.element, 'value', { configurable: true, writable: true, value: '' });
    await input.trigger('change');
    await settled();
    expect(get('audit-expectations').text()).toContain('more than 131,072 characters');
    expect(get('audit-expectations-sum').text()).toBe('24 of 24 hold');
  });

  it('can be tried again', async () => {
    await openForm({ expectations: textOfExpectations([expectationOf('get pods -A', 'None')]) });
    await form.wrapper.get('[aria-label="Try the request of expectation 1"]').trigger('click');
    await settled();
    expect(get('audit-request-kubectl').get<HTMLInputElement>('input').element.value).toBe('get pods -A');
    expect(document.activeElement?.textContent).toContain('Try a request');
  });
});
