/**
 * A rule that was meant for Rancher's own noise, and drops what people do through Rancher with it.
 *
 * kubectl comes through Rancher by an account of the user's own in `cattle-impersonation-system`, the pages of the dashboard by the
 * cluster agent's account in `cattle-system`; both impersonate the user, whom a policy does not see.
 * Source: github.com/rancher/rancher/pkg/clusterrouter/proxy, pkg/impersonation, pkg/agent/rancher.
 */
import type { Finding } from '../policy/finding';
import { requestOf, type RequestFields } from '../request/attributes';
import { impersonatorOf, IMPERSONATORS, requesterOf, STRANGER } from '../request/requesters';
import { warning } from './finding';
import type { Linted } from './lint';

const AGENTS = 'system:serviceaccounts:cattle-system';
const RANCHER_ACCOUNT = /^system:serviceaccount:(?:cattle-impersonation-system|cattle-system):/;
/** What people change. */
const CHANGES: readonly RequestFields[] = [
  { verb: 'delete', resource: 'pods', namespace: STRANGER, name: STRANGER },
  { verb: 'patch', apiGroup: 'apps', resource: 'deployments', namespace: STRANGER, name: STRANGER },
  { verb: 'update', resource: 'secrets', namespace: STRANGER, name: STRANGER },
  { verb: 'create', apiGroup: 'rbac.authorization.k8s.io', resource: 'clusterrolebindings' }
];

/** One finding for each rule for certain users or groups that logs nothing of a change that someone makes through Rancher. */
export function findingsOfRancherTraffic({ policy: { rules }, decide }: Linted): Finding[] {
  const named = rules.flatMap(({ level, users = [] }) => level === 'None' ? users.filter((user) => RANCHER_ACCOUNT.test(user)) : []);
  const accounts = [impersonatorOf(`u-${ STRANGER }`), 'system:serviceaccount:cattle-system:cattle', ...new Set(named)].slice(0, MAX_ACCOUNTS);
  const groupByRule = new Map<number, string>();

  for (const account of accounts) {
    for (const change of CHANGES) {
      const { level, rule } = decide(requestOf({ ...change, ...requesterOf(account) }));
      const deciding = rule === undefined ? undefined : rules[rule];

      if (level === 'None' && rule !== undefined && (deciding?.users?.length || deciding?.userGroups?.length) && !groupByRule.has(rule)) {
        groupByRule.set(rule, account.startsWith('system:serviceaccount:cattle-system:') ? AGENTS : IMPERSONATORS);
      }
    }
  }

  return [...groupByRule].map(([rule, group]) => warning('hidesRancherUsers', ['rules', rule], { group }));
}

const MAX_ACCOUNTS = 50;
