/**
 * One subscription of a client: how it is asked for, what it covers, and the messages about it.
 *
 * Source: apiserver pkg/subscribe/handler.go (Subscribe), steve pkg/sqlcache/informer (WatchFilter)
 */
import { isObject, objectAt, stringAt, valueAt, type JsonObject } from '../json';
import type { ObjectEvent } from '../objects';

export interface Subscription {
  readonly resourceType: string;
  readonly namespace: string;
  readonly id: string;
  readonly selector: string;
  readonly mode: string;
  readonly debounceMs: number;
  readonly resourceVersion: string;
  readonly stop: boolean;
}

/** Every message without an object carries an empty `subscribe` resource. */
export const NOTHING: JsonObject = { type: 'subscribe', links: {} };

/** Whether an event is about what was asked for, before or after the change. */
export function concerns(event: ObjectEvent, subscription: Subscription): boolean {
  return [event.object, event.previous].some((object) => object !== undefined
    && (subscription.id === '' || stringAt(object, 'metadata', 'name') === subscription.id)
    && (subscription.namespace === '' || stringAt(object, 'metadata', 'namespace') === subscription.namespace)
    && matchesSelector(subscription.selector, objectAt(object, 'metadata', 'labels')));
}

/** The equality and existence forms of a label selector. */
function matchesSelector(selector: string, labels: JsonObject): boolean {
  return selector === '' || selector.split(',').every((part) => {
    const [, key = '', operator = '', value = ''] = /^\s*!?([^=!\s]+)\s*(!=|==?)?\s*(.*?)\s*$/.exec(part) ?? [];

    if (operator === '') {
      return Object.hasOwn(labels, key) !== part.trim().startsWith('!');
    }

    return (labels[key] === value) === (operator !== '!=');
  });
}

/** A message about a subscription, with the fields that Go leaves out when empty. */
export function message(name: string, { resourceType, namespace, id, selector, mode }: Subscription): JsonObject {
  return {
    name,
    ...(namespace === '' ? {} : { namespace }),
    resourceType,
    ...(id === '' ? {} : { id }),
    ...(selector === '' ? {} : { selector }),
    ...(mode === '' ? {} : { mode }),
    data: NOTHING
  };
}

/** What makes two requests the same subscription. */
export function keyOf({ resourceType, namespace, id, selector, mode, debounceMs }: Subscription): string {
  return [resourceType, namespace, id, selector, mode, debounceMs].join('/');
}

/** The request in a message of a client, or why there is none. */
export function subscriptionFrom(text: string): Subscription | { error: string } {
  let value: unknown;

  try {
    value = JSON.parse(text);
  } catch {
    return { error: `invalid character '${ text.trim().slice(1, 2) }' looking for beginning of object key string` };
  }
  if (!isObject(value)) {
    return { error: 'json: cannot unmarshal into Go value of type subscribe.Subscribe' };
  }

  return {
    resourceType: stringAt(value, 'resourceType'),
    namespace: stringAt(value, 'namespace'),
    id: stringAt(value, 'id'),
    selector: stringAt(value, 'selector'),
    mode: stringAt(value, 'mode'),
    debounceMs: Number(valueAt(value, 'debounceMs') ?? 0) || 0,
    resourceVersion: stringAt(value, 'resourceVersion'),
    stop: valueAt(value, 'stop') === true
  };
}
