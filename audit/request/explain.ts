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

/**
 * The decision of a request, with its reasons in the order of the rules.
 * @param skipped rules that are taken for absent, by their index
 */
export function explain(policy: Policy, request: RequestAttributes, skipped: ReadonlySet<number> = NONE): Explanation {
  const kept = policy.rules.map((_, index) => index).filter((index) => !skipped.has(index));
  const rules = kept.flatMap((index) => policy.rules[index] ?? []);
  const decision = decide({ ...policy, rules }, request);
  const why = rules.slice(0, decision.rule).flatMap((rule, position): RuleMismatch[] => {
    const [mismatch, index] = [mismatchOf(rule, request), kept[position]];

    return mismatch && index !== undefined ? [{ rule: index, ...mismatch }] : [];
  });

  return { ...decision, rule: decision.rule === undefined ? undefined : kept[decision.rule], why };
}

const NONE: ReadonlySet<number> = new Set();
