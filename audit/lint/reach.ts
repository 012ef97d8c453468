/**
 * Rules that can never decide a request, since earlier ones do.
 *
 * A rule is taken apart into its single combinations of values; when an earlier rule covers each of them, nothing is left for it.
 */
import type { Finding } from '../policy/finding';
import type { GroupResources, Policy, PolicyRule } from '../policy/types';
import { apiGroupsOf, dimensionOf, firstPart, resourcesOf, setOf, WORD, type Dimension } from '../request/ruleSets';
import { covers } from './covers';
import { warning } from './finding';

/** More combinations than this are not looked at one by one, but only together. */
const MAX_PARTS = 100;

/** Sets of earlier rules that a combination can be covered by, as compile.ts has them for requests. */
interface Index {
  readonly users: Dimension;
  readonly userGroups: Dimension;
  readonly verbs: Dimension;
  readonly namespaces: Dimension;
  readonly apiGroups: Dimension;
  readonly resources: Dimension;
}

/** One finding for each rule that nothing can reach, with the rules that cover it. */
export function findingsOfReach({ rules }: Policy): Finding[] {
  const index: Index = {
    users:      dimensionOf(rules, (rule) => rule.users),
    userGroups: dimensionOf(rules, (rule) => rule.userGroups),
    verbs:      dimensionOf(rules, (rule) => rule.verbs),
    namespaces: dimensionOf(rules, (rule) => rule.namespaces),
    apiGroups:  dimensionOf(rules, apiGroupsOf),
    resources:  dimensionOf(rules, resourcesOf)
  };

  return rules.flatMap((rule, position) => {
    const covering = coveringRules(rules, position, rule, index);

    return covering ? [warning('unreachable', ['rules', position], { rules: covering.map((each) => each + 1).join(', '), count: covering.length })] : [];
  });
}

/** The earlier rules that together cover a rule; undefined where something is left for it. */
function coveringRules(rules: readonly PolicyRule[], position: number, rule: PolicyRule, index: Index): number[] | undefined {
  const found = new Set<number>();

  for (const part of partsOf(rule)) {
    const covering = firstCovering(rules, position, part, index);

    if (covering === undefined) {
      return undefined;
    }
    found.add(covering);
  }

  return [...found].sort((one, other) => one - other);
}

function firstCovering(rules: readonly PolicyRule[], position: number, part: PolicyRule, index: Index): number | undefined {
  const [group, ...moreGroups] = part.resources ?? [];
  const [pattern, ...morePatterns] = group?.resources ?? [];
  const isOne = group && !moreGroups.length;
  const sets = [
    setOf(index.users, only(part.users)), setOf(index.userGroups, only(part.userGroups)), setOf(index.verbs, only(part.verbs)), setOf(index.namespaces, only(part.namespaces)),
    setOf(index.apiGroups, isOne && group.group !== '*' ? group.group ?? '' : undefined),
    setOf(index.resources, isOne && pattern !== undefined && !morePatterns.length && firstPart(pattern) !== '*' ? firstPart(pattern) : undefined)
  ];
  // A rule that is not in one part has to be covered by one that takes any value there, or names them all.
  const isSplit = [part.users, part.userGroups, part.verbs, part.namespaces].every((list) => (list?.length ?? 0) <= 1) && (part.resources?.length ?? 0) <= 1 && (group?.resources?.length ?? 0) <= 1;

  for (let word = 0; word * WORD < position; word++) {
    let left = isSplit ? sets.reduce((all, set) => all & (set[word] ?? 0), -1) : -1;

    for (; left; left &= left - 1) {
      const earlier = word * WORD + 31 - Math.clz32(left & -left);
      const candidate = rules[earlier];

      if (earlier >= position || !candidate) {
        return undefined;
      }
      if (covers(candidate, part)) {
        return earlier;
      }
    }
  }

  return undefined;
}

/** The value of a list of one; undefined for an empty one. */
function only(list: readonly string[] | undefined): string | undefined {
  return list?.[0];
}

/** A rule as rules of one value in each list; the rule itself where that would be too many. */
function partsOf(rule: PolicyRule): PolicyRule[] {
  const groups = rule.resources?.flatMap(singleGroups) ?? [];
  const lists = [rule.users, rule.userGroups, rule.verbs, rule.namespaces, rule.nonResourceURLs, groups];
  const count = lists.reduce((product, list) => product * Math.max(list?.length ?? 0, 1), 1);

  if (count > MAX_PARTS) {
    return [rule];
  }
  const { level } = rule;

  return singles(rule.users).flatMap((users) => singles(rule.userGroups).flatMap((userGroups) => singles(rule.verbs).flatMap((verbs) => singles(rule.namespaces).flatMap((namespaces) => (
    singles(rule.nonResourceURLs).flatMap((nonResourceURLs) => singles(groups).map((resources) => ({ level, users, userGroups, verbs, namespaces, nonResourceURLs, resources })))
  )))));
}

/** Lists of one item each; an empty one, which takes anything, stays. */
function singles<Item>(list: readonly Item[] | undefined): (readonly Item[])[] {
  return list?.length ? list.map((item) => [item]) : [[]];
}

function singleGroups({ group = '', resources, resourceNames }: GroupResources): GroupResources[] {
  return singles(resources).flatMap((patterns) => singles(patterns.length ? resourceNames : []).map((names) => ({ group, resources: patterns, resourceNames: names })));
}
