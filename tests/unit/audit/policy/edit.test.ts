import { describe, expect, it } from 'vitest';

import * as edits from '../../../../audit/policy/edit';
import { casesOf } from '../../tables';

type Edit = (text: string, ...args: unknown[]) => string;
interface Case { readonly text: string; readonly edit: [keyof typeof edits, ...unknown[]]; readonly expect: string }

describe('an edit of a policy text', () => {
  it.each(casesOf<Case>('policy/edit'))('$name', ({ text, edit: [name, ...args], expect: expected }) => {
    expect((edits[name] as Edit)(text, ...args)).toBe(expected);
  });

  it('throws for a rule that is not there', () => {
    expect(() => edits.removeRule('apiVersion: audit.k8s.io/v1\nrules: []\n', 1)).toThrow(RangeError);
  });
});
