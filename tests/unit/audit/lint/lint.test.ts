import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { readPolicyDocument } from '../../../../audit/policy/document';
import { fieldName } from '../../../../audit/policy/finding';
import { findingsOfLint } from '../../../../audit/lint/lint';
import { findingsOfReach } from '../../../../audit/lint/reach';
import { requestOf } from '../../../../audit/request/attributes';
import { decide } from '../../../../audit/request/decide';
import { policies, REQUESTS } from '../../../conformance/decisions';
import { casesOf } from '../../tables';

interface Case { readonly code: string; readonly kubernetes?: string; readonly rules: unknown[]; readonly at: string[] }

describe('lint', () => {
  it.each(casesOf<Case>('lint/findings'))('$code: $name', ({ code, kubernetes, rules, at }) => {
    const { policy, findings, error } = readPolicyDocument(JSON.stringify({ apiVersion: 'audit.k8s.io/v1', kind: 'Policy', rules }));
    const found = findingsOfLint(policy ?? { rules: [] }, findings, kubernetes).filter((finding) => finding.code === `lint.${ code }`);

    expect(error).toBeUndefined();
    expect(found.map((finding) => fieldName(finding.at.path)).sort()).toEqual([...at].sort());
  });

  it.each(casesOf<{ readonly text: string; readonly finds: string[] }>('lint/corpus'))('knows a mistake that people made: $name', ({ text, finds }) => {
    const { policy, findings, error } = readPolicyDocument(text, '1.34');
    const codes = [...findings, ...policy && error === undefined ? findingsOfLint(policy, findings, '1.34') : []].map(({ code }) => code);

    expect(codes).toEqual(expect.arrayContaining(finds));
  });

  it('has a case for every finding', () => {
    expect(new Set(casesOf<Case>('lint/findings').map(({ code }) => code)).size).toBeGreaterThan(35);
  });

  it('calls no rule unreachable that decides a request', () => {
    fc.assert(fc.property(policies(12), fc.array(REQUESTS, { minLength: 200, maxLength: 200 }), (policy, requests) => {
      const unreachable = new Set(findingsOfReach(policy).map(({ at }) => at.path[1]));

      // No path leads to a resource with a slash in its name.
      const deciding = requests.filter(({ resource }) => !resource?.includes('/')).map((request) => decide(policy, requestOf(request)).rule);

      expect(deciding.filter((rule) => unreachable.has(rule))).toEqual([]);
    }), { numRuns: 500 });
  });

  it('finds that a rule repeats itself, whatever it says', () => {
    fc.assert(fc.property(policies(1), ({ rules: [rule] }) => {
      expect(findingsOfReach({ rules: rule ? [rule, rule] : [] }).map(({ at }) => at.path[1])).toEqual([1]);
    }));
  });

  it('never blocks, and survives any policy', () => {
    fc.assert(fc.property(policies(30), (policy) => {
      expect(findingsOfLint(policy).filter(({ severity }) => severity === 'block')).toEqual([]);
    }));
  });
});
