import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { unreachableRules } from '../../../../audit/lint/reach';
import type { GroupResources, Policy, PolicyRule } from '../../../../audit/policy/types';
import { requestOf, type RequestFields } from '../../../../audit/request/attributes';
import { compilePolicy } from '../../../../audit/request/compile';
import { decide } from '../../../../audit/request/decide';
import { policies, REQUESTS } from '../../../conformance/decisions';

/** A small world, all of whose requests can be tried; `other` is in no rule. */
const USERS = ['a', 'b'];
const GROUPS = ['g'];
const VERBS = ['get', 'list'];
const NAMESPACES = ['', 'x'];
const API_GROUPS = ['', 'apps'];
const RESOURCES = ['pods', 'secrets'];
const NAMES = ['n'];
const PATHS = ['/a', '/ab'];

const WHO: RequestFields[] = [undefined, ...USERS, 'other'].flatMap((user) => (user === undefined ? [[]] : [[], GROUPS]).flatMap((groups) => [...VERBS, 'other'].map((verb) => ({ user: user ?? null, groups, verb }))));
const WHAT: RequestFields[] = [
  ...[...NAMESPACES, 'other'].flatMap((namespace) => [...API_GROUPS, 'other'].flatMap((apiGroup) => [...RESOURCES, 'other'].flatMap((resource) => ['', 'log', 'other'].flatMap((subresource) => (
    [...NAMES, 'other'].map((name) => ({ namespace, apiGroup, resource, subresource, name }))
  ))))),
  ...['/', ...PATHS, '/a-other', '/ab-other', '/other'].map((path) => ({ path }))
];
const ALL = WHO.flatMap((who) => WHAT.map((what) => requestOf({ ...who, ...what })));

function some(values: readonly string[]): fc.Arbitrary<string[]> {
  return fc.oneof({ weight: 2, arbitrary: fc.constant<string[]>([]) }, { weight: 1, arbitrary: fc.array(fc.constantFrom(...values), { minLength: 1, maxLength: 2 }) });
}

const GROUP: fc.Arbitrary<GroupResources> = fc.record({ group: fc.constantFrom(...API_GROUPS, '*'), resources: some([...RESOURCES, '*', 'pods/log', 'pods/*', '*/log']), resourceNames: some(NAMES) });
const RULE: fc.Arbitrary<PolicyRule> = fc.record({
  level: fc.constant('None'), users: some(USERS), userGroups: some(GROUPS), verbs: some(VERBS), namespaces: some(NAMESPACES), resources: fc.array(GROUP, { maxLength: 2 }), nonResourceURLs: some(['*', '/a*', '/ab', '/ab*'])
}).map((rule) => rule.namespaces.length || rule.resources.length ? { ...rule, nonResourceURLs: [] } : rule);

describe('rules that nothing reaches', () => {
  it('are exactly those that decide none of all requests of a small world', () => {
    const result = fc.check(fc.property(fc.array(RULE, { minLength: 2, maxLength: 6 }), (rules) => {
      const decideCompiled = compilePolicy({ rules });
      const reached = new Set(ALL.map((request) => decideCompiled(request).rule));

      return sameRules(rules.flatMap((_, index) => reached.has(index) ? [] : [index]), { rules });
    }), { numRuns: 300 });

    expect(result.counterexample).toBeNull();
  }, 60_000);

  it('never decide a request', () => {
    // No path leads to a resource with a slash in its name.
    const requests = REQUESTS.filter(({ resource }) => !resource?.includes('/'));
    const result = fc.check(fc.property(policies(12), fc.array(requests, { minLength: 30, maxLength: 30 }), (policy, some30) => {
      const unreachable = unreachableRules(policy);

      return some30.every((request) => !unreachable.has(decide(policy, requestOf(request)).rule ?? -1));
    }), { numRuns: 2_000 });

    expect(result.counterexample).toBeNull();
  }, 60_000);

  it('are covered by the rules that are named', () => {
    const result = fc.check(fc.property(fc.array(RULE, { minLength: 2, maxLength: 6 }), (rules) => [...unreachableRules({ rules })].every(([index, covering]) => {
      const own = rules[index];
      const named = covering.flatMap((each) => rules[each] ?? []);

      return own && named.length === covering.length && covering.every((each) => each < index) && unreachableRules({ rules: [...named, own] }).has(named.length);
    })), { numRuns: 500 });

    expect(result.counterexample).toBeNull();
  });

  it('are not looked for without end', () => {
    const many = (prefix: string): string[] => Array.from({ length: 400 }, (_, index) => `${ prefix }${ index }`);
    const halves = [many('a'), many('b')].map((users) => ({ level: 'None', users, verbs: many('v') }));
    const rules: PolicyRule[] = [...halves, { level: 'None', users: [...many('a'), ...many('b')], verbs: many('v') }];

    expect([...unreachableRules({ rules }).keys()]).toEqual([]);
  });
});

function sameRules(wanted: readonly number[], policy: Policy): boolean {
  return JSON.stringify([...unreachableRules(policy).keys()]) === JSON.stringify(wanted);
}
