/**
 * Undo and redo of a policy's text, whatever changed it: typing, a rule, a preset, or something else in the form.
 */
import { computed, shallowReactive, type ComputedRef } from 'vue';

import { newHistory, recorded, redone, undone, type Along, type ChangeKind, type PolicyHistory } from './policyHistory';

export interface UndoRedo {
  readonly canUndo: ComputedRef<boolean>;
  readonly canRedo: ComputedRef<boolean>;
  /** Makes a change, which can then be taken back, with what the caller changes along with it. */
  change(text: string, kind: ChangeKind, along?: Along): void;
  undo(): void;
  redo(): void;
}

/** By what outlives the components that show a text. */
const HISTORIES = new WeakMap<object, { now: PolicyHistory | undefined }>();

/** The history of a text that belongs to an owner; `set` writes the text, and `goAlong` brings the other text of a step from one state to another. */
export function usePolicyHistory(owner: object, text: () => string | undefined, set: (text: string) => void, goAlong: (from: string, to: string) => void): UndoRedo {
  const kept = HISTORIES.get(owner) ?? shallowReactive<{ now: PolicyHistory | undefined }>({ now: undefined });
  /** What others did to the text since is a step, too. */
  const history = computed(() => {
    const now = text();

    return now === undefined ? kept.now : kept.now ? recorded(kept.now, now, 'set') : newHistory(now);
  });

  HISTORIES.set(owner, kept);

  function goTo(next: PolicyHistory | undefined): void {
    const isNew = next !== undefined && next.text !== text();

    kept.now = next;
    if (isNew) {
      set(next.text);
    }
  }

  return {
    canUndo: computed(() => (history.value?.past.length ?? 0) > 0),
    canRedo: computed(() => (history.value?.future.length ?? 0) > 0),
    change:  (wanted, kind, along) => goTo(history.value ? recorded(history.value, wanted, kind, along) : newHistory(wanted)),

    undo() {
      const along = history.value?.past.at(-1)?.along;

      goTo(history.value && undone(history.value));
      if (along) {
        goAlong(along.after, along.before);
      }
    },

    redo() {
      const along = history.value?.future.at(-1)?.along;

      goTo(history.value && redone(history.value));
      if (along) {
        goAlong(along.before, along.after);
      }
    }
  };
}
