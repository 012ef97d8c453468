/**
 * What expectations came to before the last edit that changed the level of one; before all edits it is what the saved policy says.
 */
import { computed, shallowRef, watch, type ComputedRef } from 'vue';

import { readPolicyDocument } from '../../audit/policy/document';
import type { Policy } from '../../audit/policy/types';
import { resultsOf, type Expectation, type ExpectationResult } from '../../audit/request/expectations';
import type { ServedResources } from '../../audit/request/served';

interface Judged {
  list(): readonly Expectation[];
  /** What is known of the cluster's resources. */
  served(): ServedResources;
  policy(): Policy | undefined;
  /** Those of the list by the policy. */
  results(): readonly ExpectationResult[];
  /** The text of the policy that is saved; without one it is the policy that was there first. */
  saved(): string | undefined;
}

/** The results of a list before, in its order. Call it in `setup`. */
export function useResultsBefore({ list, served, policy, results, saved }: Judged): ComputedRef<readonly ExpectationResult[]> {
  const first = policy();
  const earlier = shallowRef<Policy>();
  const savedPolicy = computed(() => {
    const text = saved();

    return text === undefined ? first : readPolicyDocument(text).policy;
  });

  watch([policy, results], ([now, levels], [last, lastLevels]) => {
    // A comment that is typed after a change takes nothing of it away.
    if (now && last && now !== last && levels.some(({ level }, index) => level !== lastLevels[index]?.level)) {
      earlier.value = last;
    }
  });
  watch(saved, () => {
    earlier.value = undefined;
  });

  return computed(() => {
    const before = list().length ? earlier.value ?? savedPolicy.value : undefined;

    return before ? resultsOf(before, list(), served()) : [];
  });
}
