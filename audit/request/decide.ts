/**
 * Which rule of a policy decides a request.
 *
 * kube-apiserver takes the first rule that matches; with none the level is None.
 * Source: k8s.io/apiserver/pkg/audit/policy/checker.go
 */
import { LEVELS, type Level, type Policy } from '../policy/types';
import type { RequestAttributes } from './attributes';
import { mismatchOf } from './mismatch';

export interface Decision {
  readonly level: Level;
  /** Index into `policy.rules`; undefined when no rule matched. */
  readonly rule: number | undefined;
  /** Those of the policy and of the rule, each once; those of the policy as they are written when no rule matched. */
  readonly omitStages: readonly string[];
  readonly omitManagedFields: boolean;
}

/** What a policy says about a request, by a scan of its rules from the first to the last. */
export function decide(policy: Policy, request: RequestAttributes): Decision {
  const rule = policy.rules.findIndex((candidate) => mismatchOf(candidate, request) === undefined);

  return decisionOf(policy, rule < 0 ? undefined : rule);
}

/** The decision of a rule, by its index, or of none. */
export function decisionOf(policy: Policy, index: number | undefined): Decision {
  const rule = index === undefined ? undefined : policy.rules[index];
  const omitStages = policy.omitStages ?? [];

  return {
    level:             LEVELS.find((level) => level === rule?.level) ?? 'None',
    rule:              index,
    omitStages:        rule ? [...new Set([...omitStages, ...rule.omitStages ?? []])] : omitStages,
    omitManagedFields: rule?.omitManagedFields ?? policy.omitManagedFields ?? false
  };
}
