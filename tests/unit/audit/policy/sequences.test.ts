// What people do to a policy one after the other, in the rules and in the text: both always say the same, and nothing is lost.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { fixOf } from '../../../../audit/lint/fix';
import { canonicalPolicy } from '../../../../audit/policy/canonical';
import { readPolicyDocument, type PolicyDocument } from '../../../../audit/policy/document';
import { addRule, duplicateRule, moveRule, removeRules, setPolicyField, setRule } from '../../../../audit/policy/edit';
import { editPolicy } from '../../../../audit/policy/policyEdit';
import { ruleReadingsOf } from '../../../../audit/policy/ruleReadings';
import { STAGES, type Policy, type PolicyRule } from '../../../../audit/policy/types';
import { withValueAt } from '../../../../audit/policy/valueAt';
import { newHistory, recorded, redone, undone } from '../../../../components/policy/policyHistory';
import { RULES, TEXTS, typedInto, TYPINGS, type Typing } from './texts';

/** Positions are parts of the number of rules that there are then. */
type Operation =
  | { readonly type: 'add' | 'set'; readonly at: number; readonly rule: PolicyRule }
  | { readonly type: 'remove' | 'duplicate' | 'mend'; readonly at: number }
  | { readonly type: 'move'; readonly at: number; readonly to: number }
  | { readonly type: 'stages'; readonly omitStages: readonly string[] }
  | { readonly type: 'type'; readonly typing: Typing }
  | { readonly type: 'undo' | 'redo' };

const POSITION = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const EDITS: fc.Arbitrary<Operation> = fc.oneof(
  fc.record({ type: fc.constantFrom('add', 'set'), at: POSITION, rule: RULES }),
  fc.record({ type: fc.constantFrom('remove', 'duplicate', 'mend'), at: POSITION }),
  fc.record({ type: fc.constant('move'), at: POSITION, to: POSITION }),
  fc.record({ type: fc.constant('stages'), omitStages: fc.subarray([...STAGES]) })
);
const OPERATIONS = fc.oneof({ weight: 3, arbitrary: EDITS }, { weight: 2, arbitrary: fc.record({ type: fc.constant('type'), typing: TYPINGS }) }, { weight: 1, arbitrary: fc.record({ type: fc.constantFrom('undo', 'redo') }) }) as fc.Arbitrary<Operation>;

describe('whatever is done to a policy', () => {
  it('rules and text say the same, and what is taken back gives the exact text', () => fc.assert(fc.property(TEXTS, fc.array(OPERATIONS, { maxLength: 12 }), (first, operations) => {
    const seen = new Set([first]);
    let history = newHistory(first);

    for (const operation of operations) {
      const before = history.text;

      if (operation.type === 'undo' || operation.type === 'redo') {
        history = operation.type === 'undo' ? undone(history) : redone(history);
        expect(seen).toContain(history.text);
      } else {
        const text = operation.type === 'type' ? typedInto(before, operation.typing) : edited(before, operation);

        history = recorded(history, text, operation.type === 'type' ? 'typed' : 'set');
        seen.add(text);
        expect(operation.type === 'type' || text === before || undone(history).text === before).toBe(true);
      }
    }
    const last = history.text;
    let back = history;

    while (back.past.length) {
      back = undone(back);
    }
    expect(back.text).toBe(first);
    while (back.future.length) {
      back = redone(back);
    }
    expect(history.future.length || back.text === last).toBeTruthy();
  }), { numRuns: 500, seed: 1 }));

  it('comments outside of the rule that is edited stay as they are', () => fc.assert(fc.property(TEXTS, fc.array(EDITS, { minLength: 1, maxLength: 4 }), (first, operations) => {
    operations.reduce((text, operation) => {
      const after = edited(text, operation);

      expect(commentsOf(after)).toEqual(expect.arrayContaining(commentsOf(text, touchedLines(readPolicyDocument(text), operation))));

      return after;
    }, first);
  }), { numRuns: 300, seed: 1 }));

  it('comments stay in their order where nothing is moved', () => fc.assert(fc.property(TEXTS, EDITS, (text, operation) => {
    fc.pre(operation.type !== 'move' && operation.type !== 'mend'); // a field may go to another place, with its comments
    const kept = commentsOf(text, touchedLines(readPolicyDocument(text), operation));

    expect(commentsOf(edited(text, operation)).filter((line) => kept.includes(line))).toEqual(kept);
  }), { numRuns: 300, seed: 1 }));
});

/** The text after an edit in the rules, which then says what the same edit of the policy gives; the same text where the rules can't be edited. */
function edited(text: string, operation: Operation): string {
  const { policy } = readPolicyDocument(text);

  if (!policy || (!policy.rules.length && ['set', 'remove', 'duplicate', 'mend', 'move'].includes(operation.type))) {
    return text;
  }
  const [after, wanted] = both(text, policy, operation);

  expect(canonicalPolicy(readPolicyDocument(after).policy ?? { rules: [] })).toEqual(canonicalPolicy(wanted));

  return after;
}

function both(text: string, policy: Policy, operation: Operation): [string, Policy] {
  const { rules } = policy;
  const at = 'at' in operation ? Math.floor(operation.at * rules.length) : 0;

  switch (operation.type) {
    case 'add': return [addRule(text, operation.rule, at), { ...policy, rules: rules.toSpliced(at, 0, operation.rule) }];
    case 'set': return [setRule(text, at, operation.rule), { ...policy, rules: rules.with(at, operation.rule) }];
    case 'remove': return [removeRules(text, [at]), { ...policy, rules: rules.toSpliced(at, 1) }];
    case 'duplicate': return [duplicateRule(text, at), { ...policy, rules: rules.toSpliced(at, 0, ...rules.slice(at, at + 1)) }];
    case 'move': {
      const to = Math.floor(operation.to * rules.length);

      return [moveRule(text, at, to), { ...policy, rules: rules.toSpliced(at, 1).toSpliced(to, 0, ...rules.slice(at, at + 1)) }];
    }
    case 'mend': return mended(text, policy, at);
    case 'stages': return [setPolicyField(text, 'omitStages', operation.omitStages), { ...policy, omitStages: operation.omitStages }];
    default: return [text, policy];
  }
}

/** With the first unknown field of a rule as the one that was meant, where it has such a one. */
function mended(text: string, policy: Policy, at: number): [string, Policy] {
  const document = readPolicyDocument(text);
  const fix = document.findings.filter(({ code, at: { path } }) => code === 'policy.unknownField' && path[0] === 'rules' && path[1] === at).map((finding) => fixOf(policy, finding)).find((edit) => edit?.type === 'field');

  return fix?.type === 'field' ? [editPolicy(text, fix), withValueAt(policy, fix.to, fix.value)] : [text, policy];
}

/** The comments, but for those on some lines, counted from 1. */
function commentsOf(text: string, without: { readonly from: number; readonly to: number } = { from: 0, to: 0 }): string[] {
  return text.split(/\r?\n/).flatMap((line, index) => index + 1 >= without.from && index + 1 <= without.to ? [] : /# c\d+\..*/.exec(line) ?? []);
}

/** Between the rules before and after the one that an operation changes or takes away; a copy has no comments. */
function touchedLines(document: PolicyDocument, operation: Operation): { readonly from: number; readonly to: number } {
  const count = document.policy?.rules.length ?? 0;

  if (operation.type === 'stages') {
    const { start, end } = document.rangeOf(['omitStages']) ?? { start: { line: 0 }, end: { line: 0 } };

    return document.policy?.omitStages ? { from: start.line, to: end.line } : { from: 0, to: 0 };
  }
  if (!('at' in operation) || !(operation.type === 'set' || operation.type === 'remove')) {
    return { from: 0, to: 0 };
  }
  const at = Math.floor(operation.at * count);
  const lineOf = (index: number): number | undefined => document.policy?.rules[index] && document.rangeOf(['rules', index])?.start.line;

  const next = lineOf(at + 1) ?? Infinity;

  // An alias has the lines of what it stands for.
  return { from: endLineOf(document, at - 1) + 1, to: next > (lineOf(at) ?? 0) ? next - 1 : Infinity };
}

/** The last line of a rule's content, or of what is above the rules. */
function endLineOf(document: PolicyDocument, index: number): number {
  const readings = ruleReadingsOf(document.text);

  // In other styles all that is known is where a rule begins.
  if (!readings) {
    return index < 0 ? 0 : (document.rangeOf(['rules', index])?.start.line ?? 1) - 1;
  }
  const end = (readings.lines.starts[index] ?? readings.lines.above - 1) + (readings.rules[index]?.end ?? 0);

  return document.text.slice(0, end).split('\n').length;
}
