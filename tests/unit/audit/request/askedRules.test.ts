import { expect, it } from 'vitest';

import type { PolicyRule } from '../../../../audit/policy/types';
import { askedPolicy, type AskedValues } from '../../../../audit/request/askedRules';

const ASKED: AskedValues = {
  users: new Set(['jane']), userGroups: new Set(['dev']), verbs: new Set(['get']), namespaces: new Set(['shop']), apiGroups: new Set(['apps']), resources: new Set(['deployments']), names: new Set(['web']), paths: ['/healthz']
};
const kept = (rule: Omit<PolicyRule, 'level'>) => askedPolicy({ rules: [{ level: 'Metadata', users: ['nobody-asks'] }, { level: 'Metadata', ...rule }] }, ASKED);

it.each<[string, Omit<PolicyRule, 'level'>]>([
  ['a user', { users: ['john'] }], ['a verb', { verbs: ['list'] }], ['a path', { nonResourceURLs: ['/metrics', '/logs*'] }], ['a group', { resources: [{ group: 'batch' }] }],
  ['a resource', { resources: [{ group: '*', resources: ['pods/log'] }] }], ['a name', { resources: [{ group: 'apps', resources: ['*'], resourceNames: ['db'] }] }]
])('a rule for %s that nobody asks for is left out', (_, rule) => {
  expect(kept(rule).rules).toEqual([]);
});

it.each<[string, Omit<PolicyRule, 'level'>]>([
  ['without conditions', {}], ['for some of what is asked', { users: ['john', 'jane'], userGroups: ['dev', 'ops'], verbs: ['get', 'list'], namespaces: ['shop', 'bank'] }], ['for a wildcard of paths', { nonResourceURLs: ['/metrics', '/he*'] }],
  ['for any group and resource', { resources: [{ group: '*', resources: ['*/scale', '*'] }] }], ['for a group, whose names count for nothing', { resources: [{ group: 'apps', resourceNames: ['db'] }] }],
  ['for resources, whose paths count for nothing', { resources: [{ group: 'apps' }], nonResourceURLs: ['/metrics'] }]
])('a rule %s stays, with its index', (_, rule) => {
  expect(kept(rule).rules).toEqual([1]);
});

it('values that nobody asks for are left out of a rule', () => {
  expect(kept({ users: ['john', 'jane', 'jane'], resources: [{ group: 'batch' }, { group: 'apps', resources: ['pods', 'deployments/scale'], resourceNames: ['web', 'db'] }] }).policy.rules).toMatchObject([{ users: ['jane'], resources: [{ group: 'apps', resources: ['deployments/scale'], resourceNames: ['web'] }] }]);
});

it('a rule for the same as an earlier one is left out, as far as anybody asks', () => {
  expect(askedPolicy({ rules: [{ level: 'None', users: ['jane'] }, { level: 'Request', users: ['jane', 'john'] }, { level: 'Request', users: ['jane'], verbs: ['get'] }] }, ASKED).rules).toEqual([0, 2]);
});
