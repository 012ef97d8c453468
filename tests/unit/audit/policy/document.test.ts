import { describe, expect, it } from 'vitest';

import { readPolicyDocument } from '../../../../audit/policy/document';
import { fieldName } from '../../../../audit/policy/finding';
import { casesOf } from '../../tables';

interface Case { readonly text: string; readonly kubernetes?: string; readonly policy?: object | null; readonly findings: string[] }

const HEAD = 'apiVersion: audit.k8s.io/v1\nkind: Policy\n';

describe('a policy text', () => {
  it.each(casesOf<Case>('policy/read'))('$name', ({ text, kubernetes, policy, findings }) => {
    const read = readPolicyDocument(text, kubernetes);

    expect(read.text).toBe(text);
    expect(read.findings.map(({ severity, code, at }) => `${ severity } ${ code } ${ fieldName(at.path) }`)).toEqual(findings);
    if (policy !== undefined) {
      expect(read.policy ?? null).toEqual(policy);
    }
  });

  it('gives a finding the lines and columns of its value', () => {
    const [finding] = readPolicyDocument(`${ HEAD }rules:\n- level: Metadta\n`).findings;

    expect(finding?.at.range).toEqual({ start: { line: 4, column: 10 }, end: { line: 4, column: 17 } });
    expect(finding?.params['upstream']).toBe('rules[0].level: Unsupported value: "Metadta": supported values: "None", "Metadata", "Request", "RequestResponse"');
  });

  it('marks the parent of a field that is missing', () => {
    const [finding] = readPolicyDocument(`${ HEAD }rules:\n- users: [a]\n`).findings;

    expect(finding?.at.range?.start).toEqual({ line: 4, column: 3 });
  });

  it.each([
    ['larger than any Secret', 'x'.repeat(1024 * 1024 + 1), 'policy.tooLarge'],
    ['nested without end', `${ HEAD }rules: ${ '['.repeat(50_000) }${ ']'.repeat(50_000) }`, 'policy.tooDeep'],
    ['a bomb of aliases', `${ HEAD }a: &a [x,x,x,x,x,x,x,x,x]\n${ [...'bcdefghi'].map((name, index) => `${ name }: &${ name } [${ `*${ 'abcdefgh'[index] },`.repeat(9) }]`).join('\n') }\nrules: []\n`, 'policy.aliases']
  ])('is refused when it is %s', (_, text, code) => {
    expect(readPolicyDocument(text).findings.map((finding) => finding.code)).toEqual([code]);
  });
});
