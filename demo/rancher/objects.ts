/**
 * What kube-apiserver and Steve's cache do together: keep objects, count revisions, remember the latest
 * events of each type so that a watch can resume.
 *
 * Nothing here knows HTTP, users or Rancher. State is in memory and gone at the end of the process.
 * Source: steve pkg/sqlcache/informer/listoption_indexer.go (Watch, ErrTooOld); Kubernetes API conventions
 * (resourceVersion, generation, a write without a change is no write)
 */
import { randomUUID } from 'node:crypto';

import { clone, isSame, setAt, sorted, stringAt, valueAt, type JsonObject } from './json';
import { apiVersionOf, type ResourceType } from './types';

type EventName = 'resource.create' | 'resource.change' | 'resource.remove';

export interface ObjectEvent {
  readonly name: EventName;
  readonly type: ResourceType;
  readonly object: JsonObject;
  readonly previous: JsonObject | undefined;
  readonly revision: string;
}

type Listener = (event: ObjectEvent) => void;

/** How many events of one type can be resumed (steve SQLCacheFactoryOptions.GCKeepCount). */
const EVENTS_KEPT = 1000;

interface Shelf {
  readonly objects: Map<string, JsonObject>;
  events: ObjectEvent[];
  revision: string;
}

export interface Objects {
  list(type: ResourceType): JsonObject[];
  get(type: ResourceType, namespace: string, name: string): JsonObject | undefined;
  /** Stores a new object and returns it as stored. The caller has checked that the name is free. */
  create(type: ResourceType, object: JsonObject): JsonObject;
  /** Replaces an object; one that says the same keeps its resourceVersion and no event is sent. */
  update(type: ResourceType, object: JsonObject): JsonObject;
  remove(type: ResourceType, namespace: string, name: string): JsonObject | undefined;
  /** Does what writes, and gives its result when all that it wrote is stored; rejects where a write of it could not be. */
  stored<T>(work: () => T): Promise<T>;
  /** Calls the listener for every event until the returned function is called; a listener must not write at once, or others see its event first. */
  onEvent(listener: Listener): () => void;
}

/** Objects with what has happened to them. */
export interface Store extends Objects {
  /** The latest revision of a type; '' when there was never an object of it. */
  revision(type: ResourceType): string;
  /** The events after a revision of this type; undefined when that revision is not known (any more). */
  since(type: ResourceType, revision: string): readonly ObjectEvent[] | undefined;
}

/** `namespace/name`, or the name alone: Steve's id of an object. */
export function idOf(object: JsonObject): string {
  return idFrom(stringAt(object, 'metadata', 'namespace'), stringAt(object, 'metadata', 'name'));
}

/** Steve's id from its parts. */
export function idFrom(namespace: string, name: string): string {
  return namespace === '' ? name : `${ namespace }/${ name }`;
}

/** An empty store. */
export function createObjects(now: () => Date = () => new Date()): Store {
  const shelves = new Map<string, Shelf>();
  const listeners = new Set<Listener>();
  let revision = 100;

  function shelf(type: ResourceType): Shelf {
    const known = shelves.get(type.id);

    if (known) {
      return known;
    }

    const made: Shelf = { objects: new Map(), events: [], revision: '' };

    shelves.set(type.id, made);

    return made;
  }

  function record(name: EventName, type: ResourceType, object: JsonObject, previous: JsonObject | undefined): void {
    const where = shelf(type);
    const event: ObjectEvent = { name, type, object, previous, revision: stringAt(object, 'metadata', 'resourceVersion') };

    where.events.push(event);
    where.events = where.events.slice(-EVENTS_KEPT);
    where.revision = event.revision;
    for (const listener of [...listeners]) {
      listener(event);
    }
  }

  function next(object: JsonObject): void {
    revision += 1;
    setAt(object, String(revision), 'metadata', 'resourceVersion');
  }

  return {
    list: (type) => [...shelf(type).objects.values()],
    get: (type, namespace, name) => shelf(type).objects.get(idFrom(namespace, name)),
    create(type, input) {
      const object = clone(input);
      const stamp = now().toISOString().replace(/\.\d+Z$/, 'Z');

      object['apiVersion'] = apiVersionOf(type);
      object['kind'] = type.kind;
      setAt(object, stringAt(object, 'metadata', 'creationTimestamp') || stamp, 'metadata', 'creationTimestamp');
      setAt(object, stringAt(object, 'metadata', 'uid') || randomUUID(), 'metadata', 'uid');
      if (type.custom) {
        setAt(object, valueAt(object, 'metadata', 'generation') ?? 1, 'metadata', 'generation');
      }
      next(object);

      const stored = sorted(object);

      shelf(type).objects.set(idOf(stored), stored);
      record('resource.create', type, stored, undefined);

      return stored;
    },
    update(type, input) {
      const id = idOf(input);
      const previous = shelf(type).objects.get(id);

      if (!previous) {
        throw new Error(`${ type.id } ${ id } is not there to be updated`);
      }

      const object = clone(input);

      object['apiVersion'] = apiVersionOf(type);
      object['kind'] = type.kind;
      for (const key of ['uid', 'creationTimestamp', 'resourceVersion', 'generation'] as const) {
        const value = valueAt(previous, 'metadata', key);

        if (value !== undefined) {
          setAt(object, value, 'metadata', key);
        }
      }
      if (isSame(object, previous)) {
        return previous;
      }
      if (type.custom && !isSame(desired(object), desired(previous))) {
        setAt(object, Number(valueAt(previous, 'metadata', 'generation') ?? 1) + 1, 'metadata', 'generation');
      }
      next(object);

      const stored = sorted(object);

      shelf(type).objects.set(id, stored);
      record('resource.change', type, stored, previous);

      return stored;
    },
    remove(type, namespace, name) {
      const previous = shelf(type).objects.get(idFrom(namespace, name));

      if (!previous) {
        return undefined;
      }

      const last = clone(previous);

      next(last);
      shelf(type).objects.delete(idFrom(namespace, name));
      record('resource.remove', type, last, previous);

      return last;
    },
    stored: (work) => Promise.resolve().then(work),
    revision: (type) => shelf(type).revision,
    since(type, wanted) {
      const { events } = shelf(type);
      const index = events.findIndex((event) => event.revision === wanted);

      return index < 0 ? undefined : events.slice(index + 1);
    },
    onEvent(listener) {
      listeners.add(listener);

      return () => listeners.delete(listener);
    }
  };
}

/** What a generation counts: everything but the metadata and the status. */
function desired(object: JsonObject): JsonObject {
  const { metadata: _metadata, status: _status, ...rest } = object;

  return rest;
}
