// Every case of our tables that says what kube-apiserver does, put to the real one.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { RequestFields } from '../../audit/request/attributes';
import { canonicalPolicy } from '../../audit/policy/canonical';
import { readPolicyDocument } from '../../audit/policy/document';
import type { Policy } from '../../audit/policy/types';
import { PRESETS } from '../../audit/presets/presets';
import { casesOf } from '../unit/tables';
import { isSyntax, Judge } from './judge';

let judge: Judge;

beforeAll(() => {
  judge = new Judge('v0.36');
});
afterAll(() => judge.end());

describe('the real evaluator agrees that', () => {
  const readings = casesOf<{ readonly text: string; readonly kubernetes?: string; readonly error?: string }>('policy/read').filter(({ kubernetes }) => kubernetes === undefined);

  it.each(readings)('$name', async ({ text }) => {
    const { policy, error, warnings } = readPolicyDocument(text);
    const answer = await judge.judge(text);

    expect(error === undefined).toBe(answer.accepted);
    if (error === undefined && policy) {
      expect([canonicalPolicy(policy), warnings]).toEqual([answer.policy, answer.warnings]);
    } else if (!isSyntax(answer.error ?? '')) {
      expect(error).toBe(answer.error);
    }
  });

  const decisions = [...casesOf<DecisionCase>('request/decide'), ...casesOf<DecisionCase>('request/explain')];

  it.each(decisions)('$name', async ({ policy, request, expect: { why: _, rule, omitStages, ...expected } }) => {
    const { decisions: [decision] = [] } = await judge.judge(JSON.stringify({ apiVersion: 'audit.k8s.io/v1', kind: 'Policy', ...policy }), [request]);

    expect(decision).toMatchObject({ ...expected, ...(rule === undefined ? {} : { rule }), ...(omitStages ? { omitStages: [...omitStages].sort() } : {}) });
  });

  it.each(casesOf<{ readonly method: string; readonly url: string; readonly expect: object }>('request/http'))('$name', async ({ method, url, expect: expected }) => {
    const [answer] = await judge.ask<{ readonly attributes: readonly { readonly path: string; readonly error?: string }[] }>([{ http: [{ method, url }] }]);
    const { path: _, error: __, ...attributes } = answer?.attributes[0] ?? { path: '' };

    expect(Object.fromEntries(Object.entries(attributes).filter(([name, value]) => value !== '' && !(name === 'resourceRequest' && value === true)))).toEqual(expected);
  });

  it.each(PRESETS)('the preset $id is a policy without a fault', async ({ policy }) => {
    expect(await judge.judge(policy)).toMatchObject({ accepted: true, warnings: [] });
  });
});

interface DecisionCase {
  readonly policy: Policy;
  readonly request: RequestFields;
  readonly expect: { readonly level?: string; readonly rule?: number; readonly omitStages?: readonly string[]; readonly omitManagedFields?: boolean; readonly why?: unknown };
}
