import { describe, expect, it } from 'vitest';

import { readPolicyDocument } from '../../../../audit/policy/document';
import { fieldName } from '../../../../audit/policy/finding';
import { casesOf } from '../../tables';

interface Case { readonly text: string; readonly kubernetes?: string; readonly policy?: object | null; readonly findings: string[]; readonly error?: string; readonly warnings?: string[] }

const HEAD = 'apiVersion: audit.k8s.io/v1\nkind: Policy\n';

describe('a policy text', () => {
  it.each(casesOf<Case>('policy/read'))('$name', ({ text, kubernetes, policy, findings, error, warnings }) => {
    const read = readPolicyDocument(text, kubernetes);

    expect(read.text).toBe(text);
    expect(read.findings.map(({ severity, code, at }) => `${ severity } ${ code } ${ fieldName(at.path) }`)).toEqual(findings);
    if (policy !== undefined) {
      expect(read.policy ?? null).toEqual(policy);
    }
    expect(read.error === undefined).toBe(!findings.some((finding) => finding.startsWith('block')));
    if (error !== undefined) {
      expect(read.error).toBe(error);
    }
    if (warnings !== undefined) {
      expect(read.warnings).toEqual(warnings);
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
    ['a bomb of aliases', `${ HEAD }a0: &a0 [x, x]\n${ bomb((before) => `[*${ before }, *${ before }]`) }`, 'policy.aliases'],
    ['a bomb of merge keys', `${ HEAD }a0: &a0 { x: 1 }\n${ bomb((before) => `{ <<: [*${ before }, *${ before }] }`) }`, 'policy.aliases'],
    ['an alias inside its own anchor', `${ HEAD }rules: &a [*a]\n`, 'policy.syntax'],
    ['an alias to nothing', `${ HEAD }rules: *a\n`, 'policy.syntax']
  ])('is refused when it is %s', (_, text, code) => {
    expect(readPolicyDocument(text).findings.map((finding) => finding.code)).toEqual([code]);
  });

  it.each(['\n', '\r\n', '\r'])('has its findings on the lines that an editor shows, which end with %j', (lineEnd) => {
    const [finding] = readPolicyDocument(['apiVersion: audit.k8s.io/v1', 'kind: Policy', 'rules:', '- level: Foo', ''].join(lineEnd)).findings;

    expect(finding?.at.range?.start.line).toBe(4);
  });

  it('with very many problems gives the first of them and a count that blocks where one of the others does', () => {
    const unknown = Array.from({ length: 60_000 }, (_, index) => `key${ index }: x\n`).join('');
    const warned = readPolicyDocument(`${ HEAD }rules: [{ level: None }]\n${ unknown }`).findings;
    const blocked = readPolicyDocument(`${ HEAD }rules:\n${ '- level: Metadta\n'.repeat(2_000) }`).findings;

    expect([warned.length, warned.at(-1)]).toMatchObject([1001, { code: 'policy.moreFindings', severity: 'warn', params: { count: 59_000 } }]);
    expect([blocked.length, blocked.at(-1)]).toMatchObject([1001, { code: 'policy.moreFindings', severity: 'block', params: { count: 1000 } }]);
  });
});

function bomb(lineOf: (before: string) => string): string {
  return Array.from({ length: 90 }, (_, index) => `a${ index + 1 }: &a${ index + 1 } ${ lineOf(`a${ index }`) }\n`).join('');
}
