// The comparison of layouts: what other fonts do to a page is fine, what breaks it is not.
import { describe, expect, it } from 'vitest';

import { layoutDifferences, type Layout } from '../browser/layout';

const RECORDED: Layout = { part: [0, 0, 640, 300], title: [10, 10, 620, 20], left: [10, 40, 300, 100], right: [330, 40, 300, 100], button: [10, 160, 80, 30] };

function differences(changes: Readonly<Record<string, Layout[string] | undefined>>): string[] {
  return layoutDifferences(RECORDED, Object.fromEntries(Object.entries({ ...RECORDED, ...changes }).filter((entry): entry is [string, Layout[string]] => entry[1] !== undefined)));
}

describe('a layout', () => {
  it('is the same where fonts make lines break otherwise', () => {
    expect(differences({})).toEqual([]);
    expect(differences({ title: [10, 10, 620, 40], left: [10, 60, 300, 130], right: [332, 60, 298, 100], button: [10, 200, 88, 32], part: [0, 0, 640, 340] })).toEqual([]);
  });

  it.each([
    ['a column that moved', { right: [200, 40, 300, 100] }, 'right is in the columns 200 to 500, not 330 to 630'],
    ['a part that is squeezed', { left: [10, 40, 120, 100] }, 'left is in the columns 10 to 130, not 10 to 310'],
    ['a part that collapsed', { left: [10, 40, 300, 2] }, 'left is 2 high, not 100'],
    ['a part that is over another', { button: [10, 100, 80, 30] }, 'left is no more above button'],
    ['parts that stand below each other now', { right: [10, 145, 300, 100] }, 'left is no more left of right'],
    ['a part that is gone', { button: undefined }, 'button is gone'],
    ['a part that came', { other: [0, 0, 5, 5] }, 'other is new']
  ] as const)('tells %s', (_, changes, words) => {
    expect(differences(changes)).toContain(words);
  });
});
