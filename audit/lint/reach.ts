/**
 * Rules that can never decide a request, since earlier ones do.
 *
 * What a rule matches is taken apart into combinations of single values. Where a rule takes any value, one that no rule names stands for
 * all of them: only rules that take any value match it too. A rule is unreachable when each combination is matched by an earlier rule.
 * Whoever finds one that is not is done, so that most rules cost a look; where the search would be long, the rule passes for reachable.
 */
import type { Finding } from '../policy/finding';
import type { GroupResources, Policy, PolicyRule } from '../policy/types';
import { warning } from './finding';
import { indexOf, kindsOf, type Keep, type PathValue, type ResourceValue, type RuleIndex } from './ruleIndex';
import { firstRule, rulesBefore, type RuleSet } from './ruleSet';

/** Values that are looked up for one rule, and for all of them together. */
const MAX_STEPS = 20_000;
const MAX_STEPS_OF_POLICY = 200_000;
/** Rules after the first ones are not looked at: each is compared with all before it. */
export const MAX_RULES = 5_000;

/** One condition of a rule: for each of its values, what keeps those of a set of rules that match the value. */
type Condition = readonly ((set: RuleSet) => RuleSet)[];

/** By index, the rules that no request reaches, each with the earlier rules that take its requests. */
export function unreachableRules(policy: Policy): ReadonlyMap<number, readonly number[]> {
  const rules = policy.rules.slice(0, MAX_RULES);
  const index = indexOf({ rules });
  const catchAll = rules.findIndex(takesAll);
  const steps: Steps = { left: MAX_STEPS_OF_POLICY };

  return new Map(rules.flatMap((rule, position): [number, readonly number[]][] => {
    const covering = catchAll >= 0 && position > catchAll ? [catchAll] : coveringRules(index, rule, position, steps);

    return covering ? [[position, covering]] : [];
  }));
}

/** One finding for each rule that nothing can reach, with the rules that cover it. */
export function findingsOfReach({ policy, unreachable }: { readonly policy: Policy; readonly unreachable: ReadonlyMap<number, readonly number[]> }): Finding[] {
  const found = [...unreachable].map(([position, covering]) => warning('unreachable', ['rules', position], { rules: covering.map((each) => each + 1).join(', '), count: covering.length }));

  return policy.rules.length > MAX_RULES ? [...found, warning('notAllCompared', ['rules', MAX_RULES], { limit: MAX_RULES })] : found;
}

function takesAll(rule: PolicyRule): boolean {
  return [rule.users, rule.userGroups, rule.verbs, rule.namespaces, rule.resources, rule.nonResourceURLs].every((list) => !list?.length);
}

/** The earlier rules that together cover a rule; undefined where something is left for it, or may be. */
function coveringRules(index: RuleIndex, rule: PolicyRule, position: number, policySteps: Steps): readonly number[] | undefined {
  const steps = { left: Math.min(MAX_STEPS, policySteps.left) };
  const given = steps.left;
  const before = rulesBefore(position);
  const covering = new Set<number>();
  const isCovered = kindsOfConditions(index, rule).every((conditions) => {
    const single = conditions.reduce((set, [keep, another]) => keep && !another ? keep(set) : set, before);

    steps.left -= conditions.length;

    return isCoveredBy(conditions.filter(({ length }) => length > 1), single, covering, steps);
  });

  policySteps.left -= given - steps.left;

  return isCovered && covering.size ? [...covering].sort((one, other) => one - other) : undefined;
}

interface Steps { left: number }

/** The conditions of a rule on requests for resources, and on others; a condition that nothing meets leaves its kind out. */
function kindsOfConditions({ users, userGroups, verbs, namespaces, resources, paths }: RuleIndex, rule: PolicyRule): Condition[][] {
  const { isForResources, isForPaths } = kindsOf(rule);
  const who = [conditionOf(valuesOf(rule.users), users), conditionOf(valuesOf(rule.userGroups), userGroups), conditionOf(valuesOf(rule.verbs), verbs)];
  const kinds = [
    ...isForResources ? [[...who, conditionOf(valuesOf(rule.namespaces), namespaces), conditionOf(resourceValuesOf(rule), resources)]] : [],
    ...isForPaths ? [[...who, conditionOf(valuesOf(rule.nonResourceURLs).map(pathValueOf), paths)]] : []
  ];

  return kinds.filter((conditions) => conditions.every(({ length }) => length)).map((conditions) => conditions.sort((one, other) => one.length - other.length));
}

function conditionOf<Value>(values: readonly Value[], keep: Keep<Value>): Condition {
  return values.map((value) => (set) => keep(set, value));
}

/** Each value of a list once; undefined, for one that no rule names, where the list takes any. */
function valuesOf(list: readonly string[] | undefined): readonly (string | undefined)[] {
  return list?.length ? [...new Set(list)] : [undefined];
}

/** Whether every combination of values is matched by a rule of a set; the rules that do are noted. */
function isCoveredBy(conditions: readonly Condition[], set: RuleSet, covering: Set<number>, steps: Steps): boolean {
  const [condition, ...others] = conditions;
  const first = firstRule(set);

  if (first === undefined || steps.left < 0) {
    return false;
  }
  if (!condition) {
    covering.add(first);

    return true;
  }
  steps.left -= conditions.reduce((sum, { length }) => sum + length, 1);
  if (steps.left < 0 || !isOneCovered(conditions, set)) {
    return false;
  }
  const coversAll = firstRule(conditions.flat().reduce((all, keep) => keep(all), set));

  if (coversAll !== undefined) {
    covering.add(coversAll);

    return true;
  }

  return condition.every((keep) => isCoveredBy(others, keep(set), covering, steps));
}

/** A look at one combination, which most often settles it. */
function isOneCovered(conditions: readonly Condition[], set: RuleSet): boolean {
  return firstRule(conditions.reduce((all, [keep]) => keep ? keep(all) : all, set)) !== undefined;
}

function pathValueOf(url: string | undefined): PathValue | undefined {
  return url === undefined || url === '*' ? undefined : url.endsWith('*') ? { path: url.replace(/\*+$/, ''), isBeginning: true } : { path: url, isBeginning: false };
}

function resourceValuesOf({ resources }: PolicyRule): ResourceValue[] {
  return resources?.length ? resources.flatMap(valuesOfGroup) : [{ group: undefined, resource: undefined, subresource: '', name: undefined }];
}

function valuesOfGroup({ group = '', resources, resourceNames }: GroupResources): ResourceValue[] {
  const names = resources?.length && resourceNames?.length ? [...new Set(resourceNames)] : [undefined];

  return (resources?.length ? [...new Set(resources)] : ['*']).flatMap(valuesOfPattern).flatMap((value) => names.map((name) => ({ ...value, group: group === '*' ? undefined : group, name })));
}

/** What a pattern matches and as few others as can be; no part of a request holds a slash. */
function valuesOfPattern(pattern: string): Pick<ResourceValue, 'resource' | 'subresource'>[] {
  const [resource = '', subresource, ...more] = pattern.split('/');

  if (pattern === '*') {
    return [{ resource: undefined, subresource: '' }];
  }
  if (subresource === undefined) {
    return [{ resource, subresource: '' }];
  }
  const inAny = resource === '*' && subresource ? [{ resource: undefined, subresource }] : [];
  const inOwn = subresource === '*' ? [{ resource, subresource: undefined }] : subresource ? [{ resource, subresource }] : [];

  return more.length ? [] : inAny.length && subresource !== '*' ? inAny : [...inAny, ...inOwn];
}
