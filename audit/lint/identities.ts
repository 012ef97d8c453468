/**
 * Users and groups that a rule names and that no request has.
 *
 * A policy sees the authenticated user. Through Rancher that is a service account of the user's own in the cluster, and the user is
 * impersonated. Source: github.com/rancher/rancher/pkg/impersonation; k8s.io/apiserver/pkg/authentication/user.
 */
import type { Finding, Path } from '../policy/finding';
import type { PolicyRule } from '../policy/types';
import { requestOf } from '../request/attributes';
import { warning } from './finding';
import type { Linted } from './lint';

const IMPERSONATION_NAMESPACE = 'cattle-impersonation-system';
/** Names that Rancher gives its users, and principals of its authentication providers. */
const RANCHER_USER = /^(?:u-[a-z0-9]{5,}|user-[a-z0-9]{5})$/;
const RANCHER_PRINCIPAL = /^[a-z]+(?:_[a-z]+)*:\/\//;
const GROUPS = /^system:(?:masters|nodes|authenticated|unauthenticated|monitoring|serviceaccounts|serviceaccounts:.+|bootstrappers.*)$/;
const USERS = /^system:(?:anonymous|apiserver|kube-proxy|kube-scheduler|kube-controller-manager|cloud-controller-manager|node-problem-detector|unsecured|serviceaccount:.+|node:.+)$/;

/** Findings about users and groups by name, and about rules that hide people who come through Rancher. */
export function findingsOfIdentities(linted: Linted): Finding[] {
  return [...linted.policy.rules.flatMap((rule, index) => findingsOfRule(rule, ['rules', index])), ...findingsOfHidden(linted)];
}

function findingsOfRule({ users = [], userGroups = [] }: PolicyRule, path: Path): Finding[] {
  return [
    ...users.flatMap((user, index): Finding[] => {
      const at = [...path, 'users', index];

      if (RANCHER_USER.test(user)) {
        return [warning('rancherUser', at, { user, instead: `system:serviceaccount:${ IMPERSONATION_NAMESPACE }:cattle-impersonation-${ user }` })];
      }
      if (RANCHER_PRINCIPAL.test(user)) {
        return [warning('rancherPrincipal', at, { user, instead: `system:serviceaccount:${ IMPERSONATION_NAMESPACE }:cattle-impersonation-${ user.match(RANCHER_ID)?.[1] ?? 'u-…' }` })];
      }

      return GROUPS.test(user) ? [warning('groupInUsers', at, { group: user })] : [];
    }),
    ...userGroups.flatMap((group, index): Finding[] => {
      const at = [...path, 'userGroups', index];

      if (RANCHER_PRINCIPAL.test(group)) {
        return [warning('rancherGroup', at, { group, instead: `system:serviceaccounts:${ IMPERSONATION_NAMESPACE }` })];
      }

      return USERS.test(group) ? [warning('userInGroups', at, { user: group })] : [];
    })
  ];
}

const RANCHER_ID = /^local:\/\/(u-[a-z0-9]+|user-[a-z0-9]+)$/;

/** A rule that was meant for Rancher's own noise, and takes what people do through Rancher with it. */
function findingsOfHidden({ policy, decide }: Linted): Finding[] {
  const groups = ['system:serviceaccounts', `system:serviceaccounts:${ IMPERSONATION_NAMESPACE }`, 'system:authenticated'];
  const { level, rule } = decide(requestOf({ user: `system:serviceaccount:${ IMPERSONATION_NAMESPACE }:cattle-impersonation-u-abcde`, groups, verb: 'delete', apiGroup: 'apps', resource: 'deployments', namespace: 'default', name: 'web' }));
  const deciding = rule === undefined ? undefined : policy.rules[rule];

  return level === 'None' && rule !== undefined && (deciding?.users?.length || deciding?.userGroups?.length) ? [warning('hidesRancherUsers', ['rules', rule], { group: `system:serviceaccounts:${ IMPERSONATION_NAMESPACE }` })] : [];
}
