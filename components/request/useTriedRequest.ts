/**
 * A request that the user tries on the policy: what is asked, what the policy answers, and what that says of its rules.
 */
import { computed, ref, shallowRef, watch, type ComputedRef, type Ref } from 'vue';

import type { Level, Policy, PolicyRule } from '../../audit/policy/types';
import { requestAsked, textOfRequest, type AskedReading, type AskedRequest, type AskRefusal } from '../../audit/request/asked';
import type { RequestAttributes } from '../../audit/request/attributes';
import { decide } from '../../audit/request/decide';
import { expectedEvents, type ExpectedEvent } from '../../audit/request/events';
import { explain, type Explanation } from '../../audit/request/explain';
import { identityNamed } from '../../audit/request/identities';
import { mismatchText } from '../../audit/request/mismatchText';
import type { ServedResources } from '../../audit/request/served';
import type { RuleTrace } from '../policy/ruleTrace';
import type { NamesSource } from '../policy/useKnownNames';
import type { PolicyInSight } from '../policy/usePolicyDocument';
import { useRuleIndexes } from '../policy/useRuleIndexes';
import type { Texts } from '../useTexts';

export interface Answer {
  readonly request: RequestAttributes;
  readonly explanation: Explanation;
  readonly events: readonly ExpectedEvent[];
  /** What kubectl sends beside the request. */
  readonly others: readonly { readonly text: string; readonly level: Level }[];
  /** Resources of which it is only guessed that they are in namespaces. */
  readonly guessed: readonly string[];
}

/** Why answers are not about the text that is there: it is still read, kube-apiserver refuses it, or it has refused all so far. */
export type Staleness = 'reading' | 'refused' | 'unknown';

export interface TriedRequest {
  readonly asked: Ref<AskedRequest>;
  /** What is known of the cluster's resources, which are asked for when the part is opened. */
  readonly served: ComputedRef<ServedResources>;
  /** Whether the part is open: nothing is said of the rules while it is not. */
  readonly isOpen: Ref<boolean>;
  /** Rules that are left out of the simulation, by their index. */
  readonly skipped: Ref<ReadonlySet<number>>;
  /** The rules that are asked: those of the last text that kube-apiserver starts with. */
  readonly policy: ComputedRef<Policy | undefined>;
  /** Undefined where the rules are those of the text. */
  readonly stale: ComputedRef<Staleness | undefined>;
  readonly refusal: ComputedRef<AskRefusal | undefined>;
  /** Undefined where there is no such request or no policy. */
  readonly answer: ComputedRef<Answer | undefined>;
  readonly trace: ComputedRef<RuleTrace | undefined>;
  /** Leaves a rule out of the simulation, or takes it in again. */
  skip(index: number): void;
}

const FIRST: AskedRequest = { who: identityNamed('rancherKubectl'), what: { form: 'resource', verb: 'get', apiGroup: '', resource: 'secrets', subresource: '', namespace: 'default', name: '' } };
const NO_RULES: readonly PolicyRule[] = [];

/** The request of one editor; call it in `setup`. */
export function useTriedRequest(document: () => PolicyInSight | undefined, { served, load }: NamesSource, t: Texts): TriedRequest {
  const asked = shallowRef(FIRST);
  const isOpen = ref(false);
  /** What the text last said, as the form shows it, and that of the last text that kube-apiserver starts with. */
  const lastPolicy = shallowRef<Policy>();
  const accepted = shallowRef<Policy>();
  // At once: an answer must never leave out another rule.
  const { indexes: skipped } = useRuleIndexes(() => lastPolicy.value?.rules ?? NO_RULES, 'sync');
  const reading = computed(() => requestAsked(asked.value, served.value));
  const answer = computed(() => isOpen.value && accepted.value && 'request' in reading.value ? answerOf(accepted.value, reading.value, skipped.value) : undefined);
  const stale = computed(() => stalenessOf(document(), accepted.value));

  watch(document, (now) => {
    lastPolicy.value = now?.policy ?? lastPolicy.value;
    accepted.value = now?.error === undefined ? now?.policy ?? accepted.value : accepted.value;
  }, { immediate: true, flush: 'sync' });

  watch(isOpen, (open) => {
    if (open) {
      load();
    }
  });

  return {
    asked,
    served,
    isOpen,
    skipped,
    answer,
    policy:  computed(() => accepted.value),
    stale,
    refusal: computed(() => 'request' in reading.value ? undefined : reading.value),
    // The rules in sight may be others then.
    trace:   computed(() => answer.value && stale.value !== 'refused' ? traceOf(answer.value.explanation, t) : undefined),

    skip(index) {
      skipped.value = new Set(skipped.value.has(index) ? [...skipped.value].filter((other) => other !== index) : [...skipped.value, index]);
      isOpen.value = true;
    }
  };
}

function stalenessOf(document: PolicyInSight | undefined, accepted: Policy | undefined): Staleness | undefined {
  if (!accepted) {
    return 'unknown';
  }

  return document?.isReading ? 'reading' : document?.policy === accepted ? undefined : 'refused';
}

function answerOf(policy: Policy, { request, others, guessed }: AskedReading, skipped: ReadonlySet<number>): Answer {
  const explanation = explain(policy, request, skipped);
  const rules = policy.rules.filter((_, index) => !skipped.has(index));

  return { request, explanation, events: expectedEvents(request, explanation), others: others.map((other) => ({ text: textOfRequest(other), level: decide({ ...policy, rules }, other).level })), guessed };
}

/** Reasons come into words when they are asked for: of a long policy only the rules in sight show theirs. */
function traceOf({ rule: decidedBy, why }: Explanation, t: Texts): RuleTrace {
  const mismatches = new Map(why.map((mismatch) => [mismatch.rule, mismatch]));

  return {
    decidedBy,
    reasons: {
      get(index) {
        const mismatch = mismatches.get(index);

        return mismatch && mismatchText(mismatch, t);
      }
    }
  };
}
