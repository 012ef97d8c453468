/**
 * The errors that Steve answers, with the codes and sentences of Kubernetes underneath.
 *
 * Source: wrangler pkg/schemas/validation, apiserver pkg/handlers/error.go, and answers recorded from a
 * real Steve (v0.10.3) in front of a real kube-apiserver (v1.36.3).
 */
import type { JsonObject } from '../json';
import { qualifiedResource, type ResourceType } from '../types';
import type { User, Verb } from '../users';

export class SteveError extends Error {
  constructor(readonly status: number, readonly code: string, message: string) {
    super(message);
  }
}

/** The body of an error. */
export function errorBody(error: SteveError): JsonObject {
  return { type: 'error', links: {}, code: error.code, message: error.message, status: error.status };
}

/** The schema of the user has no such method (apiserver pkg/parse/validate.go). */
export function methodNotSupported(method: string): SteveError {
  return new SteveError(403, 'PermissionDenied', `Method ${ method } not supported`);
}

/** The schema allows the method, but Kubernetes does not allow this object. */
export function forbidden(user: User, verb: Verb, type: ResourceType, namespace: string, name: string): SteveError {
  const what = name === '' ? qualifiedResource(type) : `${ qualifiedResource(type) } "${ name }"`;
  const where = type.namespaced && namespace !== '' ? `in the namespace "${ namespace }"` : 'at the cluster scope';

  return new SteveError(403, 'Forbidden',
    `${ what } is forbidden: User "${ user.id }" cannot ${ verb } resource "${ type.resource }" in API group "${ type.group }" ${ where }`);
}

export function notFound(type: ResourceType, name: string): SteveError {
  return new SteveError(404, 'NotFound', `${ qualifiedResource(type) } "${ name }" not found`);
}

export function namespaceNotFound(namespace: string): SteveError {
  return new SteveError(404, 'NotFound', `namespaces "${ namespace }" not found`);
}

export function noSuchSchema(): SteveError {
  return new SteveError(404, 'NotFound', 'no such schema');
}

export function alreadyExists(type: ResourceType, name: string): SteveError {
  return new SteveError(409, 'AlreadyExists', `${ qualifiedResource(type) } "${ name }" already exists`);
}

export function conflict(type: ResourceType, name: string, why = 'the object has been modified; please apply your changes to the latest version and try again'): SteveError {
  return new SteveError(409, 'Conflict', `Operation cannot be fulfilled on ${ qualifiedResource(type) } "${ name }": ${ why }`);
}

/** Kubernetes' 422 with its list of field errors. */
export function invalid(type: ResourceType, name: string, causes: readonly string[]): SteveError {
  const kind = type.group === '' ? type.kind : `${ type.kind }.${ type.group }`;
  const list = causes.length === 1 ? causes.join('') : `[${ causes.join(', ') }]`;

  return new SteveError(422, 'Invalid', `${ kind } "${ name }" is invalid: ${ list }`);
}

/** Steve's own 422: a body or a query that it cannot use. */
export function invalidBody(message: string): SteveError {
  return new SteveError(422, 'InvalidBodyContent', message);
}

export function badRequest(message: string): SteveError {
  return new SteveError(400, 'BadRequest', message);
}

/** Go errors without a kind of their own become this one. */
export function serverError(message: string): SteveError {
  return new SteveError(500, 'ServerError', message);
}

export function unauthorized(): SteveError {
  return new SteveError(401, 'Unauthorized', 'must authenticate');
}
