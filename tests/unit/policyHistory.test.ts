import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { MAX_STEPS, newHistory, recorded, redone, undone, type ChangeKind, type PolicyHistory } from '../../components/policy/policyHistory';

function after(texts: readonly string[], kind: ChangeKind): PolicyHistory {
  return texts.slice(1).reduce((history, text) => recorded(history, text, kind), newHistory(texts[0] ?? ''));
}

describe('the history of a text', () => {
  it.each<[string, readonly string[], number]>([
    ['letters next to each other', ['a: ', 'a: b', 'a: bc', 'a: bcd'], 1],
    ['letters that are deleted backwards', ['abcd', 'abc', 'ab'], 1],
    ['letters that are deleted forwards', ['abcd', 'acd', 'ad'], 1],
    ['letters elsewhere', ['abcd', 'abcdx', 'yabcdx'], 2],
    ['letters after a new line', ['a', 'ab', 'ab\n', 'ab\nc', 'ab\ncd'], 3],
    ['letters, and then their deletion', ['a', 'ab', 'a'], 2]
  ])('takes %s back in as many steps as people expect', (_, texts, steps) => {
    expect(after(texts, 'typed').past).toHaveLength(steps);
  });

  it('takes edits of rules back one by one, be they next to each other', () => {
    expect(after(['', 'a', 'ab', 'abc'], 'set').past).toHaveLength(3);
  });

  it('does not go on with an older step after one was taken back', () => {
    const history = recorded(undone(after(['a', 'ab', 'yab'], 'typed')), 'abc', 'typed');

    expect([history.text, undone(history).text]).toEqual(['abc', 'ab']);
  });

  it('keeps at least a hundred steps and not all', () => {
    const history = after(Array.from({ length: 2 * MAX_STEPS }, (_, index) => `${ index }\n`), 'set');

    expect(history.past).toHaveLength(MAX_STEPS);
    expect(MAX_STEPS).toBeGreaterThanOrEqual(100);
  });

  it('takes a step for what is changed along with the same text', () => {
    const along = { before: 'a', after: 'b' };

    expect(undone(recorded(newHistory('x'), 'x', 'set', along))).toMatchObject({ text: 'x', past: [], future: [{ along }] });
  });

  it('gives each text back exactly, to both sides, whatever was done', () => {
    const texts = fc.array(fc.tuple(fc.string({ unit: fc.constantFrom('a', 'b', '\n', '\r\n', '😀', ' ') }), fc.constantFrom<ChangeKind>('typed', 'set')), { minLength: 1, maxLength: 60 });

    fc.assert(fc.property(texts, (changes) => {
      let history = newHistory('start');
      const seen = ['start'];

      for (const [text, kind] of changes) {
        history = recorded(history, text, kind);
        seen.push(text);
      }
      while (history.past.length) {
        history = undone(history);
        expect(seen).toContain(history.text);
      }
      expect(history.text).toBe('start');
      while (history.future.length) {
        history = redone(history);
      }
      expect(history.text).toBe(seen.at(-1));
    }));
  });
});
