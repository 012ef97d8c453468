import { afterEach, describe, expect, it } from 'vitest';
import { nextTick } from 'vue';

import { METADATA } from '../../audit/presets/metadata';
import { mountForm, partsOf, type MountedForm } from './host';

const THREE = 'apiVersion: audit.k8s.io/v1\nkind: Policy\nrules:\n# one\n- level: None\n  verbs: [get]\n# two\n- level: None\n  users: [jane]\n# three\n- level: Metadata\n';

let form: MountedForm;
const { get, press, find } = partsOf(() => form);
const policy = () => form.model.spec?.rkeConfig?.machineGlobalConfig?.['audit-policy-file'];
const type = (typed: string) => form.wrapper.get('[data-testid="audit-yaml"] textarea').setValue(typed);
const open = (first: string) => {
  form = mountForm({ cluster: { spec: { kubernetesVersion: 'v1.34.2+rke2r1', rkeConfig: { machineGlobalConfig: { 'audit-policy-file': first } } } } });
};

afterEach(() => form?.wrapper.unmount());

describe('undo and redo', () => {
  it('give back the exact text of before, of both panes and of a preset', async () => {
    const texts = [`${ THREE }\n\n# odd  \n`];

    open(texts[0] ?? '');
    for (let step = 0; step < 8; step++) {
      await (step % 2 ? press('audit-add-rule') : type(`${ policy() as string }# ${ step }\n`));
      texts.push(policy() as string);
    }
    await press('audit-presets-replace');
    await form.wrapper.get('[data-testid="audit-preset-metadata"]').setValue(true);
    await press('audit-replace-confirm');
    expect(policy()).toBe(METADATA.policy);
    for (const before of texts.toReversed()) {
      await press('audit-undo');
      expect(policy()).toBe(before);
    }
    expect(get('audit-undo').attributes('aria-disabled')).toBe('true');
    for (const after of texts.slice(1)) {
      await press('audit-redo');
      expect(policy()).toBe(after);
    }
  });

  it('take what was typed on one line as one step', async () => {
    open(THREE);
    for (const typed of ['#', '# m', '# my']) {
      await type(`${ typed }\n${ THREE }`);
    }
    await press('audit-undo');
    // The new line came with the first letter.
    expect(policy()).toBe(`#\n${ THREE }`);
  });

  it('go on after the host has mounted the tab again, and with what changed meanwhile', async () => {
    open(THREE);
    await press('audit-add-rule');
    const added = policy();

    await form.mountAnew();
    (form.model.spec?.rkeConfig?.machineGlobalConfig as Record<string, unknown>)['audit-policy-file'] = METADATA.policy;
    await nextTick();
    await press('audit-undo');
    expect(policy()).toBe(added);
    await press('audit-undo');
    expect(policy()).toBe(THREE);
  });

  it('go by keys, but for where something is being typed', async () => {
    open(THREE);
    await press('audit-add-rule');
    const added = policy();
    const pane = get('audit-rules');

    await pane.trigger('keydown', { key: 'z', ctrlKey: true });
    expect(policy()).toBe(THREE);
    await pane.trigger('keydown', { key: 'z', metaKey: true, shiftKey: true });
    expect(policy()).toBe(added);
    await get('audit-filter').setValue('typed');
    await get('audit-filter').trigger('keydown', { key: 'z', ctrlKey: true });
    expect(policy()).toBe(added);
    await get('audit-filter').setValue('');
    await get('audit-filter').trigger('keydown', { key: 'z', ctrlKey: true });
    expect(policy()).toBe(THREE);
    await pane.trigger('keydown', { key: 'y', ctrlKey: true });
    expect(policy()).toBe(added);
  });

  it('bring back a text that could not be read, and go on from there', async () => {
    open('rules: [');
    await press('audit-gate-replace');
    await press('audit-replace-confirm');
    await press('audit-undo');
    expect(policy()).toBe('rules: [');
    expect(find('audit-gate').exists()).toBe(false);
    await press('audit-redo');
    expect(policy()).not.toBe('rules: [');
  });
});
