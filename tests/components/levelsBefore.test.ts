// What expectations say of the level that they had before an edit.
import { afterEach, expect, it } from 'vitest';

import { textOfExpectations } from '../../audit/request/expectationFile';
import YamlPane from '../../components/policy/YamlPane.vue';
import { settled } from './host';
import { closeForm, expectationOf, form, get, open, openForm, POLICY, press } from './requestForm';

const levels = (): string[] => form().wrapper.findAll('[data-testid="audit-expectation-level"]').map((level) => level.text());

async function edit(text: string): Promise<void> {
  form().wrapper.findComponent(YamlPane).vm.$emit('update', text);
  await settled();
}

afterEach(closeForm);

it('say what they were before the last edit that changed one', async () => {
  await openForm({ expectations: textOfExpectations([expectationOf('get secrets', 'Metadata'), expectationOf('get pods', 'None')]) });
  expect(levels()).toEqual(['Metadata (rule 3)', 'None (no rule matches – not logged)']);
  const [first, second] = ['Request', 'RequestResponse'].map((level) => POLICY.replace('- level: None\n  users: [root]', `- level: ${ level }`));

  await edit(first ?? '');
  expect(levels()).toEqual(['Request, was Metadata (rule 1)', 'Request, was None (rule 1)']);
  expect(get('audit-expectation-0').get('.level.Request').text()).toBe('Request, was Metadata');
  await edit(`${ first }# a comment\n`);
  expect(levels()).toEqual(['Request, was Metadata (rule 1)', 'Request, was None (rule 1)']);
  await edit(second ?? '');
  expect(levels()).toEqual(['RequestResponse, was Request (rule 1)', 'RequestResponse, was Request (rule 1)']);
});

it('say nothing of a time before they were there', async () => {
  const first = POLICY.replace('- level: None\n  users: [root]', '- level: Request');

  await openForm({ expectations: textOfExpectations([expectationOf('get secrets', 'Metadata')]) });
  await edit(first);
  await open('audit-request');
  await press('audit-request-expect');
  await settled();
  expect(levels()).toEqual(['Request, was Metadata (rule 1)', 'Request (rule 1)']);
  await edit(first.replace('level: Request', 'level: RequestResponse'));
  expect(levels()).toEqual(['RequestResponse, was Request (rule 1)', 'RequestResponse, was Request (rule 1)']);
});

it('say nothing of a policy that kube-apiserver refuses', async () => {
  await openForm({ inline: true });
  await open('audit-request');
  await press('audit-request-expect');
  await settled();
  await edit(POLICY.slice(0, POLICY.indexOf('rules:')).concat('rules: []\n'));
  await edit(POLICY);
  expect(levels()).toEqual(['Metadata (rule 3)']);
});
