/**
 * The host's store, as far as we talk to Rancher's API through it: requests as the signed-in user, what that user may do, and a word to the user.
 *
 * Source: @rancher/shell plugins/steve/actions.js (request) and plugins/dashboard-store/getters.js (schemaFor), on all hosts.
 */
import { hostAbove } from './hostAbove';

export interface ApiRequest {
  readonly url: string;
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly data?: object;
  readonly headers?: Readonly<Record<string, string>>;
  /** False where an answer of 401 must not end the session. */
  readonly redirectUnauthorized?: false;
}

export interface RancherApi {
  /** The answer's body; rejects with the host's error, whose status `statusOf` tells. */
  request(request: ApiRequest): Promise<unknown>;
  /** Shows a warning over the page, which outlives the form. */
  warn(title: string, message: string): void;
  /** Whether the user may create objects of a type of Steve's. */
  mayCreate(type: string): boolean;
  /** Whether the user may list them. */
  mayList(type: string): boolean;
}

interface HostStore {
  readonly getters: Readonly<Record<string, unknown>>;
  dispatch(action: string, payload: object, options?: object): Promise<unknown>;
}

/** Rancher's API through the host of the component that is being set up. Call it in `setup`. */
export function useRancherApi(): RancherApi {
  const { $store } = hostAbove<{ readonly $store: HostStore }>();

  return {
    request: (request) => $store.dispatch('management/request', request),
    warn:    (title, message) => void $store.dispatch('growl/warning', { title, message }, { root: true }),

    mayCreate: (type) => mayUse('POST', type),
    mayList:   (type) => mayUse('GET', type)
  };

  function mayUse(method: string, type: string): boolean {
    const schemaFor = $store.getters['management/schemaFor'] as (id: string) => { readonly collectionMethods?: readonly string[] } | undefined;

    return schemaFor(type)?.collectionMethods?.some((allowed) => allowed.toUpperCase() === method) ?? false;
  }
}

/** The HTTP status of an error of the host's; undefined where it has none. Some of its errors hide it from enumeration. */
export function statusOf(error: unknown): number | undefined {
  const { status, _status } = (error ?? {}) as { readonly status?: unknown; readonly _status?: unknown };

  return [status, _status].find((value) => typeof value === 'number');
}

/** What the API says went wrong. */
export function messageOf(error: unknown): string {
  const { message, data } = (error ?? {}) as { readonly message?: unknown; readonly data?: { readonly message?: unknown } };

  return String(message ?? data?.message ?? error);
}
