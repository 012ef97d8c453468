/**
 * Where a rule is after a change that came from elsewhere: from typing, from undo or from another form.
 */
import type { PolicyRule } from './types';

/** The index that the rule of an index has in the new list; undefined where it is no more. */
export function indexAfter(before: readonly PolicyRule[], after: readonly PolicyRule[], index: number): number | undefined {
  const same = (one: number, other: number): boolean => JSON.stringify(before[one]) === JSON.stringify(after[other]);
  const fromEnd = after.length - before.length;
  let kept = 0;
  let keptAtEnd = 0;

  while (kept < Math.min(before.length, after.length) && same(kept, kept)) {
    kept++;
  }
  while (keptAtEnd < Math.min(before.length, after.length) - kept && same(before.length - 1 - keptAtEnd, after.length - 1 - keptAtEnd)) {
    keptAtEnd++;
  }
  if (index < kept) {
    return index;
  }
  if (index >= before.length - keptAtEnd) {
    return index + fromEnd;
  }

  // Among rules that have changed: the same one as long as there are as many.
  return fromEnd === 0 ? index : undefined;
}
