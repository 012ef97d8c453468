import { describe, expect, it } from 'vitest';

import { readPolicyDocument } from '../../../../audit/policy/document';
import { linesOfRule, ruleAtLine } from '../../../../audit/policy/ruleAtLine';
import { shiftBetween } from '../../../../audit/policy/ruleShift';

const BLOCK = 'apiVersion: audit.k8s.io/v1\nkind: Policy\nrules:\n# one\n- level: None\n  verbs: [get]\n\n# two\n- level: Metadata\n';

describe('the lines of a rule', () => {
  it('are those from its first to its last', () => {
    const document = readPolicyDocument(BLOCK);

    expect([0, 1, 2].map((index) => linesOfRule(document, index))).toEqual([{ from: 5, to: 6 }, { from: 9, to: 9 }, undefined]);
    expect([1, 4, 5, 6, 7, 8, 9, 10].map((line) => ruleAtLine(document, line))).toEqual([undefined, undefined, 0, 0, undefined, undefined, 1, undefined]);
  });

  it('are one line where all rules are on it', () => {
    const document = readPolicyDocument('{"apiVersion":"audit.k8s.io/v1","kind":"Policy","rules":[{"level":"None"}]}');

    expect([linesOfRule(document, 0), ruleAtLine(document, 1)]).toEqual([{ from: 1, to: 1 }, 0]);
  });

  it('are none where the text is no policy', () => {
    const document = readPolicyDocument('rules: [');

    expect([linesOfRule(document, 0), ruleAtLine(document, 1)]).toEqual([undefined, undefined]);
  });
});

describe('where a rule is after a change from elsewhere', () => {
  const rules = (letters: string) => [...letters].map((letter) => ({ level: 'None', users: [letter] }));

  it.each([
    ['abc', 'abc', [0, 1, 2]],
    ['abc', 'xabc', [1, 2, 3]],
    ['abc', 'axbc', [0, 2, 3]],
    ['abc', 'ac', [0, undefined, 1]],
    ['abc', 'axc', [0, 1, 2]],
    ['abc', 'axyc', [0, undefined, 3]],
    ['aaa', 'aa', [0, 1, undefined]],
    ['abc', '', [undefined, undefined, undefined]],
    ['abcd', 'acbd', [0, 2, 1, 3]],
    ['abcd', 'dabc', [1, 2, 3, 0]],
    ['abcd', 'acxd', [0, 2, 1, 3]],
    ['abcde', 'ace', [0, undefined, 1, undefined, 2]],
    ['aab', 'baa', [1, 2, 0]],
    ['a', 'x', [0]],
    ['ab', 'xb', [0, 1]],
    ['axxb', 'ayzb', [0, 1, 2, 3]],
    ['ab', 'xy', [undefined, undefined]]
  ])('from %s to %s', (before, after, expected) => {
    expect([...before].map((_, index) => shiftBetween(rules(before), rules(after))(index))).toEqual(expected);
  });

  it.each([
    ['aab', 'aab', { from: 1, to: 0 }, [1, 0, 2]],
    ['aaab', 'aaab', { from: 0, to: 2 }, [2, 0, 1, 3]],
    ['abc', 'xabc', { from: 1, to: 0 }, [1, 2, 3]]
  ])('from %s to %s, where a move of %j was told', (before, after, told, expected) => {
    expect([...before].map((_, index) => shiftBetween(rules(before), rules(after), told)(index))).toEqual(expected);
  });
});
