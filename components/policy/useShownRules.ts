/**
 * The rules in sight: those that fit the words of the filter, and the open one, which stays while it is edited.
 */
import { computed, ref, watch, type ComputedRef, type Ref } from 'vue';

import type { PolicyRule } from '../../audit/policy/types';
import type { Texts } from '../useTexts';
import { filteredRules } from './ruleFilter';
import { ruleSentence } from './ruleSentence';
import { useRuleIndexes } from './useRuleIndexes';

export interface ShownRules {
  readonly words: Ref<string>;
  /** By their index, in their order. */
  readonly shown: ComputedRef<readonly number[]>;
  readonly selected: Ref<ReadonlySet<number>>;
  readonly opened: ComputedRef<number | undefined>;
  /** Opens a rule, which closes the one that was open; none for undefined. */
  open(index: number | undefined): void;
  toggle(index: number): void;
  /** Tells of a rule that is about to be moved. */
  move(from: number, to: number): void;
}

/** All of them at first, and none open or selected. Call it in `setup`. */
export function useShownRules(rules: () => readonly PolicyRule[], t: Texts): ShownRules {
  const words = ref('');
  const selected = useRuleIndexes(rules);
  const open = useRuleIndexes(rules);
  /** Whether the open rule was in sight, so that no edit may take it away. */
  const isOpenKept = ref(false);
  const opened = computed(() => [...open.indexes.value][0]);
  const fitting = computed(() => filteredRules(rules(), words.value, (rule) => ruleSentence(rule, t)));

  watch(words, () => {
    isOpenKept.value = opened.value !== undefined && fitting.value.includes(opened.value);
  });

  return {
    words,
    selected: selected.indexes,
    opened,
    shown:    computed(() => opened.value === undefined || !isOpenKept.value || fitting.value.includes(opened.value) ? fitting.value : [...fitting.value, opened.value].sort((one, other) => one - other)),

    open(index) {
      open.indexes.value = new Set(index === undefined ? [] : [index]);
      isOpenKept.value = true;
    },

    toggle(index) {
      const indexes = new Set(selected.indexes.value);

      if (!indexes.delete(index)) {
        indexes.add(index);
      }
      selected.indexes.value = indexes;
    },

    move(from, to) {
      selected.move(from, to);
      open.move(from, to);
    }
  };
}
