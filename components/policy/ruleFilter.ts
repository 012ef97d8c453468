/**
 * The rules that some words are about.
 */
import type { PolicyRule } from '../../audit/policy/types';

/** The indexes of the rules that hold every word, in their sentence or in one of their fields, whatever the case; all of them without a word. */
export function filteredRules(rules: readonly PolicyRule[], words: string, sentenceOf: (rule: PolicyRule) => string): number[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  const all = [...rules.keys()];

  return wanted.length ? all.filter((index) => {
    const rule = rules[index];
    const text = rule ? `${ sentenceOf(rule) }\n${ valuesOf(rule).join('\n') }`.toLowerCase() : '';

    return wanted.every((word) => text.includes(word));
  }) : all;
}

function valuesOf(value: unknown): string[] {
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(valuesOf) : [String(value)];
}
