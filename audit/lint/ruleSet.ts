/** A set of a policy's rules as bits, so that thousands of rules are compared at once. */

export type RuleSet = Uint32Array;

/** Rules in one word of a set. */
const WORD = 32;

export function wordsFor(rules: number): number {
  return Math.ceil(rules / WORD);
}

export function addRule(set: RuleSet, rule: number): void {
  set[rule >>> 5] = (set[rule >>> 5] ?? 0) | (1 << (rule & 31));
}

export function hasRule(set: RuleSet, rule: number): boolean {
  return ((set[rule >>> 5] ?? 0) & (1 << (rule & 31))) !== 0;
}

/** All rules before one. */
export function rulesBefore(rule: number): RuleSet {
  const set = new Uint32Array(wordsFor(rule)).fill(-1);

  if (rule & 31) {
    set[rule >>> 5] = (1 << (rule & 31)) - 1;
  }

  return set;
}

/** The rules of both sets, as far as the first one goes. */
export function common(set: RuleSet, other: RuleSet): RuleSet {
  return set.map((word, index) => word & (other[index] ?? 0));
}

/** The first rule of a set; undefined where it is empty. */
export function firstRule(set: RuleSet): number | undefined {
  const word = set.findIndex((bits) => bits !== 0);
  const bits = set[word] ?? 0;

  return word < 0 ? undefined : word * WORD + 31 - Math.clz32(bits & -bits);
}
