/**
 * The drafts of policies in the user's browser: what is there, and how it changes. Another page may change it at any time, so that each change
 * begins with what is kept by then.
 */
import { onBeforeUnmount, shallowRef, watch, type ShallowRef } from 'vue';

import { draftNamed, problemOfDraft, readDrafts, textOfDrafts, withDraft, withoutDraft, type Draft, type DraftProblem, type KeptProblem } from '../../audit/drafts/drafts';
import type { NamedPolicy } from '../../audit/drafts/namedPolicy';
import { keepText, keptText, onKeptElsewhere, type StoreProblem } from '../../rancher/browserStore';

export interface Drafts {
  readonly drafts: ShallowRef<readonly Draft[]>;
  /** Why what is kept can't be used: then nothing is written over it. */
  readonly problem: ShallowRef<KeptProblem | 'refused' | undefined>;
  /** Keeps a draft as of now, or says why it can't be kept; `taken` where another has its name and may not be replaced. */
  keep(policy: NamedPolicy, mayReplace: boolean): DraftProblem | KeptProblem | StoreProblem | 'taken' | undefined;
  /** Keeps a draft again that was removed, as it was; one that has its name by now stays. */
  bringBack(draft: Draft): DraftProblem | KeptProblem | StoreProblem | 'taken' | undefined;
  /** Removes a draft, or says why it can't be removed; `gone` where another page has done so. */
  remove(name: string): KeptProblem | StoreProblem | 'gone' | undefined;
  /** What is kept, as it is. */
  keptAsItIs(): string;
  /** Removes all that is kept, whatever it is. */
  startAnew(): void;
}

/** The drafts of the browser, read as soon as they are wanted. Call it in `setup`. */
export function useDrafts(areWanted: () => boolean): Drafts {
  const drafts = shallowRef<readonly Draft[]>([]);
  const problem = shallowRef<KeptProblem | 'refused'>();

  watch(areWanted, loadIfWanted, { immediate: true, flush: 'sync' });
  onBeforeUnmount(onKeptElsewhere(loadIfWanted));

  function loadIfWanted(): void {
    if (areWanted()) {
      load();
    }
  }

  function load(): void {
    const kept = keptText();
    const read = kept === 'refused' ? kept : readDrafts(kept.text);

    problem.value = typeof read === 'string' ? read : undefined;
    drafts.value = typeof read === 'string' ? [] : read;
  }

  function write(next: readonly Draft[]): StoreProblem | undefined {
    const reason = keepText(textOfDrafts(next));

    load();

    return reason;
  }

  return {
    drafts,
    problem,

    keep(policy, mayReplace) {
      load();

      return problem.value ?? problemOfDraft(drafts.value, policy) ?? (draftNamed(drafts.value, policy.name) && !mayReplace ? 'taken' : write(withDraft(drafts.value, { ...policy, keptAt: Date.now() })));
    },

    bringBack(draft) {
      load();

      return problem.value ?? (draftNamed(drafts.value, draft.name) ? 'taken' : problemOfDraft(drafts.value, draft) ?? write([...drafts.value, draft].sort((left, right) => right.keptAt - left.keptAt)));
    },

    remove(name) {
      load();

      return problem.value ?? (draftNamed(drafts.value, name) ? write(withoutDraft(drafts.value, name)) : 'gone');
    },

    keptAsItIs() {
      const kept = keptText();

      return kept === 'refused' ? '' : kept.text ?? '';
    },

    startAnew() {
      keepText(undefined);
      load();
    }
  };
}
