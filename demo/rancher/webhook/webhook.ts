/**
 * Rancher's mutating webhook: what it does to an object before Kubernetes looks at it, and how it refuses one.
 *
 * Source: webhook pkg/resources/provisioning.cattle.io/v1/cluster/mutator.go, pkg/admission
 */
import type { JsonObject } from '../json';
import type { ResourceType } from '../types';

export const WEBHOOK = 'rancher.cattle.io.clusters.provisioning.cattle.io';

/**
 * Changes an object in place; `previous` is undefined for a new one, and `user` is the name that Kubernetes knows. Rancher's webhook
 * leaves a dry run alone, and so none is asked then.
 */
export type Mutator = (type: ResourceType, object: JsonObject, previous: JsonObject | undefined, user: string) => void;

/** The webhook says no. */
export class Denied extends Error {}

/** The webhook itself fails, with HTTP 500. */
export class Failed extends Error {}
