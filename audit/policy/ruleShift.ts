/**
 * Where rules are after a change that came from elsewhere: from typing, from undo or from another form.
 */
import type { PolicyRule } from './types';

/** The index that the rule of an index has afterwards; undefined where it is no more. */
export type Shift = (index: number) => number | undefined;

/** A rule that is moved from an index to another. */
export interface RuleMove {
  readonly from: number;
  readonly to: number;
}

/** How rules have moved between two lists, by what they say; a move that is told says which of several equal rules it was. */
export function shiftBetween(before: readonly PolicyRule[], after: readonly PolicyRule[], told?: RuleMove): Shift {
  const [old, now] = [before, after].map((rules) => rules.map((rule) => JSON.stringify(rule))) as [string[], string[]];

  return told && sameList(moved(old, told), now) ? shiftOfMove(told) : shiftOfTexts(old, now);
}

function moved(texts: readonly string[], { from, to }: RuleMove): readonly string[] {
  return texts.toSpliced(from, 1).toSpliced(to, 0, ...texts.slice(from, from + 1));
}

function sameList(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((text, index) => text === other[index]);
}

function shiftOfMove({ from, to }: RuleMove): Shift {
  const step = Math.sign(to - from);

  return (index) => index === from ? to : step * (index - from) > 0 && step * (to - index) >= 0 ? index - step : index;
}

function shiftOfTexts(before: readonly string[], after: readonly string[]): Shift {
  const shorter = Math.min(before.length, after.length);
  let kept = 0;
  let keptAtEnd = 0;

  while (kept < shorter && before[kept] === after[kept]) {
    kept++;
  }
  while (keptAtEnd < shorter - kept && before.at(-1 - keptAtEnd) === after.at(-1 - keptAtEnd)) {
    keptAtEnd++;
  }
  const between = shiftAmongChanged(before.slice(kept, before.length - keptAtEnd), after.slice(kept, after.length - keptAtEnd), kept + keptAtEnd > 0);

  return (index) => {
    if (index < kept) {
      return index;
    }
    if (index >= before.length - keptAtEnd) {
      return index + after.length - before.length;
    }
    const place = between.get(index - kept);

    return place === undefined ? undefined : place + kept;
  };
}

/** Rules that are there again are found by what they say. The others are the same ones, changed, as long as there are as many and the policy is not all another. */
function shiftAmongChanged(before: readonly string[], after: readonly string[], isAnyKept: boolean): ReadonlyMap<number, number> {
  const [old, now] = [placesOf(before), placesOf(after)];
  const pairs: [number, number][] = [];
  const isFound = (text: string): boolean => old.get(text)?.length === now.get(text)?.length;

  for (const [text, places] of old) {
    if (isFound(text)) {
      pairs.push(...places.map((place, nth): [number, number] => [place, now.get(text)?.[nth] ?? place]));
    }
  }
  if (before.length === after.length && (isAnyKept || pairs.length || before.length === 1)) {
    const others = [...after.keys()].filter((place) => !isFound(after[place] ?? ''));

    pairs.push(...[...before.keys()].filter((place) => !isFound(before[place] ?? '')).map((place, nth): [number, number] => [place, others[nth] ?? place]));
  }

  return new Map(pairs);
}

function placesOf(texts: readonly string[]): ReadonlyMap<string, readonly number[]> {
  const places = new Map<string, number[]>();

  texts.forEach((text, place) => {
    const known = places.get(text);

    if (known) {
      known.push(place);
    } else {
      places.set(text, [place]);
    }
  });

  return places;
}
