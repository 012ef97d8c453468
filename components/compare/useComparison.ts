/**
 * The comparison of two policies, some time after the last change of either: while someone types, the page comes first.
 */
import { computed, onBeforeUnmount, shallowRef, watch, type ComputedRef } from 'vue';

import { readPolicyDocument } from '../../audit/policy/document';
import { comparePolicies, type Comparison } from '../../audit/request/compare';
import { summaryOf, type PolicySummary } from '../../audit/request/summary';

export type Side = 'before' | 'after';

export interface TitledPolicy {
  readonly title: string;
  readonly policy: string;
}

/** What is compared. */
export interface Compare {
  readonly before: TitledPolicy;
  readonly after: TitledPolicy;
  readonly kubernetesVersion: string | undefined;
}

/** What was compared, and what came out. */
export interface Compared extends Compare {
  /** Undefined where a text is no policy. */
  readonly comparison: Comparison | undefined;
  /** Of the text after. */
  readonly summary: PolicySummary | undefined;
  /** The texts that kube-apiserver does not start with, whether they can be compared or not. */
  readonly refused: readonly Side[];
}

export interface LatestComparison {
  /** Undefined until there is one. */
  readonly compared: ComputedRef<Compared | undefined>;
  /** Whether it is about what was to be compared before. */
  readonly isStale: ComputedRef<boolean>;
}

/** In milliseconds: shorter than a pause in typing. */
const PAUSE = 300;

/** What two policies differ in. Call it in `setup`. */
export function useComparison(wanted: () => Compare): LatestComparison {
  const latest = shallowRef<Compared>();
  const key = computed(() => keyOf(wanted()));
  const isStale = computed(() => latest.value !== undefined && keyOf(latest.value) !== key.value);
  // A text may get another title, which decides nothing.
  const compared = computed(() => latest.value && !isStale.value ? { ...latest.value, ...wanted() } : latest.value);
  let timer: ReturnType<typeof setTimeout> | undefined;

  function compare(): void {
    const { before, after, kubernetesVersion } = wanted();
    const [left, right] = [readPolicyDocument(before.policy, kubernetesVersion), readPolicyDocument(after.policy, kubernetesVersion)];

    latest.value = {
      before,
      after,
      kubernetesVersion,
      comparison: left.policy && right.policy && comparePolicies(left.policy, right.policy, kubernetesVersion),
      summary:    right.policy && summaryOf(right.policy, kubernetesVersion),
      refused:    [...left.error === undefined ? [] : ['before' as const], ...right.error === undefined ? [] : ['after' as const]]
    };
  }

  watch(key, (_now, _then, onCleanup) => {
    timer = setTimeout(compare, latest.value ? PAUSE : 0);
    onCleanup(() => clearTimeout(timer));
  }, { immediate: true });
  onBeforeUnmount(() => clearTimeout(timer));

  return { compared, isStale };
}

/** The same text for what is compared alike. */
function keyOf({ before, after, kubernetesVersion }: Compare): string {
  return JSON.stringify([before.policy, after.policy, kubernetesVersion]);
}
