/**
 * `/v1/userpreferences`: what the dashboard remembers for a user.
 *
 * Source: steve pkg/resources/userpreferences; rancher keeps one management.cattle.io Preference per key
 */
import { objectAt, type JsonObject } from '../json';
import type { User } from '../users';

export interface Preferences {
  of(user: User, baseUrl: string): JsonObject;
  set(user: User, body: JsonObject): void;
}

/** Preferences in memory. The demo starts on the light theme and without the pages that greet a new administrator. */
export function createPreferences(rancherVersion: string): Preferences {
  const data = new Map<string, JsonObject>();
  const first: JsonObject = { theme: '"ui-light"', 'seen-whatsnew': JSON.stringify(rancherVersion), 'read-whatsnew': JSON.stringify(rancherVersion), 'after-login-route': '"home"' };

  return {
    of(user, baseUrl) {
      const self = `${ baseUrl }/userpreferences/${ user.id }`;

      return {
        id: user.id,
        type: 'userpreference',
        links: { remove: self, self, update: self },
        data: data.get(user.id) ?? first
      };
    },
    set(user, body) {
      data.set(user.id, objectAt(body, 'data'));
    }
  };
}
