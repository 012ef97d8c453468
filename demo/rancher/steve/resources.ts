/**
 * An object as Steve answers it: `id`, `type`, `links`, the added metadata, and `_type` for a native `type`.
 *
 * Source: apiserver pkg/writer/encoding.go, steve pkg/resources/common/formatter.go,
 * steve pkg/stores/sqlpartition/toapi.go, pkg/stores/proxy/unformatter.go
 */
import { CLUSTER_REPO_LINKS } from '../catalog';
import { clone, isObject, objectAt, objectsAt, removeAt, setAt, sorted, stringAt, valueAt, type JsonObject, type JsonValue } from '../json';
import { idOf, type Store } from '../objects';
import { apiVersionOf, type Column, type ResourceType } from '../types';
import type { Access, Verb } from '../users';
import { normalizeConditions } from './conditions';
import { isBlocked } from './methods';
import { relationshipsOf, stateOf } from './state';

/** The fields that Steve claims at the top of an object (apiserver types.ReservedFields). */
const RESERVED = ['id', 'type', 'links', 'actions'] as const;

export interface Viewer {
  readonly access: Access;
  readonly objects: Store;
  /** Where this Steve answers, e.g. `http://127.0.0.1:8080/v1`. */
  readonly baseUrl: string;
  readonly now: () => Date;
}

/** How a cell with a time is written: an age when asked for one object, the time itself in lists and events. */
type Ages = 'ages' | 'times' | 'no fields';

/** An object as Steve answers it to this viewer. */
export function resourceOf(type: ResourceType, stored: JsonObject, viewer: Viewer, ages: Ages, query: URLSearchParams): JsonObject {
  const object = clone(stored);

  setAt(object, stateOf(stored), 'metadata', 'state');
  setAt(object, relationshipsOf(stored, viewer.objects), 'metadata', 'relationships');
  if (ages !== 'no fields') {
    setAt(object, fieldsOf(type, stored, ages, viewer.now()), 'metadata', 'fields');
  }
  normalizeConditions(object);
  moveToUnderscore(object);

  const shown = project(onlyWhatMayBeSeen(type, object, viewer.access), query);

  return { id: idOf(stored), type: type.id, links: linksOf(type, stored, viewer), ...sorted(shown) };
}

/** The cells of the printer columns. */
export function fieldsOf(type: ResourceType, object: JsonObject, ages: Ages, now: Date): JsonValue[] {
  return type.columns.map((column) => cell(type, column, object, ages, now));
}

/** What a PUT means for Kubernetes: without what Steve added, and `_type` a `type` again. */
export function fromPut(body: JsonObject): JsonObject {
  const object = clone(body);

  for (const key of ['fields', 'relationships', 'state']) {
    removeAt(object, 'metadata', key);
  }
  for (const condition of objectsAt(object, 'status', 'conditions')) {
    for (const key of ['error', 'transitioning', 'lastUpdateTime']) {
      removeAt(condition, key);
    }
  }
  for (const key of RESERVED) {
    const native = object[`_${ key }`];

    removeAt(object, `_${ key }`);
    removeAt(object, key);
    if (native !== undefined) {
      object[key] = native;
    }
  }

  return object;
}

function moveToUnderscore(object: JsonObject): void {
  for (const key of RESERVED) {
    const native = object[key];

    if (native !== undefined) {
      removeAt(object, key);
      object[`_${ key }`] = native;
    }
  }
}

function cell(type: ResourceType, column: Column, object: JsonObject, ages: Ages, now: Date): JsonValue {
  const [first = '', ...rest] = column.path ?? [];

  if (first.startsWith('#')) {
    return Object.keys(objectAt(object, first.slice(1))).length;
  }

  const value = valueAt(object, first, ...rest);

  if (column.name === 'Age' && typeof value === 'string') {
    return ages === 'ages' || !type.custom ? humanDuration(now.getTime() - Date.parse(value)) : value;
  }

  return value ?? null;
}

/** Kubernetes' short form of a duration (k8s.io/apimachinery pkg/util/duration HumanDuration). */
function humanDuration(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  const days = Math.floor(hours / 24);
  const two = (big: number, bigUnit: string, small: number, smallUnit: string): string => small === 0 ? `${ big }${ bigUnit }` : `${ big }${ bigUnit }${ small }${ smallUnit }`;

  if (seconds < 120) {
    return `${ seconds }s`;
  }
  if (minutes < 10) {
    return two(minutes, 'm', seconds % 60, 's');
  }
  if (minutes < 180) {
    return `${ minutes }m`;
  }
  if (hours < 8) {
    return two(hours, 'h', minutes % 60, 'm');
  }
  if (hours < 48) {
    return `${ hours }h`;
  }
  if (hours < 192) {
    return two(days, 'd', hours % 24, 'h');
  }
  if (days < 730) {
    return `${ days }d`;
  }

  return days < 2920 ? two(Math.floor(days / 365), 'y', days % 365, 'd') : `${ Math.floor(days / 365) }y`;
}

function linksOf(type: ResourceType, object: JsonObject, viewer: Viewer): JsonObject {
  const namespace = stringAt(object, 'metadata', 'namespace');
  const name = stringAt(object, 'metadata', 'name');
  const self = `${ viewer.baseUrl }/${ type.pluralName }/${ idOf(object) }`;
  const may = (verb: Verb): boolean => viewer.access.grants(verb, type, namespace, name);
  const link = (verb: Verb, method: string): JsonObject[string] | undefined => may(verb) ? isBlocked(type, method) ? 'blocked' : self : undefined;
  const links: Record<string, JsonValue | undefined> = {
    patch: link('patch', 'PATCH'),
    remove: link('delete', 'DELETE'),
    self,
    update: link('update', 'PUT'),
    view: may('get') ? viewLink(type, namespace, name, viewer) : undefined,
    ...(type.id === 'catalog.cattle.io.clusterrepo' ? Object.fromEntries(CLUSTER_REPO_LINKS.map((which) => [which, `${ self }?link=${ which }`])) : {})
  };

  return Object.fromEntries(Object.entries(links).filter((entry): entry is [string, JsonValue] => entry[1] !== undefined));
}

function viewLink(type: ResourceType, namespace: string, name: string, viewer: Viewer): string {
  const root = viewer.baseUrl.replace(/\/v1$/, '');

  if (type.group === 'management.cattle.io') {
    return `${ viewer.baseUrl }/${ [type.pluralName, namespace, name].filter((part) => part !== '').join('/') }`;
  }

  const api = type.group === '' ? 'api/v1' : `apis/${ apiVersionOf(type) }`;
  const where = namespace === '' ? '' : `/namespaces/${ namespace }`;

  return `${ root }/${ api }${ where }/${ type.resource }/${ name }`;
}

/** Namespaces that a user only sees through their contents are stripped (steve pkg/resources/formatters/namespace.go). */
function onlyWhatMayBeSeen(type: ResourceType, object: JsonObject, access: Access): JsonObject {
  if (type.id !== 'namespace' || access.grants('get', type, '', stringAt(object, 'metadata', 'name'))) {
    return object;
  }

  const { name, resourceVersion } = objectAt(object, 'metadata');

  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { annotations: {}, labels: {}, name: name ?? '', resourceVersion: resourceVersion ?? '' },
    spec: {},
    status: { phase: stringAt(object, 'status', 'phase') }
  };
}

/** `include`, `exclude` and `excludeValues` of the query. */
function project(object: JsonObject, query: URLSearchParams): JsonObject {
  const includes = query.getAll('include');
  const shown: JsonObject = includes.length > 0 ? {} : object;

  for (const path of includes) {
    const value = valueAt(object, ...path.split('.'));

    if (value !== undefined) {
      setAt(shown, value, ...path.split('.'));
    }
  }
  for (const path of query.getAll('exclude')) {
    removeAt(shown, ...path.split('.'));
  }
  for (const path of query.getAll('excludeValues')) {
    const values = valueAt(shown, ...path.split('.'));

    if (isObject(values)) {
      for (const key of Object.keys(values)) {
        values[key] = '';
      }
    }
  }

  return shown;
}
