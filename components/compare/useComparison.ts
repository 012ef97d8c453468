/**
 * The comparison of two policies, some time after the last change of either: while someone types, the page comes first.
 */
import { onBeforeUnmount, shallowRef, watch, type ShallowRef } from 'vue';

import { readPolicyDocument } from '../../audit/policy/document';
import { comparePolicies, type Comparison } from '../../audit/request/compare';
import { summaryOf, type PolicySummary } from '../../audit/request/summary';

export type Side = 'before' | 'after';

export interface Compared {
  /** Undefined where a text is no policy. */
  readonly comparison: Comparison | undefined;
  /** Of the text after. */
  readonly summary: PolicySummary | undefined;
  /** The texts that kube-apiserver does not start with, whether they can be compared or not. */
  readonly refused: readonly Side[];
}

/** In milliseconds: shorter than a pause in typing. */
const PAUSE = 300;

/** What two texts differ in; undefined until it is known, and stale while one of them changes. Call it in `setup`. */
export function useComparison(before: () => string, after: () => string, kubernetesVersion: () => string | undefined): ShallowRef<Compared | undefined> {
  const compared = shallowRef<Compared>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  function compare(): void {
    const [left, right] = [readPolicyDocument(before(), kubernetesVersion()), readPolicyDocument(after(), kubernetesVersion())];

    compared.value = {
      comparison: left.policy && right.policy && comparePolicies(left.policy, right.policy, kubernetesVersion()),
      summary:    right.policy && summaryOf(right.policy, kubernetesVersion()),
      refused:    [...left.error === undefined ? [] : ['before' as const], ...right.error === undefined ? [] : ['after' as const]]
    };
  }

  watch([before, after, kubernetesVersion], (_now, _then, onCleanup) => {
    timer = setTimeout(compare, compared.value ? PAUSE : 0);
    onCleanup(() => clearTimeout(timer));
  }, { immediate: true });
  onBeforeUnmount(() => clearTimeout(timer));

  return compared;
}
