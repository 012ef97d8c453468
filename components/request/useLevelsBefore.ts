/**
 * The levels of expectations before the last edit that changed one; before all edits those by the saved policy, of what is saved with it.
 *
 * An expectation has one only if it was there at that time, and a policy that kube-apiserver refuses gives none: nothing was ever logged by it.
 */
import { computed, shallowRef, watch, type ComputedRef } from 'vue';

import { readPolicyDocument } from '../../audit/policy/document';
import type { Level, Policy } from '../../audit/policy/types';
import { readExpectations } from '../../audit/request/expectationFile';
import { questionOf, resultsOf, type Expectation, type ExpectationResult } from '../../audit/request/expectations';
import type { ServedResources } from '../../audit/request/served';

/** A policy that is saved, and its expectations, as text. */
export interface SavedPolicy {
  readonly policy: string;
  readonly expectations?: string;
}

interface Judged {
  list(): readonly Expectation[];
  /** What is known of the cluster's resources. */
  served(): ServedResources;
  policy(): Policy | undefined;
  /** Whether kube-apiserver refuses that policy. */
  isRefused(): boolean;
  /** Those of the list by the policy. */
  results(): readonly ExpectationResult[];
  saved(): SavedPolicy | undefined;
}

/** A policy, and the expectations that were there with it, as questions. */
interface Earlier {
  readonly policy: Policy;
  readonly levels: ReadonlyMap<string, Level | undefined>;
}

/** The levels of a list before, in its order. Call it in `setup`. */
export function useLevelsBefore({ list, served, policy, isRefused, results, saved }: Judged): ComputedRef<readonly (Level | undefined)[]> {
  const earlier = shallowRef<Earlier>();
  const atSave = computed(() => earlierOf(saved(), served()));
  let last: Earlier | undefined;

  watch([policy, results, isRefused], ([now, nowResults, isNowRefused]) => {
    if (!now || isNowRefused) {
      return;
    }
    const levels = levelsOf(nowResults);

    // A comment that is typed after a change takes nothing of it away.
    if (last && last.policy !== now && [...last.levels].some(([question, level]) => levels.has(question) && levels.get(question) !== level)) {
      earlier.value = last;
    }
    last = { policy: now, levels };
  }, { immediate: true });
  watch(() => JSON.stringify(saved()), () => {
    earlier.value = undefined;
  });

  return computed(() => {
    const before = list().length ? earlier.value ?? atSave.value : undefined;

    return before ? resultsOf(before.policy, list(), served()).map(({ expectation, level }) => before.levels.has(questionOf(expectation.asked)) ? level : undefined) : [];
  });
}

function earlierOf(saved: SavedPolicy | undefined, served: ServedResources): Earlier | undefined {
  const { policy, error } = saved ? readPolicyDocument(saved.policy) : {};
  const { expectations } = readExpectations(saved?.expectations ?? '');

  return policy && error === undefined ? { policy, levels: levelsOf(resultsOf(policy, expectations, served)) } : undefined;
}

function levelsOf(results: readonly ExpectationResult[]): ReadonlyMap<string, Level | undefined> {
  return new Map(results.map(({ expectation, level }) => [questionOf(expectation.asked), level]));
}
