// Trying a request on the policy of a form.
import { afterEach, describe, expect, it } from 'vitest';

import { readPolicyDocument } from '../../audit/policy/document';
import type { Mismatch } from '../../audit/request/mismatch';
import { mismatchText } from '../../audit/request/mismatchText';
import RulesPane from '../../components/policy/RulesPane.vue';
import YamlPane from '../../components/policy/YamlPane.vue';
import { casesOf } from '../unit/tables';
import { settled, translator, type Locale } from './host';
import { ask, closeForm, find, form, get, open, openForm, POLICY, press } from './requestForm';

afterEach(closeForm);

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
    // A region that comes with its words is not read out.
    const region = get('audit-request-said').element;

    await ask('kubectl config view');
    expect(get('audit-request-said').element).toBe(region);
    expect(get('audit-request-refused').text()).toContain('sends no request');
    expect(find('audit-request-answer').exists()).toBe(false);
  });

  it('is answered by no policy that kube-apiserver refuses', async () => {
    await openForm();
    await open('audit-request');
    await get('audit-yaml').get('textarea').setValue(POLICY.replace('level: Metadata', 'level: Metadta'));
    expect(get('audit-request-stale').text()).toContain('kube-apiserver does not start with the text as it is.');
    expect(get('audit-request-verdict').text()).toContain('MetadataRule 3 decides.');
    expect(get('audit-request-expect').attributes('disabled')).toBeDefined();
    expect(get('audit-rules-pane').text()).not.toContain('Decides the request.');
    await get('audit-yaml').get('textarea').setValue(POLICY);
    expect(find('audit-request-stale').exists()).toBe(false);
    expect(get('audit-rules-pane').text()).toContain('Decides the request.');
  });

  it('is shown at the rules: the one that decides, and why the ones before don’t', async () => {
    await openForm();
    await open('audit-request');
    expect(get('audit-rule-2').text()).toContain('Decides the request');
    expect(get('audit-rule-0').text()).toContain('user system:serviceaccount:cattle-impersonation-system:cattle-impersonation-u-abc12 is not root');
    expect(get('audit-rule-1').text()).toContain('verb get is not in create, update');
    expect(form().wrapper.findComponent(YamlPane).props('marks')).toEqual([{ from: 5, to: 6, kind: 'passed' }, { from: 7, to: 8, kind: 'passed' }, { from: 9, to: 12, kind: 'decides' }]);
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

  it('keeps a subresource that was typed as one, and no other', async () => {
    const value = (): string => get('audit-request-subresource').get<HTMLInputElement>('input').element.value;
    const type = async (text: string): Promise<void> => {
      for (let length = 1; length <= text.length; length++) {
        await get('audit-request-resource').get('input').setValue(text.slice(0, length));
      }
    };

    await openForm();
    await open('audit-request');
    await type('pods/log');
    await type('secrets');
    expect(value()).toBe('');
    await type('deployments');
    await get('audit-request-subresource').get('input').setValue('scale');
    await type('statefulsets');
    expect(value()).toBe('scale');
    await type('secrets');
    expect(value()).toBe('');
  });

  it('takes an API group that begins like the core group, letter by letter', async () => {
    const field = (): HTMLInputElement => get('audit-request-group').get<HTMLInputElement>('input').element;

    await openForm();
    await open('audit-request');
    for (const letter of 'core.oam.dev') {
      await get('audit-request-group').get('input').setValue(field().value + letter);
    }
    expect(field().value).toBe('core.oam.dev');
    await get('audit-request-group').get('input').setValue('core');
    expect(get('audit-request-verdict').text()).toContain('Rule 3 decides.');
    await get('audit-request-resource').get('input').setValue('deployments');
    expect(field().value).toBe('apps');
  });

  it('names what kubectl sends besides by its method and path', async () => {
    await openForm();
    await open('audit-request');
    await ask('kubectl api-resources');
    expect(get('audit-request-others').findAll('code').map((code) => code.text())).toEqual(['GET /api']);
  });

  it.each([
    ['audit-request-kubectl', 'delete pods --all -n web', 'delete pods -n web'],
    ['audit-request-kubectl', 'kubectl exec web-0 -- sh', 'get pods/exec web-0 -n default'],
    ['audit-request-url', '/api/v1/namespaces/web/pods/a', 'get pods a -n web']
  ])('of a line in %s, %s, is named as the request that it is read as', async (field, line, words) => {
    await openForm();
    await open('audit-request');
    expect(find('audit-request-read-as').exists()).toBe(false);
    await get(field.replace('request-', 'request-form-')).setValue(true);
    await get(field).get('input').setValue(line);
    expect(get('audit-request-read-as').text()).toBe(`Read as: ${ words }`);
  });

  it('of a path is not named twice', async () => {
    await openForm();
    await open('audit-request');
    await get('audit-request-form-url').setValue(true);
    await get('audit-request-url').get('input').setValue('/healthz?verbose');
    expect(get('audit-request-verdict').text()).toContain('No rule matches');
    expect(find('audit-request-read-as').exists()).toBe(false);
  });

  it('becomes no rule where its path has a star, and says why', async () => {
    await openForm();
    await open('audit-request');
    await get('audit-request-form-url').setValue(true);
    await get('audit-request-url').get('input').setValue('/metrics*');
    expect(get('audit-request-add-rule').attributes('disabled')).toBeDefined();
    expect(document.getElementById(get('audit-request-add-rule').attributes('aria-describedby') ?? '')?.textContent).toContain('no rule for this path');
    await get('audit-request-url').get('input').setValue('/metrics');
    expect(get('audit-request-add-rule').attributes('disabled')).toBeUndefined();
    expect(find('audit-request-no-rule').exists()).toBe(false);
  });

  it('leaves out rules in the simulation alone', async () => {
    await openForm();
    const before = JSON.stringify(form().model);

    await press('audit-skip-2');
    expect(get('audit-request-skipped').text()).toContain('Simulating without rule 3 – not saved.');
    expect(get('audit-request-verdict').text()).toContain('No rule matches – not logged.');
    expect(JSON.stringify(form().model)).toBe(before);
    await get('audit-request-skipped').get('button').trigger('click');
    expect(get('audit-request-verdict').text()).toContain('Rule 3 decides.');
  });

  it('leaves out the same rule, wherever edits bring it, until it is removed', async () => {
    await openForm();
    await press('audit-skip-2');
    for (const [action, words] of [['Move rule 3 up', 'without rule 2 '], ['Duplicate rule 1', 'without rule 3 '], ['Remove rule 1', 'without rule 2 ']] as const) {
      await form().wrapper.get(`[aria-label="${ action }"]`).trigger('click');
      await settled();
      expect(get('audit-request-skipped').text()).toContain(words);
      expect(get('audit-request-verdict').text()).toContain('No rule matches');
    }
    await get('audit-undo').trigger('click');
    expect(get('audit-request-skipped').text()).toContain('without rule 3 ');
    await form().wrapper.get('[aria-label="Remove rule 3"]').trigger('click');
    expect(find('audit-request-skipped').exists()).toBe(false);
  });

  it('becomes a rule before the one that decides it', async () => {
    await openForm();
    await open('audit-request');
    await ask('kubectl get secrets -n prod');
    await press('audit-request-add-rule');
    await settled();
    const text = form().wrapper.findComponent(YamlPane).props('text') as string;

    expect(readPolicyDocument(text).policy?.rules[2]).toMatchObject({ level: 'Metadata', verbs: ['list'], resources: [{ group: '', resources: ['secrets'] }] });
    expect(text).toContain('# everybody\'s health checks');
  });

  it('becomes a rule before the one that really decides it, where that was left out', async () => {
    await openForm();
    await open('audit-request');
    await press('audit-skip-2');
    await press('audit-request-add-rule');
    await settled();

    expect(readPolicyDocument(form().wrapper.findComponent(YamlPane).props('text') as string).policy?.rules[2]).toMatchObject({ level: 'Metadata', verbs: ['get'] });
  });

  it('becomes no rule of a text that is refused', async () => {
    await openForm();
    await open('audit-request');
    form().wrapper.findComponent(YamlPane).vm.$emit('update', POLICY.replace('[root]', '[root'));
    await settled();
    const text = form().wrapper.findComponent(YamlPane).props('text');

    expect(get('audit-request-verdict').text()).toContain('Rule 3 decides.');
    expect(find('audit-request-add-rule').exists()).toBe(false);
    await form().wrapper.getComponent(RulesPane).vm.addRule({ level: 'None' }, 0);
    await settled();
    expect(form().wrapper.findComponent(YamlPane).props('text')).toBe(text);
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
