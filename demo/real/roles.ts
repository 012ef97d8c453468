/**
 * The rights of the demo's users as Kubernetes' own roles and bindings.
 *
 * Source: k8s.io/api/rbac/v1
 */
import type { JsonObject } from '../rancher/json';
import { apiVersionOf } from '../rancher/types';
import { USERS, type Rule, type User } from '../rancher/users';

export const ROLES_API = { group: 'rbac.authorization.k8s.io', version: 'v1' } as const;

/** What every user may do from the start. */
export function rolesOfUsers(): JsonObject[] {
  return USERS.flatMap((user) => rolesOf(`demo-${ user.id }`, user, user.rules));
}

/** Roles of one name, and their bindings to a user: one for the whole cluster, and one for each namespace. */
export function rolesOf(name: string, user: User, all: readonly Rule[]): JsonObject[] {
  // To Kubernetes a rule that names no object holds for every one.
  const rules = all.filter(({ names }) => names === undefined || names.length > 0);

  return [...new Set(rules.map(({ namespace }) => namespace))].flatMap((namespace) => {
    const prefix = namespace === undefined ? 'Cluster' : '';
    const metadata = { name, ...(namespace === undefined ? {} : { namespace }) };

    return [
      { apiVersion: apiVersionOf(ROLES_API), kind: `${ prefix }Role`, metadata, rules: rules.filter((rule) => rule.namespace === namespace).map(ruleOf) },
      {
        apiVersion: apiVersionOf(ROLES_API),
        kind: `${ prefix }RoleBinding`,
        metadata,
        roleRef: { apiGroup: ROLES_API.group, kind: `${ prefix }Role`, name },
        subjects: [{ apiGroup: ROLES_API.group, kind: 'User', name: user.id }]
      }
    ];
  });
}

function ruleOf({ verbs, groups, resources, names }: Rule): JsonObject {
  return { verbs: [...verbs], apiGroups: [...groups], resources: [...resources], ...(names === undefined ? {} : { resourceNames: [...names] }) };
}
