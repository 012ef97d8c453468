/**
 * Where rules are after a change that came from elsewhere: from typing, from undo or from another form.
 */
import type { PolicyRule } from './types';

/** The index that the rule of an index has afterwards; undefined where it is no more. */
export type Shift = (index: number) => number | undefined;

/** How rules have moved between two lists, by what both begin and end with. */
export function shiftBetween(before: readonly PolicyRule[], after: readonly PolicyRule[]): Shift {
  const isSame = (one: number, other: number): boolean => JSON.stringify(before[one]) === JSON.stringify(after[other]);
  const shorter = Math.min(before.length, after.length);
  const further = after.length - before.length;
  let kept = 0;
  let keptAtEnd = 0;

  while (kept < shorter && isSame(kept, kept)) {
    kept++;
  }
  while (keptAtEnd < shorter - kept && isSame(before.length - 1 - keptAtEnd, after.length - 1 - keptAtEnd)) {
    keptAtEnd++;
  }

  return (index) => {
    if (index < kept) {
      return index;
    }
    if (index >= before.length - keptAtEnd) {
      return index + further;
    }

    // Among rules that have changed: the same one as long as there are as many.
    return further === 0 ? index : undefined;
  };
}
