/**
 * What a policy logs, in short: for each level its rules, and the kinds of requests that it decides for someone whom the policy doesn't name.
 */
import { minorVersion } from '../policy/kubernetesVersion';
import { LEVELS, type Level, type Policy } from '../policy/types';
import { askedPolicy, askedValues } from './askedRules';
import { compilePolicy } from './compile';
import { requestKinds } from './requestKinds';
import { placesOf } from './requestPlaces';
import { namespaceClasses } from './requestScopes';
import { requesterOf, STRANGER } from './requesters';

export interface LevelShare {
  readonly level: Level;
  readonly rules: number;
  readonly kinds: number;
}

export interface PolicySummary {
  /** From the level that records the most. */
  readonly shares: readonly LevelShare[];
  readonly kinds: number;
}

/** The summary of a policy, for a version of Kubernetes such as `v1.34.2+rke2r1`. */
export function summaryOf(policy: Policy, kubernetesVersion?: string): PolicySummary {
  const { kinds } = requestKinds([policy], minorVersion(kubernetesVersion));
  const namespaces = namespaceClasses([policy]).classes.slice(0, 1);
  const stranger = requesterOf(STRANGER);
  const decide = compilePolicy(askedPolicy(policy, askedValues(kinds, [{ ...stranger, members: [] }], namespaces)).policy);
  const levels = kinds.flatMap((kind) => kind.verbs.flatMap((verb) => placesOf(kind, verb, namespaces).slice(0, 1).map(({ request }) => decide({ ...request, ...stranger }).level)));

  return {
    kinds:  levels.length,
    shares: LEVELS.toReversed().map((level) => ({ level, rules: policy.rules.filter((rule) => rule.level === level).length, kinds: levels.filter((each) => each === level).length }))
  };
}
