import { describe, expect, it } from 'vitest';

import type { Policy } from '../../../../audit/policy/types';
import { PRESETS } from '../../../../audit/presets/presets';
import { readPolicyDocument } from '../../../../audit/policy/document';
import { RESOURCES } from '../../../../audit/request/catalogue';
import { comparePolicies, type Comparison, type Difference, type Outcome } from '../../../../audit/request/compare';
import type { Extent } from '../../../../audit/request/mergeDifferences';
import { summaryOf } from '../../../../audit/request/summary';
import { hostilePolicies } from '../../../bench/policies';
import { casesOf } from '../../tables';

/** One line for a difference, as short as the tables want it. */
function lineOf({ before, after, what, verbs, who, namespaces, names }: Difference): string {
  const extent = <Item>({ of, ...some }: Extent<Item>, word: (item: Item) => string): string => of === 'all' ? '' : `${ of === 'allBut' ? 'not ' : '' }${ 'items' in some ? some.items.map(word).join(', ') : '' }`;
  const subject = what.isEverything ? `every ${ what.type }` : what.type === 'path' ? what.paths.join(', ') : what.groups.map(({ group, resources, isWhole, scope }) => `${ group || 'core' }/${ isWhole ? '*' : resources.join(',') }${ scope ? ` if ${ scope }` : '' }`).join(' ');
  const parts: readonly (readonly [string, string])[] = [
    ['verbs', extent(verbs, String)], ['by', extent(who, ({ members }) => members.map((member) => 'name' in member ? member.name : member.type).join('+'))],
    ['in', extent(namespaces, ({ members }) => members.map((member) => member === '' ? 'all at once' : member ?? 'others').join('+'))], ['named', extent(names, String)]
  ];

  return [`${ outcome(before) } -> ${ outcome(after) }: ${ subject.replaceAll('cluster-audit-stranger', '(other)') }`, ...parts.filter(([, text]) => text).map(([word, text]) => `${ word } ${ text }`)].join('; ');
}

function outcome({ level, rule, omitStages, omitManagedFields }: Outcome): string {
  return [`${ level } (${ rule === undefined ? '-' : rule + 1 })`, ...omitStages.map((stage) => `without ${ stage }`), ...omitManagedFields ? ['without managedFields'] : []].join(' ');
}

describe('what two policies decide differently', () => {
  it.each(casesOf<{ readonly before: Policy; readonly after: Policy; readonly expect: readonly string[]; readonly kubernetes?: string }>('request/compare'))('$name', ({ before, after, expect: lines, kubernetes }) => {
    expect(comparePolicies(before, after, kubernetes).differences.map(lineOf)).toEqual(lines);
  });

  it('says what was asked for, and what was left out', () => {
    const { coverage } = comparePolicies({ rules: [{ level: 'None', users: ['jane'], namespaces: ['shop'] }] }, { rules: [{ level: 'Metadata' }] });

    expect(coverage).toMatchObject({ leftOut: 0, namespaces: [undefined, 'shop'] });
    expect(coverage.who).toContainEqual({ type: 'user', name: 'jane' });
    expect(coverage.resources).toBeGreaterThan(RESOURCES.length);
    const many = { rules: Array.from({ length: 1_000 }, (_, index) => ({ level: index % 2 ? 'None' : 'Metadata', users: [`user-${ index }`], namespaces: [`namespace-${ index }`] })) };

    expect(comparePolicies(many, { rules: [{ level: 'None' }] }).coverage.leftOut).toBeGreaterThan(1_000);
  });

  it('counts the names of objects, resources and paths that nobody asked for', () => {
    const ofEach = (rule: (index: number) => object, count: number) => ({ rules: Array.from({ length: count }, (_, index) => ({ level: 'Metadata', ...rule(index) })) });
    const leftOut = (policy: Policy) => comparePolicies(policy, { rules: [] }).coverage.leftOut;
    const named = (index: number) => ({ resources: [{ group: '', resources: ['secrets'], resourceNames: [`name-${ index }`, `alike-${ index }`] }] });
    const custom = (index: number) => ({ resources: [{ group: 'example.com', resources: [`widget${ index }`] }] });

    expect(leftOut(ofEach(named, 30))).toBe(0);
    expect(leftOut(ofEach(named, 33))).toBe(6);
    expect(leftOut(ofEach(custom, 590))).toBe(0);
    expect(leftOut(ofEach(custom, 610))).toBe(13);
    expect(leftOut(ofEach((index) => ({ nonResourceURLs: [`/${ index }`] }), 63))).toBe(3);
  });

  it('counts what one rule names, however long it is', () => {
    const leftOut = (rule: object) => comparePolicies({ rules: [{ level: 'Metadata', ...rule }] }, { rules: [] }).coverage.leftOut;
    const many = (count: number) => Array.from({ length: count }, (_, index) => `name-${ index }`);

    expect(leftOut({ resources: [{ group: '*', resources: ['*'], resourceNames: many(500) }] })).toBe(0);
    expect(leftOut({ resources: [{ group: '*', resources: ['*'], resourceNames: many(501) }] })).toBe(1);
    expect(leftOut({ users: many(10_000) })).toBeGreaterThan(9_500);
    expect(leftOut({ userGroups: many(20) })).toBe(0);
    expect(leftOut({ userGroups: many(30) })).toBe(10);
    expect(leftOut({ namespaces: many(10_000) })).toBeGreaterThan(9_500);
    expect(leftOut({ namespaces: many(10_000) })).toBeLessThan(10_000);
  });

  it.each(hostilePolicies())('asks for a part of a policy of many %s, and counts the rest', (_, { rules }) => {
    const { coverage } = comparePolicies({ rules }, { rules: rules.toReversed() });

    expect(coverage.leftOut).toBeGreaterThan(0);
    expect(coverage.count).toBeLessThan(10_000);
    expect(summaryOf({ rules }).kinds).toBeGreaterThan(0);
    expect(summaryOf({ rules }).kinds).toBeLessThan(10_000);
  });

  it('counts a resource once, in whatever scope it was asked for', () => {
    const of = (namespaces: readonly string[]) => comparePolicies({ rules: [] }, { rules: [{ level: 'Metadata', namespaces, resources: [{ group: 'example.com', resources: ['widgets'] }] }] }).coverage;

    expect(of(['']).resources).toBe(of(['shop']).resources);
    expect(of(['']).count).toBeGreaterThan(of(['shop']).count);
  });

  it('counts each kind of request once, whoever sends it', () => {
    const count = ({ count: all, countByKind, coverage }: Comparison) => ({ all, ...countByKind, isEverything: all === coverage.count });

    expect(count(comparePolicies({ rules: [] }, { rules: [{ level: 'Metadata', users: ['jane'] }, { level: 'Request' }] }))).toMatchObject({ isEverything: true, less: 0, stages: 0 });
  });

  it('finds nothing between a policy and itself', () => {
    for (const { policy } of PRESETS) {
      const read = readPolicyDocument(policy).policy ?? { rules: [] };

      expect(comparePolicies(read, read)).toMatchObject({ differences: [], count: 0 });
    }
  });
});

describe('the summary of a policy', () => {
  it('counts rules and kinds of requests by level, for someone whom the policy does not name', () => {
    const { shares, kinds } = summaryOf({ rules: [{ level: 'RequestResponse', users: ['jane'] }, { level: 'None', namespaces: ['shop'] }, { level: 'Request', verbs: ['create'], resources: [{ group: 'batch', resources: ['jobs', 'cronjobs'] }] }, { level: 'Metadata', resources: [{ group: 'batch' }] }] });
    const of = (level: string) => shares.find((share) => share.level === level);

    expect(shares.map(({ level }) => level)).toEqual(['RequestResponse', 'Request', 'Metadata', 'None']);
    expect(of('RequestResponse')).toMatchObject({ rules: 1, kinds: 0 });
    expect(of('Request')).toMatchObject({ rules: 1, kinds: 2 });
    expect(of('Metadata')).toMatchObject({ rules: 1, kinds: 20 });
    expect(shares.reduce((sum, share) => sum + share.kinds, 0)).toBe(kinds);
  });
});
