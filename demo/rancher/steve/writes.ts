/**
 * POST, PUT, PATCH and DELETE on a type, as Steve passes them to Kubernetes.
 *
 * Source: steve pkg/stores/sqlproxy/proxy_store.go (Create, Update, Delete); answers recorded from a real one.
 */
import { clone, removeAt, setAt, stringAt, type JsonObject } from '../json';
import type { Store } from '../objects';
import { randomLetters } from '../randomLetters';
import { apiVersionOf, typeNamed, type ResourceType } from '../types';
import type { Access, Verb } from '../users';
import { Denied, Failed, WEBHOOK, type Mutator } from '../webhook/webhook';
import { admit } from './admission';
import { alreadyExists, badRequest, conflict, forbidden, invalidBody, namespaceNotFound, notFound, serverError, SteveError } from './errors';
import { patched } from './patches';
import { fromPut } from './resources';

export interface Written {
  readonly object: JsonObject;
  readonly warnings: readonly string[];
}

export interface Target {
  readonly type: ResourceType;
  /** From the URL; '' where the URL has none. */
  readonly namespace: string;
  readonly name: string;
  readonly access: Access;
  readonly objects: Store;
  readonly query: URLSearchParams;
  readonly mutators: readonly Mutator[];
}

const NAMESPACE_REQUIRED = 'metadata.namespace or apiOp.namespace are required';

/** Creates an object. POST does not undo what Steve adds on read: a Secret's `type` is its native one here. */
export function create(target: Target, body: JsonObject): Written {
  const { type, access, objects } = target;
  const object = clone(body);
  const namespace = namespaceFor(target, object);

  if (stringAt(object, 'metadata', 'name') === '') {
    const prefix = stringAt(object, 'metadata', 'generateName') || generateNamePrefix(type.kind);

    setAt(object, prefix, 'metadata', 'generateName');
    setAt(object, `${ prefix }${ randomLetters(5) }`, 'metadata', 'name');
  }

  const name = stringAt(object, 'metadata', 'name');

  if (!access.grants('create', type, namespace, name)) {
    throw forbidden(access.user, 'create', type, namespace, '');
  }

  const namespaces = typeNamed('namespace');

  if (type.namespaced && namespaces && !objects.get(namespaces, '', namespace)) {
    throw namespaceNotFound(namespace);
  }

  const dryRun = isDryRun(target.query);

  if (!dryRun) {
    callWebhook(target, object, undefined);
  }

  const warnings = admit(type, object, undefined);

  if (objects.get(type, namespace, name)) {
    throw alreadyExists(type, name);
  }
  for (const key of ['uid', 'creationTimestamp', 'resourceVersion', 'generation']) {
    removeAt(object, 'metadata', key);
  }

  return { object: dryRun ? { ...object, apiVersion: apiVersionOf(type), kind: type.kind } : objects.create(type, object), warnings };
}

/** Replaces an object. Which one is said by the body, not by the URL; `dryRun` is ignored, as Steve does. */
export function replace(target: Target, body: JsonObject): Written {
  const object = fromPut(body);
  const namespace = namespaceFor(target, object);
  const name = stringAt(object, 'metadata', 'name');
  const resourceVersion = stringAt(object, 'metadata', 'resourceVersion');

  if (resourceVersion === '') {
    throw serverError('metadata.resourceVersion is required for update');
  }

  const current = existing(target, 'update', namespace, name);

  return store(target, object, current, namespace, name);
}

/** Replaces the object that the URL names, as Kubernetes itself does: without a resourceVersion whatever is there, and dry if asked. */
export function replaceNamed(target: Target, body: JsonObject): Written {
  const { namespace, name } = target;

  return store(target, clone(body), existing(target, 'update', namespace, name), namespace, name, isDryRun(target.query));
}

/** Patches an object. */
export function patch(target: Target, contentType: string, body: string): Written {
  const { type, namespace, name } = target;
  const current = existing(target, 'patch', namespace, name);
  const object = patched(type, current, contentType, body);

  return store(target, object, current, namespace, name, isDryRun(target.query));
}

/** Deletes an object. */
export function remove(target: Target): void {
  const { type, namespace, name, objects } = target;

  existing(target, 'delete', namespace, name);
  if (!isDryRun(target.query)) {
    objects.remove(type, namespace, name);
  }
}

/** One object, if the user may have it. */
export function existing({ type, access, objects }: Target, verb: Verb, namespace: string, name: string): JsonObject {
  const synthetic = verb === 'get' && type.id === 'namespace' && access.namespaces().includes(name);

  if (!access.grants(verb, type, namespace, name) && !synthetic) {
    throw forbidden(access.user, verb, type, namespace, name);
  }

  const found = objects.get(type, namespace, name);

  if (!found) {
    throw notFound(type, name);
  }

  return found;
}

function store(target: Target, object: JsonObject, current: JsonObject, namespace: string, name: string, dryRun = false): Written {
  const { type, objects } = target;
  const resourceVersion = stringAt(object, 'metadata', 'resourceVersion');
  const uid = stringAt(object, 'metadata', 'uid');
  const currentUid = stringAt(current, 'metadata', 'uid');

  if (resourceVersion !== '' && resourceVersion !== stringAt(current, 'metadata', 'resourceVersion')) {
    throw conflict(type, name);
  }
  if (uid !== '' && uid !== currentUid) {
    throw conflict(type, name, `Precondition failed: UID in precondition: ${ uid }, UID in object meta: ${ currentUid }`);
  }
  // Names and namespaces never change; a patch that tries is put right, a PUT has said which object it means.
  setAt(object, name, 'metadata', 'name');
  if (type.namespaced) {
    setAt(object, namespace, 'metadata', 'namespace');
  }

  if (!dryRun) {
    callWebhook(target, object, current);
  }

  const warnings = admit(type, object, current);

  return { object: dryRun ? object : objects.update(type, object), warnings };
}

/** Lets the webhook change an object; it refuses as Kubernetes passes it on. */
function callWebhook({ type, access, mutators }: Target, object: JsonObject, previous: JsonObject | undefined): void {
  try {
    mutators.forEach((mutate) => mutate(type, object, previous, access.user.id));
  } catch (error) {
    if (error instanceof Denied) {
      throw badRequest(`admission webhook "${ WEBHOOK }" denied the request: ${ error.message }`);
    }
    if (error instanceof Failed) {
      throw new SteveError(500, 'InternalError', `Internal error occurred: failed calling webhook "${ WEBHOOK }": failed to call webhook: an error on the server (${ JSON.stringify(error.message) }) has prevented the request from succeeding`);
    }
    throw error;
  }
}

function namespaceFor({ type, namespace }: Target, object: JsonObject): string {
  if (!type.namespaced) {
    return '';
  }

  const wanted = stringAt(object, 'metadata', 'namespace') || namespace;

  if (wanted === '') {
    throw invalidBody(NAMESPACE_REQUIRED);
  }
  setAt(object, wanted, 'metadata', 'namespace');

  return wanted;
}

function isDryRun(query: URLSearchParams): boolean {
  return query.getAll('dryRun').includes('All');
}

/** `Cluster` gives `c-`, `ConfigMap` `cm-` (steve pkg/schema/converter GenerateNamePrefix). */
function generateNamePrefix(kind: string): string {
  return `${ kind.replace(/[^A-Z]/g, '').toLowerCase() }-`;
}
