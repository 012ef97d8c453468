/**
 * Rules that something is said of, by their index, which goes with them when others come or go.
 */
import { shallowRef, watch, type ShallowRef } from 'vue';

import { shiftBetween } from '../../audit/policy/ruleShift';
import type { PolicyRule } from '../../audit/policy/types';

export interface RuleIndexes {
  readonly indexes: ShallowRef<ReadonlySet<number>>;
  /** Tells of a rule that was moved here, which its content alone doesn't tell. */
  move(from: number, to: number): void;
}

/** None at first. Call it in `setup`. */
export function useRuleIndexes(rules: () => readonly PolicyRule[]): RuleIndexes {
  const indexes = shallowRef<ReadonlySet<number>>(new Set());

  watch(rules, (after, before) => {
    if (indexes.value.size) {
      const shift = shiftBetween(before, after);

      indexes.value = new Set([...indexes.value].flatMap((index) => shift(index) ?? []));
    }
  });

  return {
    indexes,

    move(from, to) {
      const step = Math.sign(to - from);
      const isPassed = (index: number): boolean => step * (index - from) > 0 && step * (to - index) >= 0;

      indexes.value = new Set([...indexes.value].map((index) => index === from ? to : isPassed(index) ? index - step : index));
    }
  };
}
