/**
 * The suggestions that fit what was typed so far: the nearest first, and never more than one can look through.
 */
import type { Suggestion } from './suggestions';

/** More than fits on a screen; the rest is a matter of typing on. */
export const MAX_SHOWN = 50;

export interface FoundSuggestions {
  readonly shown: readonly Suggestion[];
  /** How many others fit as well. */
  readonly more: number;
}

/** Those whose value begins with the text, then those that hold it, then those that people call so; in any case. Chosen ones are left out. */
export function findSuggestions(suggestions: readonly Suggestion[], text: string, chosen: readonly string[] = []): FoundSuggestions {
  const wanted = text.trim().toLowerCase();
  const taken = new Set(chosen);
  const ranks: Suggestion[][] = [[], [], []];

  for (const suggestion of suggestions) {
    const rank = taken.has(suggestion.value) ? -1 : rankOf(suggestion, wanted);

    ranks[rank]?.push(suggestion);
  }
  const found = ranks.flat();

  return { shown: found.slice(0, MAX_SHOWN), more: Math.max(0, found.length - MAX_SHOWN) };
}

/** Without a text all rank the same. */
function rankOf({ value, otherNames = [] }: Suggestion, wanted: string): number {
  const own = value.toLowerCase();

  if (own.startsWith(wanted)) {
    return 0;
  }

  return own.includes(wanted) ? 1 : otherNames.some((name) => name.toLowerCase().startsWith(wanted)) ? 2 : -1;
}
