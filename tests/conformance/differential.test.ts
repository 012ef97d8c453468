// Our reading and our decisions against the real evaluator's, on random policies, requests and texts.
//
// SEED chooses the questions. A case that fails is shrunk and printed.
import fc from 'fast-check';
import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { requestOf } from '../../audit/request/attributes';
import { compilePolicy } from '../../audit/request/compile';
import { decide, type Decision } from '../../audit/request/decide';
import { canonicalPolicy } from '../../audit/policy/canonical';
import { readPolicyDocument } from '../../audit/policy/document';
import { RELEASES, type KubernetesRelease } from '../steps/judges';
import { policies, REQUESTS } from './decisions';
import { PolicyTexts, shorter } from './documents';
import { Judge, type JudgedDecision, type Judgement } from './judge';
import { SEED } from './seed';

const PAIRS_OF_A_POLICY = 40;
/** What each release is asked: most goes to the newest. */
const SHARES: Readonly<Record<KubernetesRelease, { readonly policies: number; readonly pairs: number; readonly texts: number }>> = {
  'v0.36': { policies: 12_000, pairs: 200_000, texts: 20_000 },
  'v0.35': { policies: 1_000, pairs: 15_000, texts: 4_000 },
  'v0.28': { policies: 1_000, pairs: 15_000, texts: 4_000 }
};

describe.each(RELEASES)('against k8s.io/apiserver %s', (release) => {
  const kubernetes = release.replace('v0.', '1.');
  let judge: Judge;

  beforeAll(() => {
    console.log(`SEED=${ SEED }`);
    judge = new Judge(release);
  });
  afterAll(() => judge.end());

  it('every request is decided alike, by a scan and compiled', async () => {
    let pairs = 0;

    await fc.assert(fc.asyncProperty(policies(12), fc.array(REQUESTS, { minLength: 1, maxLength: PAIRS_OF_A_POLICY, size: 'max' }), async (policy, requests) => {
      const text = JSON.stringify({ apiVersion: 'audit.k8s.io/v1', kind: 'Policy', ...policy });
      const { accepted, decisions } = await judge.judge(text, requests);
      const { policy: read, error } = readPolicyDocument(text, kubernetes);
      const compiled = compilePolicy(policy);

      pairs += requests.length;
      expect(error === undefined).toBe(accepted);
      if (accepted) {
        expect(requests.map((request) => judged(decide(read ?? policy, requestOf(request))))).toEqual(decisions);
        expect(requests.map((request) => judged(compiled(requestOf(request))))).toEqual(decisions);
      }
    }), { seed: SEED, numRuns: SHARES[release].policies });
    console.log(`${ release }: ${ pairs } pairs of a policy and a request`);
    expect(pairs).toBeGreaterThanOrEqual(SHARES[release].pairs);
  });

  it('every text is read alike', async () => {
    const texts = fc.sample(new PolicyTexts(), { seed: SEED, numRuns: SHARES[release].texts });
    const answers = await judge.ask(texts.map((policy) => ({ policy })));
    const refusedByUsAlone = new Map<string, string>();
    let refusals = 0;

    for (const [index, text] of texts.entries()) {
      const answer = answers[index] as Judgement;
      const { error } = readPolicyDocument(text, kubernetes);

      if (error !== undefined && answer.accepted) {
        refusals++;
        refusedByUsAlone.set(error.replace(/["`].*/s, ''), text);
      } else if (differs(text, answer)) {
        const shortest = await shrunk(text);

        expect({ text: shortest, ...ours(shortest) }).toEqual({ text: shortest, ...theirs(await judge.judge(shortest)) });
      }
    }
    console.log(`${ release }: ${ refusals } of ${ texts.length } texts are refused by us alone${ [...refusedByUsAlone].map(([reason, text]) => `\n  ${ reason }: ${ JSON.stringify(text) }`).join('') }`);
    expect(refusals).toBeLessThan(texts.length / 500);
  });

  function ours(text: string): object {
    const { policy, error, warnings } = readPolicyDocument(text, kubernetes);

    return error === undefined && policy ? { accepted: true, policy: canonicalPolicy(policy), warnings } : { accepted: false, error };
  }

  function differs(text: string, answer: Judgement): boolean {
    const { error } = readPolicyDocument(text, kubernetes);

    return error !== undefined && !answer.accepted ? isOfFields(error) && isOfFields(answer.error) && error !== answer.error : !isDeepStrictEqual(ours(text), theirs(answer));
  }

  /** The same difference in as short a text as can be found by taking lines and characters away. */
  async function shrunk(text: string): Promise<string> {
    for (const candidate of shorter(text)) {
      const answer = await judge.judge(candidate);

      if (differs(candidate, answer) && !(answer.accepted && readPolicyDocument(candidate, kubernetes).error !== undefined)) {
        return shrunk(candidate);
      }
    }

    return text;
  }
});

function theirs({ accepted, policy, warnings, error }: Judgement): object {
  return accepted ? { accepted, policy, warnings } : { accepted, error };
}

function judged({ level, rule, omitStages, omitManagedFields }: Decision): JudgedDecision {
  return { level, rule: rule ?? null, omitStages: [...omitStages].sort(), omitManagedFields };
}

/** What Go's YAML and JSON parsers say of syntax is not ours to repeat. */
function isOfFields(error: string | null): boolean {
  return error !== null && !error.startsWith('failed decoding');
}
