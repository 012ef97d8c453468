/**
 * `/v1/counts`: how many objects of each type a user sees, and how they fare.
 *
 * Source: steve pkg/resources/counts/counts.go
 */
import { stringAt, type JsonObject } from '../json';
import { RESOURCE_TYPES, type ResourceType } from '../types';
import { visible } from './collections';
import { methodsOf } from './methods';
import type { Viewer } from './resources';
import { summarize } from './state';

interface Tally {
  count?: number;
  states?: Record<string, number>;
  errors?: number;
  transitioning?: number;
}

/** The one count resource, for all types or for some. */
export function countsFor(viewer: Viewer, types: readonly ResourceType[] = RESOURCE_TYPES): JsonObject {
  const counts: Record<string, JsonObject> = {};

  for (const type of types) {
    if (methodsOf(type, viewer.access) && !type.createOnly) {
      counts[type.id] = tallied(visible(type, viewer, ''));
    }
  }

  return { id: 'count', type: 'count', links: { self: `${ viewer.baseUrl }/counts/count` }, counts };
}

function tallied(objects: readonly JsonObject[]): JsonObject {
  const all: Tally = {};
  const namespaces: Record<string, Tally> = {};

  for (const object of objects) {
    const namespace = stringAt(object, 'metadata', 'namespace');

    add(all, object);
    if (namespace !== '') {
      add(namespaces[namespace] ??= {}, object);
    }
  }

  return {
    summary: { ...all },
    ...(Object.keys(namespaces).length > 0 ? { namespaces: Object.fromEntries(Object.entries(namespaces).map(([key, tally]) => [key, { ...tally }])) } : {})
  };
}

function add(tally: Tally, object: JsonObject): void {
  const { error, transitioning } = summarize(object);
  const state = error ? 'error' : transitioning ? 'in-progress' : '';

  tally.count = (tally.count ?? 0) + 1;
  if (error) {
    tally.errors = (tally.errors ?? 0) + 1;
  }
  if (transitioning) {
    tally.transitioning = (tally.transitioning ?? 0) + 1;
  }
  if (state !== '') {
    tally.states ??= {};
    tally.states[state] = (tally.states[state] ?? 0) + 1;
  }
}
