/** The word that was probably meant, for one that is not known. */

/** Letters to change, add or take away. */
const MAX_DISTANCE = 2;

/** The nearest of some words, whatever the case; undefined where none is near. */
export function nearest(word: string, words: readonly string[]): string | undefined {
  const limit = Math.min(MAX_DISTANCE, Math.floor(word.length / 3));
  let best: { readonly known: string; readonly distance: number } | undefined;

  for (const known of words) {
    const distance = distanceOf(word.toLowerCase(), known.toLowerCase());

    if (distance <= limit && (!best || distance < best.distance)) {
      best = { known, distance };
    }
  }

  return best?.known;
}

/** Levenshtein's distance; words of very different length are far apart without a look at them. */
function distanceOf(one: string, other: string): number {
  if (Math.abs(one.length - other.length) > MAX_DISTANCE) {
    return Infinity;
  }
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);

  for (const [index, character] of [...one].entries()) {
    const next = [index + 1];

    for (let column = 0; column < other.length; column++) {
      next.push(Math.min((row[column] ?? 0) + (character === other[column] ? 0 : 1), (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
    }
    row = next;
  }

  return row.at(-1) ?? 0;
}
