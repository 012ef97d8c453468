import { describe, expect, it } from 'vitest';

import { findingsOfPolicy } from '../../../../audit/cluster/distributions';
import { fixOf } from '../../../../audit/lint/fix';
import { readPolicyDocument } from '../../../../audit/policy/document';
import { editPolicy } from '../../../../audit/policy/policyEdit';
import type { Policy, PolicyRule } from '../../../../audit/policy/types';
import { casesOf } from '../../tables';

interface Case { readonly code: string; readonly rules: readonly PolicyRule[]; readonly fixed: readonly PolicyRule[] | null }

function policyOf(text: string): Policy {
  return readPolicyDocument(text).policy ?? { rules: [] };
}

describe('the fix of a finding', () => {
  it.each(casesOf<Case>('fixes'))('$code: $name', ({ code, rules, fixed }) => {
    const text = JSON.stringify({ apiVersion: 'audit.k8s.io/v1', kind: 'Policy', rules });
    const found = findingsOfPolicy(text, undefined).filter((finding) => finding.code === code);
    const edit = found[0] && fixOf(policyOf(text), found[0]);

    expect(found).not.toEqual([]);
    expect(edit && readPolicyDocument(text).error === undefined ? readPolicyDocument(editPolicy(text, edit)).error : undefined).toBeUndefined();
    expect(edit && policyOf(editPolicy(text, edit)).rules).toEqual(fixed ?? undefined);
    expect(edit ? findingsOfPolicy(editPolicy(text, edit), undefined).filter((finding) => finding.code === code).length : 0).toBeLessThan(found.length);
  });

  it.each([
    '{"apiVersion": "audit.k8s.io/v1", "kind": "Policy", "rules": [{"level": "None", "user": "a", "user": "b"}]}',
    'apiVersion: audit.k8s.io/v1\nkind: Policy\nrules:\n- level: None\n  user: [a]\n  user: [b]\n'
  ])('is not offered for a field that stands twice: %s', (text) => {
    const found = findingsOfPolicy(text, undefined).filter(({ code }) => code === 'lint.fieldMeant');

    expect(found).not.toEqual([]);
    expect(found.map((finding) => fixOf(policyOf(text), finding))).toEqual(found.map(() => undefined));
  });

  it('of the policy itself changes the policy itself', () => {
    const text = 'apiVersion: audit.k8s.io/v1\nkind: Policy\nrules:\n- level: Metadata # all\n';
    const doubled = findingsOfPolicy(text, undefined).find(({ code }) => code === 'lint.requestReceived');
    const edit = doubled && fixOf(policyOf(text), doubled);

    expect(edit && editPolicy(text, edit)).toBe('apiVersion: audit.k8s.io/v1\nkind: Policy\nrules:\n- level: Metadata # all\nomitStages: [RequestReceived]\n');
  });

  it('of a cluster is nobody’s here', () => {
    expect(fixOf({ rules: [{ level: 'None' }] }, { code: 'lint.unreachable', severity: 'warn', at: { object: 'cluster', path: ['rules', 0] }, params: {} })).toBeUndefined();
  });
});
