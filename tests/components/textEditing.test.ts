// The pure parts of the text editor: least changes, line ends, folds and matches.
import { describe, expect, it } from 'vitest';

import { foldableItems, foldEnd } from '../../components/editor/foldRange';
import { changesBetween, plainText, withLineEnds, type TextChange } from '../../components/editor/textChange';
import { matchesIn, MOST_MATCHES, patternOf } from '../../components/editor/textSearch';
import { casesOf } from '../unit/tables';

function applied(text: string, changes: readonly TextChange[]): string {
  return [...changes].reverse().reduce((now, { from, to, text: by }) => now.slice(0, from) + by + now.slice(to), text);
}

/** Texts that differ in a repeatable way. */
function shuffledLines(seed: number): string {
  let state = seed * 7919 + 1;
  const next = (below: number): number => {
    state = state * 48271 % 2147483647;

    return state % below;
  };

  return Array.from({ length: next(30) }, () => `${ ' '.repeat(next(3)) }${ 'abc'[next(3)] }`).join('\n') + (next(2) ? '\n' : '');
}

describe('the changes between two texts', () => {
  it.each(casesOf<{ before: string; after: string; expect: [number, number, string][] }>('editor/changes'))('$name', ({ before, after, expect: expected }) => {
    expect(changesBetween(before, after).map(({ from, to, text }) => [from, to, text])).toEqual(expected);
  });

  it('make the one text out of the other, and are apart from each other', () => {
    for (let seed = 0; seed < 300; seed++) {
      const [before, after] = [shuffledLines(seed), shuffledLines(seed + 1)];
      const changes = changesBetween(before, after);

      expect(applied(before, changes)).toBe(after);
      expect(changes.every(({ from }, index) => from >= (changes[index - 1]?.to ?? 0))).toBe(true);
    }
  });

  it('are one where nearly all lines differ', () => {
    const lines = (letter: string): string => Array.from({ length: 2000 }, (_, index) => `${ letter }${ index }\n`).join('');

    expect(changesBetween(lines('a'), lines('b'))).toHaveLength(1);
  });
});

describe('line ends', () => {
  it.each(casesOf<{ before: string; typed: string; expect: string }>('editor/lineEnds'))('$name', ({ before, typed, expect: expected }) => {
    expect(withLineEnds(before, typed)).toBe(expected);
    expect(plainText(expected)).toBe(typed);
  });

  it('never change what was typed', () => {
    for (let seed = 0; seed < 300; seed++) {
      const [before, typed] = [shuffledLines(seed).replaceAll('a\n', 'a\r\n').replaceAll('b\n', 'b\r'), shuffledLines(seed + 1)];

      expect(plainText(withLineEnds(before, typed))).toBe(typed);
      expect(withLineEnds(before, plainText(before))).toBe(before);
    }
  });
});

describe('folds', () => {
  it.each(casesOf<{ text: string; folds: Record<string, number>; items: number[] }>('editor/folds'))('$name', ({ text, folds, items }) => {
    const lines = text.split('\n');
    const found = lines.flatMap((_, line) => {
      const end = foldEnd((at) => lines[at], line);

      return end === undefined ? [] : [[String(line), end]];
    });

    expect(Object.fromEntries(found)).toEqual(folds);
    expect(foldableItems((at) => lines[at])).toEqual(items);
  });
});

describe('a search', () => {
  const found = (text: string, words: string): string[] => matchesIn(text, patternOf(words) ?? /(?!)/g).map(({ from, to }) => text.slice(from, to));

  it('takes words as they are, in whatever case', () => {
    expect(found('Pods pods/log PODS', 'pods')).toEqual(['Pods', 'pods', 'PODS']);
    expect(found('a.b a+b [a-b] \\ /healthz* {x}', 'a+b')).toEqual(['a+b']);
    for (const words of ['[a-b]', '\\', '/healthz*', '{x}', 'a.b']) {
      expect(found('a.b a+b [a-b] \\ /healthz* {x}', words)).toEqual([words]);
    }
  });

  it('finds nothing for no words', () => {
    expect(patternOf('')).toBeUndefined();
  });

  it('ends at some time', () => {
    expect(matchesIn('a'.repeat(MOST_MATCHES + 5), /a/g)).toHaveLength(MOST_MATCHES);
  });
});
