/**
 * Keeps what an editor holds and the text that its owner has in step. The owner may answer late: what comes back of what
 * was typed before never reaches the editor again, so that it takes no letter away from someone who types on.
 */
import { nextTick, onBeforeUnmount, watch } from 'vue';

import { changesBetween, plainText, withLineEnds, type TextChange } from './textChange';

/** More than anyone types before an answer comes. */
const MOST_SENT = 200;

export interface EditorText {
  /** To be called with what the editor holds, with `\n` for every line end, after each change of it. */
  typed(plain: string): void;
  /** Says at once what was typed, where that still waits for a paint. */
  tell(): void;
  /** What comes next is no answer to what was typed, even if it is the same text: an undo, for instance. */
  expectOther(): void;
}

/**
 * `put` changes the editor, and is only called with changes; `update` hears of what was typed, with the text's own line ends, when `later` runs
 * what it is given, and before the component goes. Call it in `setup`.
 */
export function useEditorText(text: () => string, put: (changes: readonly TextChange[], plain: string) => void, update: (text: string) => void, later: (run: () => void) => void = (run) => run()): EditorText {
  /** What the editor holds, exactly. */
  let held = text();
  /** What was typed and has not come back, from the first to the last. */
  let sent: string[] = [];
  /** Whether the last of it was not told yet. */
  let isUntold = false;

  function tell(): void {
    if (isUntold) {
      isUntold = false;
      update(held);
      void nextTick(() => {
        sent = text() === held ? [] : sent;
      });
    }
  }

  function take(wanted: string): void {
    const answered = sent.lastIndexOf(wanted);

    sent = sent.slice(answered + 1);
    if (answered < 0 && wanted !== held) {
      const changes = changesBetween(plainText(held), plainText(wanted));

      sent = [];
      isUntold = false;
      held = wanted;
      if (changes.length) {
        put(changes, plainText(wanted));
      }
    }
  }

  watch(text, take);
  onBeforeUnmount(tell);

  return {
    typed(plain) {
      const typed = withLineEnds(held, plain);

      if (typed !== held) {
        held = typed;
        sent = [...sent, typed].slice(-MOST_SENT);
        isUntold = true;
        later(tell);
      }
    },

    tell,

    expectOther() {
      sent = [];
    }
  };
}
