/**
 * Rules that something is said of, by their index, which goes with them when others come or go.
 */
import { shallowRef, watch, type ShallowRef } from 'vue';

import { shiftBetween, type RuleMove } from '../../audit/policy/ruleShift';
import type { PolicyRule } from '../../audit/policy/types';

export interface RuleIndexes {
  readonly indexes: ShallowRef<ReadonlySet<number>>;
  /** Tells of a rule that is about to be moved, which what rules say doesn't tell where some say the same. */
  move(from: number, to: number): void;
}

/** None at first; `flush` says when they follow the rules. Call it in `setup`. */
export function useRuleIndexes(rules: () => readonly PolicyRule[], flush: 'pre' | 'sync' = 'pre'): RuleIndexes {
  const indexes = shallowRef<ReadonlySet<number>>(new Set());
  let told: RuleMove | undefined;

  watch(rules, (after, before) => {
    if (indexes.value.size) {
      const shift = shiftBetween(before, after, told);

      indexes.value = new Set([...indexes.value].flatMap((index) => shift(index) ?? []));
    }
    told = undefined;
  }, { flush });

  return {
    indexes,

    move(from, to) {
      told = { from, to };
    }
  };
}
