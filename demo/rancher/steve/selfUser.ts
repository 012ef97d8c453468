/**
 * `POST /v1/ext.cattle.io.selfusers`: who am I?
 *
 * Source: rancher pkg/ext/stores/selfuser: an object that is answered and never stored
 */
import type { JsonObject } from '../json';
import { apiVersionOf, type ResourceType } from '../types';
import type { User } from '../users';

/** The answer to a user who asks for themselves. */
export function selfUser(user: User, type: ResourceType): JsonObject {
  return {
    type: type.id,
    links: {},
    apiVersion: apiVersionOf(type),
    kind: type.kind,
    metadata: { creationTimestamp: null, relationships: null, state: { error: false, message: 'Resource is current', name: 'active', transitioning: false } },
    status: { userID: user.id }
  };
}
