// Two policies by brute force: all requests for what they name, and for what they don't, against the lines of their comparison.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { GroupResources, Policy, PolicyRule } from '../../../../audit/policy/types';
import { requestOf, type RequestAttributes } from '../../../../audit/request/attributes';
import { isKnownGroup, resourceNamed, RESOURCES } from '../../../../audit/request/catalogue';
import { comparePolicies, type Comparison, type Difference } from '../../../../audit/request/compare';
import { compilePolicy } from '../../../../audit/request/compile';
import type { Decision } from '../../../../audit/request/decide';
import type { Extent } from '../../../../audit/request/mergeDifferences';
import { formOf } from '../../../../audit/request/patternForm';
import { requesterOf, STRANGER } from '../../../../audit/request/requesters';
import { OTHER } from '../../../../audit/request/requestKinds';
import type { Who } from '../../../../audit/request/requestScopes';
import { policies } from '../../../conformance/decisions';

const VERBS = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'];
const SHOWN = ['pods', 'secrets', 'namespaces', 'nodes', 'deployments', 'jobs'];

/** A kind of request as a cluster may serve it, and what a line calls it. */
interface Kind {
  readonly group: string;
  readonly resource: string;
  readonly subresource: string;
  readonly scope: 'namespaced' | 'cluster';
  readonly verbs: readonly string[];
  readonly label: string;
}

interface Asker {
  readonly who: Who;
  readonly user: string | undefined;
  readonly groups: readonly string[];
}

/** All that a cluster can be asked for, as far as policies name it, with one that they don't name of each. */
function kindsOf(entries: readonly GroupResources[]): Kind[] {
  const named = (group: string): [string, string][] => entries.flatMap((entry) => (entry.group ?? '') === group || entry.group === '*' ? entry.resources ?? [] : []).filter((pattern) => formOf(pattern) !== 'nothing').map((pattern) => {
    const [resource = '', subresource = ''] = pattern.split('/');

    return [resource, subresource];
  });
  const served = RESOURCES.filter(({ resource, until }) => SHOWN.includes(resource) && until === Infinity).flatMap(({ group, resource, isNamespaced, verbs, subresources }): Kind[] => {
    const unknown = named(group).filter(([of, subresource]) => of === resource && !['', '*'].includes(subresource) && !subresources.has(subresource)).map(([, subresource]): [string, string[]] => [subresource, ['get', 'update']]);

    return [['', verbs] as const, ...subresources, ...unknown].map(([subresource, ofThis]) => ({ group, resource, subresource, verbs: ofThis, scope: isNamespaced ? 'namespaced' : 'cluster', label: subresource ? `${ resource }/${ subresource }` : resource }));
  });
  const groups = [...new Set(entries.map(({ group = '' }) => group)), 'unnamed.example.com'].filter((group) => group !== '*');
  const custom = groups.flatMap((group) => [...new Set(['unnamed', ...named(group).map(([resource]) => resource)])].flatMap((resource) => {
    const isNamed = resource !== 'unnamed';
    const mayBe = resource !== '*' && (isKnownGroup(group) ? isNamed && !resourceNamed(group, resource) && entries.some((entry) => (entry.group ?? '') === group && entry.resources?.some((pattern) => pattern.split('/')[0] === resource && formOf(pattern) !== 'nothing')) : true);
    const subresources = mayBe ? [...new Set(['', ...isNamed ? ['status', 'scale'] : [], ...named(group).filter(([of]) => of === resource || of === '*').map(([, subresource]) => subresource)])].filter((subresource) => subresource !== '*') : [];
    const isLikeOthers = (subresource: string): boolean => !isKnownGroup(group) && !named(group).some(([of, each]) => of === resource && each === '*' || [resource, '*'].includes(of) && each === subresource);

    return subresources.flatMap((subresource) => (['namespaced', 'cluster'] as const).map((scope): Kind => ({
      group, resource, subresource, scope, verbs: subresource ? ['get', 'patch', 'update'] : VERBS, label: isNamed && subresource && isLikeOthers(subresource) ? OTHER : `${ isNamed ? resource : OTHER }${ subresource ? `/${ subresource }` : '' }`
    })));
  }));

  return [...served, ...custom];
}

function askersOf(rules: readonly PolicyRule[]): Asker[] {
  const askers: Asker[] = [{ who: { type: 'others' }, ...requesterOf(STRANGER) }, { who: { type: 'unauthenticated' }, user: undefined, groups: [] }];

  for (const { users = [], userGroups = [] } of rules) {
    for (const name of users) {
      const own = requesterOf(name);

      askers.push(...userGroups.length ? userGroups.map((group): Asker => own.groups.includes(group) ? { who: { type: 'user', name }, ...own } : { who: { type: 'member', name, group }, user: name, groups: [...own.groups, group] }) : [{ who: { type: 'user', name } as const, ...own }]);
    }
    askers.push(...users.length ? [] : userGroups.map((name): Asker => ({ who: { type: 'group', name }, user: STRANGER, groups: [...requesterOf(STRANGER).groups, name] })));
  }

  return [...new Map(askers.map((asker) => [JSON.stringify(asker.who), asker])).values()];
}

function isIn<Item>(extent: Extent<Item>, isIt: (item: Item) => boolean): boolean {
  return extent.of === 'all' || (extent.of === 'only') === extent.items.some(isIt);
}

/** Whether a line is about a kind with a verb. */
function isAbout({ what, verbs }: Difference, { group, label, scope }: Kind, verb: string): boolean {
  return what.type === 'resource' && isIn(verbs, (item) => item === verb)
    && what.groups.some((part) => part.group === (group === 'unnamed.example.com' ? OTHER : group) && part.resources.includes(label) && (part.scope === undefined || part.scope === scope));
}

function isFrom({ who }: Difference, asker: Who): boolean {
  return isIn(who, ({ members }) => members.some((member) => JSON.stringify(member) === JSON.stringify(asker)));
}

function outcomeOf({ level, omitStages, omitManagedFields }: Decision): string {
  return JSON.stringify([level, level === 'None' ? [] : [...new Set(omitStages)].toSorted(), level.startsWith('Request') && omitManagedFields]);
}

/** What a comparison is wrong about. */
interface Wrong {
  /** Requests with nothing that may have been left out. */
  readonly requests: readonly string[];
  /** What was left out, as far as it makes a difference. */
  readonly unasked: ReadonlySet<string>;
}

/** Requests that a comparison is wrong about: not told, told twice, by other rules, or told without being different. */
function wrongOf(before: Policy, after: Policy, { differences, coverage }: Comparison): Wrong {
  const rules = [...before.rules, ...after.rules];
  const entries = rules.flatMap(({ resources }) => resources ?? []);
  const [askers, [left, right]] = [askersOf(rules), [compilePolicy(before), compilePolicy(after)]];
  const names = ['unnamed', ...new Set([...entries.flatMap(({ resourceNames = [] }) => resourceNames), ...rules.flatMap(({ namespaces = [] }) => namespaces)])].filter(Boolean);
  const named = new Set(rules.flatMap(({ namespaces = [] }) => namespaces));
  const wrong: string[] = [];
  const unasked = new Set<string>();
  const [askedWho, askedNamespaces] = [new Set(coverage.who.map((who) => JSON.stringify(who))), new Set(coverage.namespaces)];
  const unaskedOf = (who: Who, namespace?: string): string[] => [
    ...askedWho.has(JSON.stringify(who)) ? [] : [`who ${ JSON.stringify(who) }`], ...namespace === undefined || namespace === 'unnamed' || askedNamespaces.has(namespace) ? [] : [`namespace ${ namespace }`]
  ];

  for (const kind of kindsOf(entries)) {
    const { group: apiGroup, resource, subresource, scope } = kind;

    for (const verb of kind.verbs) {
      const lines = differences.filter((difference) => isAbout(difference, kind, verb));
      const isCollection = subresource === '' && ['list', 'watch'].includes(verb);
      const isUnnamed = subresource === '' && ['create', 'deletecollection'].includes(verb);
      const isNamespace = apiGroup === '' && resource === 'namespaces' && !isCollection && !isUnnamed;

      for (const namespace of scope === 'cluster' ? [''] : ['unnamed', ...named].filter((each) => each !== '' || isCollection)) {
        for (const name of isUnnamed ? [''] : names) {
          for (const { who, user, groups } of askers) {
            const request = requestOf({ verb, apiGroup, resource, subresource, namespace: isNamespace ? name : namespace, name: isCollection && name === 'unnamed' ? '' : name, user: user ?? null, groups });

            check(request, lines.filter((line) => isFrom(line, who) && isIn(line.names, (item) => item === name) && isIn(line.namespaces, ({ members }) => scope === 'namespaced' && members.includes(namespace === 'unnamed' ? undefined : namespace))),
              [...unaskedOf(who, scope === 'namespaced' ? namespace : undefined), ...coverage.leftOut === 0 || ['', 'unnamed'].includes(name) ? [] : [`name ${ name }`]]);
          }
        }
      }
    }
  }

  for (const label of ['/', '/healthz', '/version', ...new Set(rules.flatMap(({ nonResourceURLs = [] }) => nonResourceURLs))]) {
    for (const { who, user, groups } of askers) {
      const request = requestOf({ verb: 'get', path: label.endsWith('*') ? `${ label.replace(/\*+$/, '') || '/' }unnamed` : label, user: user ?? null, groups });
      const told = differences.filter(({ what, verbs }) => what.type === 'path' && what.paths.includes(label) && isIn(verbs, (verb) => verb === 'get')).filter((line) => isFrom(line, who));

      check(request, told, unaskedOf(who));
    }
  }

  return { requests: wrong, unasked };

  /** Notes a request that is not told as it is decided, or the first of what it has that may have been left out. */
  function check(request: RequestAttributes, told: readonly Difference[], [excuse]: readonly string[]): void {
    const [from, to] = [left(request), right(request)];
    const [is, should] = [told.map((line) => `${ line.before.rule } ${ line.after.rule }`).join(), outcomeOf(from) === outcomeOf(to) ? '' : `${ from.rule } ${ to.rule }`];

    if (is !== should && excuse !== undefined) {
      unasked.add(excuse);
    } else if (is !== should) {
      wrong.push(JSON.stringify({ request, is, should }));
    }
  }
}

function some(...values: readonly string[]): fc.Arbitrary<string[]> {
  return fc.oneof(fc.constant<string[]>([]), fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 2 }));
}

const ENTRY = fc.record({
  group:         fc.constantFrom('', 'apps', 'cattle.io', 'example.com', '*'),
  resources:     some('pods', 'pods/*', 'pods/foo', 'namespaces', 'deployments/scale', 'widgets', 'widgets/status', 'widgets/*', 'gadgets', '*/scale', '*/status', '*/foo', '*'),
  resourceNames: some('a', 'b', 'shop')
}).map(({ resourceNames, ...entry }): GroupResources => entry.resources.length ? { ...entry, resourceNames } : entry);
const RULE: fc.Arbitrary<PolicyRule> = fc.record({
  level: fc.constantFrom('None', 'Metadata', 'Request'), users: some('jane', 'system:admin'), userGroups: some('dev', 'system:nodes'), verbs: some('get', 'list', 'create', 'delete', 'update'), namespaces: some('', 'shop', 'kube-system'),
  resources: fc.array(ENTRY, { maxLength: 2 })
});
const CUSTOM = fc.record({ rules: fc.array(RULE, { minLength: 1, maxLength: 4 }) });

/** Policies with more rules for one thing each than are asked for. */
function long(ruleFor: (value: string) => Omit<PolicyRule, 'level'>): fc.Arbitrary<Policy> {
  return fc.array(fc.constantFrom('None', 'Metadata', 'Request'), { minLength: 45, maxLength: 50 }).map((levels) => ({ rules: levels.map((level, index) => ({ level, ...ruleFor(`value-${ index }`) })) }));
}

describe('every request that two policies decide differently', () => {
  it.each([
    ['custom resources, scopes and names', CUSTOM, 30, false], ['odd names', policies(3), 30, false],
    ['many users', long((user) => ({ users: [user] })), 3, true], ['many namespaces', long((namespace) => ({ namespaces: [namespace] })), 3, true],
    ['many names of objects', long((name) => ({ resources: [{ group: '', resources: ['pods', 'namespaces'], resourceNames: [name] }] })), 3, true]
  ] as const)('is in one line, or counted as left out, and no other is: %s', (_, arbitrary, numRuns, leavesOut) => {
    fc.assert(fc.property<[Policy, Policy]>(arbitrary, arbitrary, (before, after) => {
      const comparison = comparePolicies(before, after);
      const { requests, unasked } = wrongOf(before, after, comparison);

      expect(comparison.coverage.leftOut > 0).toBe(leavesOut);
      expect(requests.slice(0, 3)).toEqual([]);
      expect(unasked.size).toBeLessThanOrEqual(comparison.coverage.leftOut);
      expect(unasked.size > 0).toBe(leavesOut);
    }), { numRuns, seed: 1 });
  });
});
