/**
 * A list of objects in Steve's envelope: filtered, sorted, paged.
 *
 * Source: steve pkg/stores/sqlpartition/listprocessor/processor.go, apiserver pkg/writer/encoding.go (newCollection)
 */
import { objectAt, stringAt, type JsonObject, type JsonValue } from '../json';
import { idOf, type Objects } from '../objects';
import { typeNamed, type ResourceType } from '../types';
import { SteveError, serverError } from './errors';
import { filterFrom } from './filters';
import { cellOf, checkField } from './indexedFields';
import type { Methods } from './methods';
import { fieldsOf, resourceOf, type Viewer } from './resources';
import { stateOf } from './state';

interface Row {
  readonly object: JsonObject;
  readonly cells: readonly JsonValue[];
}

/** The objects of a type that the viewer may list, in a namespace or ('') in all. */
export function visible(type: ResourceType, viewer: Viewer, namespace: string): JsonObject[] {
  const synthetic = type.id === 'namespace' ? viewer.access.namespaces() : [];

  return viewer.objects.list(type).filter((object) => {
    const where = stringAt(object, 'metadata', 'namespace');
    const name = stringAt(object, 'metadata', 'name');

    return (namespace === '' || where === namespace)
      && (viewer.access.grants('list', type, where, name) || synthetic.includes(name));
  });
}

/** The envelope around some resources. */
export function envelope(resourceType: string, self: string, data: JsonValue[]): JsonObject {
  return { type: 'collection', links: { self }, actions: {}, resourceType, data };
}

/** The answer to a list request. */
export function collectionOf(type: ResourceType, methods: Methods, viewer: Viewer, namespace: string, query: URLSearchParams): JsonObject {
  const self = `${ viewer.baseUrl }/${ [type.pluralName, namespace].filter((part) => part !== '').join('/') }`;
  const known = viewer.objects.revision(type);

  checkRevision(query, known);

  const found = select(type, visible(type, viewer, namespace), viewer, query);
  const { page, pagination, token } = pageOf(found, query, self);
  const summary = summaryOf(type, found, query);
  const summaryOnly = query.has('summaryonly') && query.get('summaryonly') !== 'false';

  return {
    type: 'collection',
    links: { self },
    ...(methods.collection.includes('POST') ? { createTypes: { [type.id]: `${ viewer.baseUrl }/${ type.pluralName }` } } : {}),
    actions: {},
    resourceType: type.id,
    ...(pagination ? { pagination } : {}),
    ...(known === '' ? {} : { revision: known }),
    ...(token === '' ? {} : { continue: token }),
    ...(found.length === 0 ? {} : { count: found.length }),
    data: summaryOnly ? [] : page.map(({ object }) => resourceOf(type, object, viewer, 'times', query)),
    ...(summary ? { summary } : {})
  };
}

function checkRevision(query: URLSearchParams, known: string): void {
  const wanted = query.get('revision') ?? '';

  if (wanted === '') {
    return;
  }
  if (!/^-?\d+$/.test(wanted)) {
    throw new SteveError(400, 'invalid revision query param', `value ${ wanted } for revision query param is not valid`);
  }
  if (Number(wanted) > Number(known)) {
    throw new SteveError(400, 'unknown revision', 'unknown revision');
  }
}

function select(type: ResourceType, objects: readonly JsonObject[], viewer: Viewer, query: URLSearchParams): Row[] {
  const filter = filterFrom(query.getAll('filter'), type);
  const isInProject = projectFilter(query, type, viewer.objects);
  const rows = objects
    .filter(isInProject)
    .map((object): Row => ({ object, cells: fieldsOf(type, object, 'times', viewer.now()) }))
    .filter(({ object, cells }) => filter(object, cells));
  const directives = (query.get('sort') ?? '').split(',').filter((part) => part !== '').map((part) => ({
    field: part.replace(/^-/, ''),
    sign: part.startsWith('-') ? -1 : 1
  }));

  for (const { field } of directives) {
    checkField(type, field);
  }

  return rows.sort((left, right) => {
    for (const { field, sign } of directives) {
      const order = compare(cellOf(left.object, left.cells, field), cellOf(right.object, right.cells, field));

      if (order !== 0) {
        return order * sign;
      }
    }

    return compare(idOf(left.object), idOf(right.object));
  });
}

/** SQLite puts missing values first. */
function compare(left: JsonValue | undefined, right: JsonValue | undefined): number {
  if (typeof left === 'number' && typeof right === 'number') {
    return left - right;
  }

  const [before, after] = [left ?? '', right ?? ''].map((value) => typeof value === 'object' ? JSON.stringify(value) : String(value));

  return (before ?? '') < (after ?? '') ? -1 : (before ?? '') > (after ?? '') ? 1 : 0;
}

function projectFilter(query: URLSearchParams, type: ResourceType, objects: Objects): (object: JsonObject) => boolean {
  const wanted = query.get('projectsornamespaces') ?? '';
  const unwanted = query.get('projectsornamespaces!') ?? '';
  const list = (wanted || unwanted).split(',').filter((part) => part !== '');
  const namespaces = typeNamed('namespace');

  if (list.length === 0 || !namespaces) {
    return () => true;
  }

  return (object) => {
    const name = type.id === 'namespace' ? stringAt(object, 'metadata', 'name') : stringAt(object, 'metadata', 'namespace');
    const project = stringAt(objectAt(objects.get(namespaces, '', name) ?? {}, 'metadata', 'labels'), 'field.cattle.io/projectId');
    const isIn = list.includes(name) || (project !== '' && list.includes(project));

    return wanted === '' ? !isIn : isIn;
  };
}

function pageOf(rows: readonly Row[], query: URLSearchParams, self: string): { page: readonly Row[]; pagination: JsonObject | undefined; token: string } {
  const size = Number.parseInt(query.get('pagesize') ?? '', 10);
  const number = Math.max(1, Number.parseInt(query.get('page') ?? '', 10) || 1);
  const paged = Number.isFinite(size) && size > 0;
  const from = paged ? (number - 1) * size : 0;
  const to = paged ? from + size : rows.length;
  const token = paged && to < rows.length ? String(to) : '';
  const continued = (query.get('continue') ?? '') !== '';

  if (token === '' && !continued) {
    return { page: rows.slice(from, to), pagination: undefined, token };
  }

  const next = new URLSearchParams(query);

  next.set('continue', token);
  next.sort();

  return {
    page: rows.slice(from, to),
    pagination: { first: self, ...(token === '' ? {} : { next: `${ self }?${ next.toString() }` }), partial: true },
    token
  };
}

/** Counts per value of a field, for `?summary=`. */
function summaryOf(type: ResourceType, rows: readonly Row[], query: URLSearchParams): JsonValue[] | undefined {
  const wanted = query.get('summary');

  if (wanted === null) {
    if (query.has('summaryonly')) {
      throw serverError('got a summaryonly parameter but no summary fields');
    }

    return undefined;
  }

  return wanted.split(',').map((property) => {
    checkField(type, property);

    const counts: Record<string, { total: number; namespace?: Record<string, number> }> = {};

    for (const { object, cells } of rows) {
      const value = property === 'metadata.state.name' ? stringAt(stateOf(object), 'name') : cellOf(object, cells, property);
      const entry = counts[String(value ?? '')] ??= { total: 0 };
      const namespace = stringAt(object, 'metadata', 'namespace');

      entry.total += 1;
      if (query.has('summarynamespaced') && namespace !== '') {
        entry.namespace ??= {};
        entry.namespace[namespace] = (entry.namespace[namespace] ?? 0) + 1;
      }
    }

    return { property, counts };
  });
}
