/**
 * Waits for a rule that an edit adds: where a long text has to be read first, it comes later than the next tick.
 */
import { watch } from 'vue';

import type { PolicyRule } from '../../audit/policy/types';

/** Ask before the edit; it resolves once there are more or fewer rules and the page shows them, to whether there is one more. Call it in `setup`. */
export function useAddedRule(rules: () => readonly PolicyRule[]): () => Promise<boolean> {
  let answer: ((isAdded: boolean) => void) | undefined;

  watch(() => rules().length, (count, before) => {
    answer?.(count === before + 1);
    answer = undefined;
  }, { flush: 'post' });

  return () => new Promise((resolve) => {
    answer?.(false);
    answer = resolve;
  });
}
