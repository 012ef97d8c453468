/** Rancher makes the creator of a cluster its owner: roles of that creator, kept as the cluster and its parts are. */
import { isSame, stringAt, type JsonObject } from '../rancher/json';
import type { Objects } from '../rancher/objects';
import { ownerRules, USERS, type User } from '../rancher/users';
import { pathOf, type Kubernetes } from './kubernetes';
import { ROLES_API, rolesOf } from './roles';

const FIELD_MANAGER = 'rancher';

/** Keeps the roles until the returned function is called; resolves when those of now are there. */
export async function keepOwners(objects: Objects, kubernetes: Kubernetes): Promise<() => void> {
  const kept = new Map<string, JsonObject>();
  let work: Promise<void> = Promise.resolve();
  let isDue = false;

  const keep = async (): Promise<void> => {
    isDue = false;
    for (const role of USERS.flatMap((user) => ownerRoles(user, objects, kept))) {
      await kubernetes.patch(`${ pathOfRole(role) }?fieldManager=${ FIELD_MANAGER }&force=true`, 'apply-patch+yaml', role);
      kept.set(pathOfRole(role), role);
    }
  };
  const enqueue = (): void => {
    if (!isDue) {
      isDue = true;
      work = work.then(keep).catch((error: unknown) => process.emitWarning(error as Error));
    }
  };

  await keep();

  return objects.onEvent(enqueue);
}

/** The roles that are not as they should be; one that says nothing any more stays, without rules. */
function ownerRoles(user: User, objects: Objects, kept: ReadonlyMap<string, JsonObject>): JsonObject[] {
  const name = `owner-${ user.id }`;
  const roles = rolesOf(name, user, ownerRules(user, objects));
  const paths = new Set(roles.map(pathOfRole));
  const left = [...kept.values()].filter((role) => stringAt(role, 'metadata', 'name') === name && 'rules' in role && !paths.has(pathOfRole(role)));

  return [...roles, ...left.map((role) => ({ ...role, rules: [] }))].filter((role) => {
    const known = kept.get(pathOfRole(role));

    return !known || !isSame(role, known);
  });
}

function pathOfRole(role: JsonObject): string {
  return pathOf({ ...ROLES_API, resource: `${ stringAt(role, 'kind').toLowerCase() }s` }, stringAt(role, 'metadata', 'namespace'), stringAt(role, 'metadata', 'name'));
}
