/**
 * Which HTTP methods a user has on a type: what the schemas advertise and every request is held against.
 *
 * Source: steve pkg/schema/factory.go (schemasForSubject), rancher pkg/api/steve/disallow/disallow.go,
 * apiserver pkg/parse/validate.go
 */
import type { ResourceType } from '../types';
import type { Access } from '../users';
import { methodNotSupported } from './errors';

export interface Methods {
  readonly collection: readonly string[];
  readonly resource: readonly string[];
}

/** Rancher refuses writes through Steve on its management types, with these exceptions. */
const ALLOW_ALL = new Set(['podsecurityadmissionconfigurationtemplates']);
const ALLOW_PUT = new Set(['features', 'settings']);
const ALLOW_POST = new Set(['settings']);

/** Whether Rancher takes a method away from a type, whatever RBAC says. */
export function isBlocked(type: ResourceType, method: string): boolean {
  if (type.group !== 'management.cattle.io' || ALLOW_ALL.has(type.resource)) {
    return false;
  }

  return method === 'PATCH'
    || method === 'DELETE'
    || (method === 'PUT' && !ALLOW_PUT.has(type.resource))
    || (method === 'POST' && !ALLOW_POST.has(type.resource));
}

/** The methods of a type for a user; undefined when there are none, and so no schema. */
export function methodsOf(type: ResourceType, access: Access): Methods | undefined {
  const may = { ...Object.fromEntries(['get', 'list', 'create', 'update', 'patch', 'delete'].map((verb) => [verb, false])) };

  for (const verb of ['get', 'list', 'create', 'update', 'patch', 'delete'] as const) {
    may[verb] = access.anywhere(verb, type) && (!type.createOnly || verb === 'create');
  }

  // Whoever sees something in a namespace gets to see the namespace itself, for the namespace chooser.
  const reads = may['get'] || may['list'] || (type.id === 'namespace' && access.namespaces().length > 0);
  const label = (method: string): string => isBlocked(type, method) ? `blocked-${ method }` : method;
  const collection = [reads ? 'GET' : '', may['create'] ? label('POST') : ''].filter((method) => method !== '');
  const resource = [
    reads ? 'GET' : '',
    may['delete'] ? label('DELETE') : '',
    may['update'] ? label('PUT') : '',
    may['update'] || may['patch'] ? label('PATCH') : ''
  ].filter((method) => method !== '');

  // Every user may list namespaces, if only to see none.
  if (type.id === 'namespace' && collection.length === 0) {
    collection.push('GET');
  }

  return collection.length === 0 && resource.length === 0 ? undefined : { collection, resource };
}

/** Refuses a method that the schema does not have; listing is also open to who may only create. */
export function checkMethod(methods: Methods, method: string, onCollection: boolean): void {
  const allowed = onCollection ? methods.collection : methods.resource;

  if (!allowed.includes(method) && !(onCollection && method === 'GET' && allowed.includes('POST'))) {
    throw methodNotSupported(method);
  }
}
