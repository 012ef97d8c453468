/**
 * Users and groups that a rule names and that no request has.
 *
 * A policy sees the authenticated user. Through Rancher that is a service account of the user's own in the cluster, and the user is
 * impersonated. Source: github.com/rancher/rancher/pkg/impersonation; k8s.io/apiserver/pkg/authentication/user.
 */
import type { Finding, Path } from '../policy/finding';
import { impersonatorOf, IMPERSONATORS } from '../request/requesters';
import { warning } from './finding';
import type { Linted } from './lint';

/** Names that Rancher gives its users: generated ones of Kubernetes' alphabet, or a digest in base 32. */
const RANCHER_USER = /^(?:u-[a-z0-9]{5,}|user-(?=[^aeiou]*$|.*\d)[a-z0-9]{5})$/;
/** Principals of Rancher's authentication providers. Other names with `://` are those of an OpenID issuer or of SPIFFE. */
const RANCHER_PRINCIPAL = /^(?:local|(?:github|githubapp|googleoauth|google|azuread|activedirectory|openldap|freeipa|ping|adfs|keycloak|keycloakoidc|okta|shibboleth|genericoidc|oidc|cognito)_(?:user|group|team|org)):\/\//;
const RANCHER_ID = /^local:\/\/(u-[a-z0-9]+|user-[a-z0-9]+)$/;
const GROUPS = /^(?:system:(?:masters|nodes|authenticated|unauthenticated|monitoring|serviceaccounts|serviceaccounts:[^:]+|bootstrappers.*)|kubeadm:cluster-admins)$/;
const USERS = /^system:(?:anonymous|apiserver|kube-proxy|kube-scheduler|kube-controller-manager|cloud-controller-manager|node-problem-detector|unsecured|serviceaccount:[^:]+:[^:]+|node:.+)$/;
const SERVICE_ACCOUNT = /^system:serviceaccounts?:/;
const PERSON = /^system:serviceaccount:cattle-impersonation-system:/;

/** Findings about users and groups by name. */
export function findingsOfIdentities({ policy: { rules } }: Linted): Finding[] {
  return rules.flatMap(({ users = [], userGroups = [] }, index) => [
    ...users.flatMap((user, position) => findingOfUser(user, users, userGroups, ['rules', index, 'users', position]) ?? []),
    ...userGroups.flatMap((group, position) => findingOfUserGroup(group, users, userGroups, ['rules', index, 'userGroups', position]) ?? [])
  ]);
}

function findingOfUser(user: string, users: readonly string[], userGroups: readonly string[], path: Path): Finding | undefined {
  if (RANCHER_USER.test(user)) {
    const instead = impersonatorOf(user);

    return users.includes(instead) || userGroups.includes(IMPERSONATORS) ? undefined : warning('rancherUser', path, { user, instead });
  }
  if (RANCHER_PRINCIPAL.test(user)) {
    return warning('rancherPrincipal', path, { user, instead: impersonatorOf(RANCHER_ID.exec(user)?.[1] ?? 'u-…') });
  }
  if (GROUPS.test(user)) {
    return warning('groupInUsers', path, { group: user });
  }

  return user === '' ? warning('emptyUser', path) : SERVICE_ACCOUNT.test(user) && !USERS.test(user) && !user.includes('*') ? warning('serviceAccountName', path, { user }) : undefined;
}

function findingOfUserGroup(group: string, users: readonly string[], userGroups: readonly string[], path: Path): Finding | undefined {
  if (RANCHER_PRINCIPAL.test(group)) {
    return users.some((user) => PERSON.test(user)) || userGroups.includes(IMPERSONATORS) ? undefined : warning('rancherGroup', path, { group, instead: IMPERSONATORS });
  }
  if (USERS.test(group)) {
    return warning('userInGroups', path, { user: group });
  }

  return SERVICE_ACCOUNT.test(group) && !GROUPS.test(group) && !group.includes('*') ? warning('serviceAccountGroup', path, { group }) : undefined;
}
