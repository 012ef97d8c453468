/**
 * `PUT /v3/clusters/<id>`: the only way to write a management cluster, and so an RKE1 cluster's configuration. Conflicts
 * are retried inside Rancher, so that nobody ever sees one.
 *
 * Source: norman store/proxy/proxy_store.go (Update), rancher pkg/api/norman/store/cluster
 */
import { clone, isObject, objectAt, setAt, type JsonObject, type JsonValue } from '../json';
import type { Objects } from '../objects';
import { forbidden } from '../steve/errors';
import { typeNeeded } from '../types';
import { accessOf, type User } from '../users';
import { NormanError, missingRequired, notAMap } from './errors';
import { FREE_MAPS, mergedFields, mergedMarks } from './merge';

/** What an answer has beside the fields of the spec; a client sends it back, and it says nothing. */
const ANSWERED = new Set([
  'actions', 'annotations', 'appliedSpec', 'baseType', 'conditions', 'created', 'createdTS', 'creatorId', 'driver', 'id', 'labels', 'links', 'name', 'provider', 'state', 'transitioning',
  'transitioningMessage', 'type', 'uuid'
]);

/** Writes a cluster that the user can see and returns it as stored. */
export function updateCluster(objects: Objects, user: User, id: string, body: JsonObject, replace: boolean): JsonObject {
  const type = typeNeeded('management.cattle.io.cluster');
  const access = accessOf(user, objects);
  const cluster = access.grants('get', type, '', id) ? objects.get(type, '', id) : undefined;

  if (!cluster) {
    throw new NormanError(404, 'NotFound', 'not found');
  }
  if (!access.grants('update', type, '', id)) {
    throw new NormanError(403, 'Forbidden', forbidden(user, 'update', type, '', id).message);
  }

  const { name } = body;

  if (typeof name !== 'string' || name === '') {
    throw missingRequired('name');
  }
  checkMaps(body);

  const updated = clone(cluster);
  const fields = Object.fromEntries(Object.entries(body).filter(([key]) => !ANSWERED.has(key)));

  setAt(updated, { ...mergedFields(objectAt(cluster, 'spec'), fields, replace), displayName: name }, 'spec');
  for (const marks of ['labels', 'annotations']) {
    setAt(updated, mergedMarks(objectAt(cluster, 'metadata', marks), body[marks]), 'metadata', marks);
  }

  return objects.update(type, updated);
}

/** Refuses text where a map belongs, as in an audit policy that was sent as YAML. */
function checkMaps(value: JsonValue): void {
  if (Array.isArray(value)) {
    value.forEach(checkMaps);
  } else if (isObject(value)) {
    for (const [key, inner] of Object.entries(value)) {
      if (FREE_MAPS.has(key)) {
        if (inner !== null && !isObject(inner)) {
          throw notAMap(key);
        }
      } else {
        checkMaps(inner);
      }
    }
  }
}
