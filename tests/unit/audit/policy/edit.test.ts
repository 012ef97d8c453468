import { describe, expect, it } from 'vitest';

import * as edits from '../../../../audit/policy/edit';
import { editOnTop, type PolicyEdit } from '../../../../audit/policy/policyEdit';
import type { PolicyRule } from '../../../../audit/policy/types';
import { casesOf } from '../../tables';

type Edit = (text: string, ...args: unknown[]) => string;
interface Case { readonly text: string; readonly edit: [keyof typeof edits, ...unknown[]]; readonly expect: string }

describe('an edit of a policy text', () => {
  it.each(casesOf<Case>('policy/edit'))('$name', ({ text, edit: [name, ...args], expect: expected }) => {
    expect((edits[name] as Edit)(text, ...args)).toBe(expected);
  });

  it('throws for a rule that is not there', () => {
    expect(() => edits.removeRules('apiVersion: audit.k8s.io/v1\nrules: []\n', [1])).toThrow(RangeError);
  });
});

describe('an edit of rules that have changed since', () => {
  const BEFORE: readonly PolicyRule[] = [{ level: 'None', users: ['jane'] }, { level: 'Metadata' }];
  const set = (rule: PolicyRule): PolicyEdit => ({ type: 'set', index: 0, rule });

  it.each<[string, PolicyEdit, readonly PolicyRule[], PolicyEdit | undefined]>([
    ['changes its own fields alone', set({ level: 'Request', users: ['jane'] }), [{ level: 'None', users: ['joe'], verbs: ['get'] }, { level: 'Metadata' }], set({ level: 'Request', users: ['joe'], verbs: ['get'] })],
    ['takes its own fields out', set({ level: 'None' }), [{ level: 'Metadata', users: ['joe'] }, { level: 'Metadata' }], set({ level: 'Metadata' })],
    ['is none where there are other rules', set({ level: 'Request' }), [{ level: 'None' }], undefined],
    ['that has no values stays', { type: 'remove', indexes: [1] }, [{ level: 'Request' }, { level: 'Metadata' }], { type: 'remove', indexes: [1] }]
  ])('%s', (_, edit, now, expected) => {
    const made = editOnTop(edit, BEFORE, now);

    expect(JSON.parse(JSON.stringify(made ?? null))).toEqual(expected ?? null);
  });
});
