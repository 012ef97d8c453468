// The fields of a rule: what they offer, what they say, and that nothing which the text says is lost by them.
import { afterEach, describe, expect, it } from 'vitest';
import type { VueWrapper } from '@vue/test-utils';
import { defineComponent, h, ref } from 'vue';

import { findingsOfDocument } from '../../audit/lint/report';
import { readPolicyDocument } from '../../audit/policy/document';
import PolicyEditor from '../../components/policy/PolicyEditor.vue';
import { mountPart, press, type Found, type Locale } from './host';

let part: VueWrapper;

afterEach(() => part?.unmount());

function options(): string[] {
  return part.findAll('[role="option"] .value').map((option) => option.text());
}

const HEAD = 'apiVersion: audit.k8s.io/v1\nkind: Policy\n';

/** The editor of a policy with its first rule open; what it emits is its next text. */
async function openRule(rules: string, locale: Locale = 'en-us'): Promise<{ text(): string }> {
  const text = ref(HEAD + rules);

  part = mountPart(defineComponent(() => () => {
    const document = readPolicyDocument(text.value);

    return h(PolicyEditor, { document, findings: findingsOfDocument(document, undefined), isReadOnly: false, onUpdate: (next: string) => {
      text.value = next;
    } });
  }), {}, { locale });
  await part.get('[data-testid="audit-rule-0"] .sentence').trigger('click');

  return { text: () => text.value.slice(HEAD.length) };
}

function field(testId: string): Found {
  return part.get(`[data-testid="${ testId }"]`);
}

async function add(testId: string, item: string): Promise<void> {
  const input = field(testId).get('input');

  await input.setValue(item);
  await press(input, 'Enter');
}

async function choose(testId: string, index: number): Promise<void> {
  const select = field(testId);

  (select.element as HTMLSelectElement).selectedIndex = index;
  await select.trigger('change');
}

describe('a rule', () => {
  it('can be made to say all that the API has', async () => {
    const { text } = await openRule('rules:\n- level: None\n');

    await field('audit-level').setValue('Request');
    await field('audit-add-group').trigger('click');
    for (const [name, item] of [['resources', 'pods'], ['resourceNames', 'web-0'], ['users', 'jane'], ['userGroups', 'admins'], ['verbs', 'get'], ['namespaces', '""'], ['omitStages', 'Panic']] as const) {
      await add(`audit-${ name }`, item);
    }
    await choose('audit-rule-omitManagedFields', 2);
    expect(readPolicyDocument(HEAD + text()).policy?.rules).toEqual([{
      level: 'Request', users: ['jane'], userGroups: ['admins'], verbs: ['get'], namespaces: [''], omitStages: ['Panic'], omitManagedFields: false, resources: [{ group: '', resources: ['pods'], resourceNames: ['web-0'] }]
    }]);
    await part.get('[aria-label="Remove Resources 1"]').trigger('click');
    await part.get('[aria-label="Remove none (cluster-wide resources)"]').trigger('click');
    await add('audit-nonResourceURLs', '/metrics');
    expect(readPolicyDocument(HEAD + text()).policy?.rules[0]?.nonResourceURLs).toEqual(['/metrics']);
  });

  it('says what omitManagedFields means where it is not set', async () => {
    const { text } = await openRule('omitManagedFields: true\nomitStages: [Panic]\nrules:\n- level: None\n  omitManagedFields: false\n');
    const select = field('audit-rule-omitManagedFields');

    expect(select.findAll('option').map((option) => option.text())).toEqual(['as the policy: left out', 'yes: left out of the logged objects', 'no: kept in the logged objects']);
    expect((select.element as HTMLSelectElement).selectedIndex).toBe(2);
    expect(field('audit-omitStages').text()).toContain('The policy leaves these out for all rules: Panic.');
    await choose('audit-rule-omitManagedFields', 0);
    expect(text()).toBe('omitManagedFields: true\nomitStages: [Panic]\nrules:\n- level: None\n');
    await choose('audit-policy-omitManagedFields', 0);
    expect(text()).toBe('omitStages: [Panic]\nrules:\n- level: None\n');
  });

  it('takes several verbs and stages that are typed or pasted at once as several', async () => {
    const { text } = await openRule('rules:\n- level: None\n  verbs: [list]\n');

    await add('audit-verbs', ' get, list,watch patch、get ');
    await add('audit-omitStages', 'RequestReceived,  Panic');
    await add('audit-users', 'CN=jane, O=admins');
    await add('audit-policy-omitStages', 'Panic，ResponseStarted');
    expect(readPolicyDocument(HEAD + text()).policy).toEqual({
      omitStages: ['Panic', 'ResponseStarted'], rules: [{ level: 'None', users: ['CN=jane, O=admins'], verbs: ['list', 'get', 'watch', 'patch'], omitStages: ['RequestReceived', 'Panic'] }]
    });
    await add('audit-verbs', ' , ');
    expect(readPolicyDocument(HEAD + text()).policy?.rules[0]?.verbs).toHaveLength(4);
  });

  it('shows a level that Kubernetes does not know, and keeps it until it is changed', async () => {
    const { text } = await openRule('rules:\n- level: Nonsense\n');

    expect((field('audit-level').element as HTMLSelectElement).value).toBe('Nonsense');
    expect(part.get('[data-testid="audit-rule-editor"] [data-code="policy.levelUnknown"]').text()).toMatch(/^Error:/);
    expect(text()).toBe('rules:\n- level: Nonsense\n');
  });

  it('names what the form has no field for, at the rule and at its resources, and keeps it', async () => {
    const { text } = await openRule('extra: 1\nrules:\n- level: Metadata\n  verb: [get] # mind this\n  resources:\n  - group: ""\n    resources: [pods]\n    names: [a]\n    users: [b]\n');
    const kept = part.findAll('[data-testid="audit-kept"]').map((box) => box.get('p').text());

    expect(kept).toEqual([
      expect.stringContaining('no fields names, users. They stay in the YAML'), expect.stringContaining('no field verb. It stays in the YAML'), expect.stringContaining('no field extra')
    ]);
    expect(part.findAll('[data-testid="audit-kept"]').map((box) => box.findAll('[data-code]').map((item) => item.attributes('data-code')))).toEqual([['lint.fieldMeant', 'lint.fieldOf.rule'], ['lint.fieldMeant'], ['policy.unknownField']]);
    await add('audit-resources', 'pods/log');
    await add('audit-verbs', 'list');
    expect(text()).toBe('extra: 1\nrules:\n- level: Metadata\n  verb: [get] # mind this\n  resources:\n  - group: ""\n    resources: [pods, pods/log]\n    names: [a]\n    users: [b]\n  verbs: [list]\n');
  });

  it('says at the field what is wrong with it', async () => {
    await openRule('rules:\n- level: Metadata\n  verbs: [approve]\n  resources:\n  - group: ""\n    resources: [pods, deployments]\n');
    const verbs = field('audit-verbs');
    const input = verbs.get('input');

    expect(verbs.get(`#${ input.attributes('aria-describedby') }`).text()).toContain('No request has the verb “approve”.');
    expect(verbs.get('li.is-warn').text()).toBe('approve');
    expect(field('audit-resources').get('[data-code="lint.resourceOfOtherGroup"]').text()).toContain('Write “deployments” in an entry with the group apps.');
    expect(field('audit-resources').findAll('.box li').map((item) => item.classes())).toEqual([[], ['is-warn']]);
  });
});

describe('the resources of a group', () => {
  it('offer the subresources of what is chosen, and say what each form matches', async () => {
    const { text } = await openRule('rules:\n- level: Metadata\n  resources:\n  - group: ""\n');

    expect(field('audit-meanings').text()).toBe('Everything in the group, subresources included.');
    await field('audit-resources').get('input').setValue('pods');
    await part.findAll('[role="option"]')[0]?.trigger('click');
    expect(options().slice(0, 5)).toEqual(['pods/attach', 'pods/binding', 'pods/ephemeralcontainers', 'pods/eviction', 'pods/exec']);
    expect(field('audit-meanings').text()).toContain('pods: only the resource itself. It does not match pods/attach, pods/binding');
    await part.findAll('[role="option"]').find((option) => option.get('.value').text() === 'pods/*')?.trigger('click');
    expect(field('audit-meanings').text()).toContain('pods/*: the resource with all of its subresources.');
    expect(field('audit-meanings').text()).not.toContain('does not match');
    expect(text()).toBe('rules:\n- level: Metadata\n  resources:\n  - group: ""\n    resources: [pods, pods/*]\n');
  });

  it.each(['core', '', '""'])('are of the core group, an empty string, when someone enters %j', async (entered) => {
    const { text } = await openRule('rules:\n- level: None\n  resources:\n  - group: apps\n');
    const input = part.get<HTMLInputElement>('[data-testid="audit-group"]');

    expect(input.element.value).toBe('apps');
    await input.setValue(entered);
    await input.trigger('blur');
    expect([text(), input.element.value]).toEqual(['rules:\n- level: None\n  resources:\n  - group: ""\n', 'core']);
  });

  it('stay without a group where they have none, since that is the core group', async () => {
    const { text } = await openRule('rules:\n- level: None\n  resources:\n  - resources: [pods]\n');
    const input = part.get<HTMLInputElement>('[data-testid="audit-group"]');

    await input.trigger('blur');
    expect([text(), input.element.value]).toEqual(['rules:\n- level: None\n  resources:\n  - resources: [pods]\n', 'core']);
  });

  it.each(['apps ', '""', '"core"'])('stay as they are where nobody typed, as in the group %j', async (group) => {
    const { text } = await openRule(`rules:\n- level: None\n  resources:\n  - group: '${ group }'\n`);
    const before = text();
    const input = part.get<HTMLInputElement>('[data-testid="audit-group"]');

    await input.trigger('focus');
    await input.trigger('blur');
    await press(input, 'Enter');
    expect(text()).toBe(before);
  });

  it('show the mistake of a group called core apart from the core group, and leave it', async () => {
    const { text } = await openRule('rules:\n- level: None\n  resources:\n  - group: core\n');
    const input = part.get<HTMLInputElement>('[data-testid="audit-group"]');

    await input.trigger('blur');
    expect([text(), input.element.value]).toEqual(['rules:\n- level: None\n  resources:\n  - group: core\n', '"core"']);
    expect(field('audit-rule-editor').text()).toContain('The core group is written "", not core');
    await input.setValue('core');
    await press(input, 'Enter');
    expect(text()).toBe('rules:\n- level: None\n  resources:\n  - group: ""\n');
  });

  it('are of a group that is picked', async () => {
    const { text } = await openRule('rules:\n- level: None\n  resources:\n  - resources: [deployments]\n');
    const input = part.get<HTMLInputElement>('[data-testid="audit-group"]');

    await input.trigger('click');
    expect(options().slice(0, 2)).toEqual(['core', 'admissionregistration.k8s.io']);
    await input.setValue('deploy');
    await press(input, 'ArrowDown', 'Enter');
    expect([text(), options()]).toEqual(['rules:\n- level: None\n  resources:\n  - resources: [deployments]\n    group: apps\n', []]);
  });
});
