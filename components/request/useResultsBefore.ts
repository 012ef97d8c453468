/**
 * What expectations came to before the last edit that changed the level of one; before all edits it is what the saved policy says.
 */
import { computed, shallowRef, watch, type ComputedRef } from 'vue';

import { readPolicyDocument } from '../../audit/policy/document';
import type { Policy } from '../../audit/policy/types';
import { resultsOf, type Expectation, type ExpectationResult } from '../../audit/request/expectations';

/** The results of a list, in its order; without a saved text, of the policy that was there first. Call it in `setup`. */
export function useResultsBefore(list: () => readonly Expectation[], policy: () => Policy | undefined, saved: () => string | undefined): ComputedRef<readonly ExpectationResult[]> {
  const first = policy();
  const earlier = shallowRef<Policy>();
  const savedPolicy = computed(() => {
    const text = saved();

    return text === undefined ? first : readPolicyDocument(text).policy;
  });
  const levelsOf = (of: Policy): string => resultsOf(of, list()).map(({ level }) => level).join();

  watch(policy, (now, last) => {
    // A comment that is typed after a change takes nothing of it away.
    if (now && last && levelsOf(now) !== levelsOf(last)) {
      earlier.value = last;
    }
  });
  watch(saved, () => {
    earlier.value = undefined;
  });

  return computed(() => {
    const before = list().length ? earlier.value ?? savedPolicy.value : undefined;

    return before ? resultsOf(before, list()) : [];
  });
}
