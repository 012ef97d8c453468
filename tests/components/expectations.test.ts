// The expectations that are kept with the policy of a form.
import { afterEach, describe, expect, it } from 'vitest';

import { textIn, type SourceObject } from '../../audit/cluster/sources';
import { readExpectations, textOfExpectations } from '../../audit/request/expectationFile';
import YamlPane from '../../components/policy/YamlPane.vue';
import { settled } from './host';
import { closeForm, expectationOf, find, form, get, open, openForm, POLICY, press } from './requestForm';

afterEach(closeForm);

describe('expectations', () => {
  it('go into a second key of the Secret, and nothing else is written', async () => {
    const rancher = await openForm();
    const before = JSON.stringify(form().model);

    await open('audit-request');
    await press('audit-request-expect');
    expect(get('audit-expectations-sum').text()).toBe('1 of 1 holds');
    expect(get('audit-pending').text()).toContain('No machine restarts for it.');
    expect(JSON.stringify(form().model)).toBe(before);
    await form().save(form().model);
    const stored = { ...rancher.objects.get('secrets/fleet-default/dev'), kind: 'Secret' } as SourceObject;

    expect(readExpectations(textIn(stored, 'audit-policy-expectations') ?? '').expectations).toMatchObject([{ level: 'Metadata', asked: { what: { verb: 'get', resource: 'secrets', namespace: 'default' } } }]);
    expect(textIn(stored, 'audit-policy')).toBe(POLICY);
    expect(JSON.stringify(form().model)).toBe(before);
  });

  it('are checked on each edit, with what it was before', async () => {
    await openForm({ expectations: textOfExpectations([expectationOf('get secrets', 'Metadata'), expectationOf('get pods', 'None')]) });
    expect(get('audit-expectations-sum').text()).toBe('2 of 2 hold');
    form().wrapper.findComponent(YamlPane).vm.$emit('update', POLICY.replace('- level: None\n  users: [root]', '- level: Request'));
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
    await form().save(form().model);
    expect(Object.keys((rancher.objects.get('secrets/fleet-default/dev') as SourceObject).data ?? {})).toEqual(['audit-policy']);
  });

  it('go with the policy into the next Secret', async () => {
    const text = textOfExpectations([expectationOf('get secrets', 'Metadata')]);
    const rancher = await openForm({ expectations: text });

    form().wrapper.findComponent(YamlPane).vm.$emit('update', POLICY.replace('users: [root]', 'users: [admin]'));
    await settled();
    await form().save(form().model);
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
    await form().wrapper.get('[aria-label="Try the request of expectation 1"]').trigger('click');
    await settled();
    expect(get('audit-request-kubectl').get<HTMLInputElement>('input').element.value).toBe('get pods -A');
    expect(document.activeElement?.textContent).toContain('Try a request');
  });
});
