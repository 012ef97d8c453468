/**
 * Why a policy decides a request as it does: the deciding rule, and for each rule before it the first condition that failed.
 */
import type { Policy } from '../policy/types';
import type { RequestAttributes } from './attributes';
import { decide, type Decision } from './decide';
import { mismatchOf, type Mismatch } from './mismatch';

export interface Explanation extends Decision {
  /** All rules before the deciding one; all of the policy where none matched. */
  readonly why: readonly RuleMismatch[];
}

export type RuleMismatch = Mismatch & { readonly rule: number };

/** The decision of a request, with its reasons in the order of the rules. */
export function explain(policy: Policy, request: RequestAttributes): Explanation {
  const decision = decide(policy, request);
  const why = policy.rules.slice(0, decision.rule).flatMap((rule, index): RuleMismatch[] => {
    const mismatch = mismatchOf(rule, request);

    return mismatch ? [{ rule: index, ...mismatch }] : [];
  });

  return { ...decision, why };
}
