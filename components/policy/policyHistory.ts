/**
 * What was done to a text, to take it back and to do it again: each step gives the exact text of before.
 *
 * A step holds what changed alone, so that hundreds of steps of a long text take little room.
 */

/** Where steps are many, the oldest go. */
export const MAX_STEPS = 500;

/** A change made by typing, of which letters next to each other make one step, or any other. */
export type ChangeKind = 'typed' | 'set';

/** Another text that was changed in the same step. */
export interface Along {
  readonly before: string;
  readonly after: string;
}

interface Step {
  readonly at: number;
  readonly removed: string;
  readonly inserted: string;
  readonly kind: ChangeKind;
  readonly along?: Along;
}

export interface PolicyHistory {
  readonly text: string;
  /** The last one last. */
  readonly past: readonly Step[];
  /** The next one last. */
  readonly future: readonly Step[];
}

/** A text that nothing was done to yet. */
export function newHistory(text: string): PolicyHistory {
  return { text, past: [], future: [] };
}

/** After a change to another text. What was taken back before can't be done again then. */
export function recorded({ text: before, past, future }: PolicyHistory, text: string, kind: ChangeKind, along?: Along): PolicyHistory {
  if (text === before && !along) {
    return { text, past, future };
  }
  const step = { ...stepBetween(before, text, kind), ...(along ? { along } : {}) };
  const last = past.at(-1);
  const merged = last && future.length === 0 ? mergedStep(last, step) : undefined;

  return { text, past: merged ? [...past.slice(0, -1), merged] : [...past.slice(-MAX_STEPS + 1), step], future: [] };
}

/** After the last step was taken back; the same where there is none. */
export function undone({ text, past, future }: PolicyHistory): PolicyHistory {
  const step = past.at(-1);

  return step ? { text: replaced(text, step.at, step.inserted, step.removed), past: past.slice(0, -1), future: [...future, step] } : { text, past, future };
}

/** After the last step that was taken back was done again; the same where there is none. */
export function redone({ text, past, future }: PolicyHistory): PolicyHistory {
  const step = future.at(-1);

  return step ? { text: replaced(text, step.at, step.removed, step.inserted), past: [...past, step], future: future.slice(0, -1) } : { text, past, future };
}

function replaced(text: string, at: number, old: string, wanted: string): string {
  return text.slice(0, at) + wanted + text.slice(at + old.length);
}

function stepBetween(before: string, after: string, kind: ChangeKind): Step {
  const shorter = Math.min(before.length, after.length);
  let at = 0;
  let end = 0;

  while (at < shorter && before[at] === after[at]) {
    at++;
  }
  while (end < shorter - at && before[before.length - 1 - end] === after[after.length - 1 - end]) {
    end++;
  }

  return { at, removed: before.slice(at, before.length - end), inserted: after.slice(at, after.length - end), kind };
}

/** Two steps of typing as one, where the second goes on with the first on the same line. */
function mergedStep(first: Step, second: Step): Step | undefined {
  const isOnLine = ![first, second].some(({ removed, inserted }) => /[\r\n]/.test(removed + inserted));

  if (first.kind !== 'typed' || second.kind !== 'typed' || !isOnLine) {
    return undefined;
  }
  if (second.removed === '' && first.inserted !== '' && second.at === first.at + first.inserted.length) {
    return { ...first, inserted: first.inserted + second.inserted };
  }
  if (first.inserted !== '' || second.inserted !== '') {
    return undefined;
  }
  if (second.at + second.removed.length === first.at) {
    return { ...first, at: second.at, removed: second.removed + first.removed };
  }

  return second.at === first.at ? { ...first, removed: first.removed + second.removed } : undefined;
}
