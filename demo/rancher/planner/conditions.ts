/**
 * How the planner's state shows in a cluster: the conditions Updated, Provisioned and Ready of the provisioning cluster,
 * and the first two of its management cluster.
 *
 * Source: rancher pkg/controllers/capr/planner, pkg/controllers/provisioningv2/provisioningcluster (conditions of the
 * control plane are copied); wrangler pkg/condition (SetError: False, reason Error)
 */
import { clone, objectsAt, setAt, stringAt, type JsonObject } from '../json';
import type { Objects } from '../objects';
import { typeNeeded, type ResourceType } from '../types';

export type Progress = { readonly is: 'done' } | { readonly is: 'waiting' | 'failed'; readonly message: string };

const STATUS = { done: 'True', waiting: 'Unknown', failed: 'False' } as const;
const REASON = { done: '', waiting: 'Waiting', failed: 'Error' } as const;

/** Writes the progress into both objects of a cluster; what says the same already is not touched. */
export function showProgress(objects: Objects, cluster: JsonObject, progress: Progress): void {
  const management = objects.get(typeNeeded('management.cattle.io.cluster'), '', stringAt(cluster, 'status', 'clusterName'));

  write(objects, typeNeeded('provisioning.cattle.io.cluster'), cluster, ['Updated', 'Provisioned', 'Ready'], progress);
  if (management) {
    write(objects, typeNeeded('management.cattle.io.cluster'), management, ['Updated', 'Provisioned'], progress);
  }
}

function write(objects: Objects, type: ResourceType, object: JsonObject, names: readonly string[], progress: Progress): void {
  const message = progress.is === 'done' ? '' : progress.message;
  const before = objectsAt(object, 'status', 'conditions');
  const says = (condition: JsonObject): boolean => stringAt(condition, 'status') === STATUS[progress.is]
    && stringAt(condition, 'reason') === REASON[progress.is]
    && stringAt(condition, 'message') === message;
  const stale = names.filter((name) => !before.some((condition) => condition['type'] === name && says(condition)));

  if (stale.length === 0) {
    return;
  }

  const lastUpdateTime = new Date().toISOString().replace(/\.\d+Z$/, 'Z');
  const fresh = (name: string): JsonObject => ({
    type: name, status: STATUS[progress.is], lastUpdateTime, ...(progress.is === 'done' ? {} : { reason: REASON[progress.is], message })
  });
  const updated = clone(object);
  const known = before.map((condition) => stringAt(condition, 'type'));

  setAt(updated, [
    ...before.map((condition) => stale.includes(stringAt(condition, 'type')) ? fresh(stringAt(condition, 'type')) : condition),
    ...stale.filter((name) => !known.includes(name)).map(fresh)
  ], 'status', 'conditions');
  objects.update(type, updated);
}
