import { afterEach, describe, expect, it } from 'vitest';
import type { VueWrapper } from '@vue/test-utils';

import { readPolicyDocument } from '../../audit/policy/document';
import type { PolicyRule } from '../../audit/policy/types';
import PolicyEditor from '../../components/policy/PolicyEditor.vue';
import { ruleSentence } from '../../components/policy/ruleSentence';
import YamlPane from '../../components/policy/YamlPane.vue';
import { casesOf } from '../unit/tables';
import { mountPart, translator, type Locale } from './host';

let part: VueWrapper;

afterEach(() => part?.unmount());

describe('a rule in words', () => {
  it.each(casesOf<{ rule: PolicyRule; words: Record<Locale, string> }>('policy/sentences'))('$name', ({ rule, words }) => {
    for (const [locale, sentence] of Object.entries(words)) {
      const translate = translator(locale as Locale);

      expect(ruleSentence(rule, (key, params) => translate(`clusterAudit.${ key }`, params))).toBe(sentence);
    }
  });
});

describe('the YAML pane', () => {
  it.each(['a: 1\r\nb: 2\r\n', 'a: 1\rb: 2\r', 'a: 1\nb: 2\n'])('is silent when only line ends differ: %j', async (text) => {
    part = mountPart(YamlPane, { text, isReadOnly: false });
    await part.get('textarea').setValue('a: 1\nb: 2\n');
    expect(part.emitted('update')).toBeUndefined();
  });

  it('keeps the line ends of a text', async () => {
    part = mountPart(YamlPane, { text: 'a: 1\r\nb: 2\r\n', isReadOnly: false });
    const area = part.get('textarea');

    await area.setValue('a: 1\nb: 3\n');
    expect(part.emitted('update')).toEqual([['a: 1\r\nb: 3\r\n']]);
  });
});

describe('the editor', () => {
  const TEXT = 'apiVersion: audit.k8s.io/v1\nkind: Policy\nrules:\n# one\n- level: None\n  verbs: [get]\n# two\n- level: Metadata\n';

  const mountEditor = (text: string) => {
    part = mountPart(PolicyEditor, { document: readPolicyDocument(text), isReadOnly: false });
  };
  const lastText = () => part.emitted<[string]>('update')?.at(-1)?.[0];

  it('moves a rule with its comment, and the keyboard with it', async () => {
    mountEditor(TEXT);
    await part.get('[aria-label="Move rule 2 up"]').trigger('click');
    expect(lastText()).toBe('apiVersion: audit.k8s.io/v1\nkind: Policy\nrules:\n# two\n- level: Metadata\n# one\n- level: None\n  verbs: [get]\n');
  });

  it('adds a rule where it can still match', async () => {
    mountEditor(TEXT);
    await part.get('[data-testid="audit-add-rule"]').trigger('click');
    expect(readPolicyDocument(lastText() ?? '').policy?.rules.map(({ level, verbs }) => [level, verbs])).toEqual([['None', ['get']], ['Metadata', undefined], ['Metadata', undefined]]);
  });
});
