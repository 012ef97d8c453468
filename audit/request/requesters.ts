/**
 * Who sends requests: users with the groups that Kubernetes gives them.
 *
 * Source: k8s.io/apiserver/pkg/authentication/user, pkg/authentication/serviceaccount, pkg/authentication/request/anonymous;
 * github.com/rancher/rancher/pkg/impersonation for the accounts by which people come through Rancher.
 */
import type { PolicyRule } from '../policy/types';

export interface Requester {
  readonly user: string;
  readonly groups: readonly string[];
}

const AUTHENTICATED = 'system:authenticated';
const ALL_ACCOUNTS = 'system:serviceaccounts';
const IMPERSONATION = 'cattle-impersonation-system';
/** A name that no policy holds. */
export const STRANGER = 'cluster-audit-stranger';

/** The group of the accounts by which people come through Rancher. */
export const IMPERSONATORS = `${ ALL_ACCOUNTS }:${ IMPERSONATION }`;

/** The account by which a user of Rancher comes into a cluster. */
export function impersonatorOf(user: string): string {
  return `system:serviceaccount:${ IMPERSONATION }:cattle-impersonation-${ user }`;
}

/** A user with all groups that come with the name. */
export function requesterOf(user: string): Requester {
  const [system, kind, namespace] = user.split(':');
  const isAccount = system === 'system' && kind === 'serviceaccount' && namespace !== undefined;

  if (user === 'system:anonymous') {
    return { user, groups: ['system:unauthenticated'] };
  }

  return { user, groups: [...isAccount ? [ALL_ACCOUNTS, `${ ALL_ACCOUNTS }:${ namespace }`] : user.startsWith('system:node:') ? ['system:nodes'] : [], AUTHENTICATED] };
}

/** Those whom a rule is about: for each user and each group that it names, or someone whom no rule names. */
export function requestersOf({ users, userGroups }: PolicyRule): Requester[] {
  const named = users?.length ? users.map(requesterOf) : undefined;

  if (!userGroups?.length) {
    return named ?? [requesterOf(STRANGER)];
  }

  return userGroups.flatMap((group) => (named ?? [requesterIn(group)]).map(({ user, groups }) => ({ user, groups: groups.includes(group) ? groups : [...groups, group] })));
}

/** A stranger in a group. */
function requesterIn(group: string): Requester {
  const [, , namespace = STRANGER] = group.split(':');

  switch (true) {
    case group === 'system:unauthenticated':
      return requesterOf('system:anonymous');
    case group === 'system:nodes':
      return requesterOf(`system:node:${ STRANGER }`);
    case group === ALL_ACCOUNTS || group.startsWith(`${ ALL_ACCOUNTS }:`):
      return requesterOf(`system:serviceaccount:${ namespace }:${ STRANGER }`);
    default:
      return requesterOf(STRANGER);
  }
}
