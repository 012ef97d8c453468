/**
 * What Kubernetes does to an object between a write and the store: defaults, pruning and refusals.
 *
 * Source: kube-apiserver 1.36; every message here was recorded from one behind a real Steve.
 */
import { isObject, objectAt, setAt, stringAt, valueAt, type JsonObject, type JsonValue } from '../json';
import type { ResourceType } from '../types';
import { badRequest, invalid } from './errors';
import { misfits, prune, structureOf } from './structure';

const SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const SUBDOMAIN_TEXT = 'a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, \'-\' or \'.\', and must start and end with an alphanumeric character (e.g. \'example.com\', regex used for validation is \'[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\')';

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** Of the values of a Secret, and of those of a ConfigMap. */
const MAX_BYTES = 1024 * 1024;

/** The fields of the core types that the demo knows; others are dropped with a warning. */
const CORE_FIELDS: Readonly<Record<string, readonly string[]>> = {
  secret: ['data', 'stringData', 'immutable', 'type'],
  configmap: ['data', 'binaryData', 'immutable']
};

const OBJECT_FIELDS = ['apiVersion', 'kind', 'metadata'];
const STEVE_FIELDS = ['id', 'type', 'links', 'actions'];

/** Makes an object what Kubernetes would store, in place; returns its warnings. `previous` is undefined for a new one. */
export function admit(type: ResourceType, object: JsonObject, previous: JsonObject | undefined): string[] {
  const warnings = pruneFields(type, object);

  setDefaults(type, object, previous);
  checkName(type, object);
  checkTypes(type, object);
  checkConfigMap(type, object);
  checkSecret(type, object, previous);

  return warnings;
}

function pruneFields(type: ResourceType, object: JsonObject): string[] {
  const structure = structureOf(type.id);
  const known = CORE_FIELDS[type.id];
  const dropped: string[] = [];

  for (const key of Object.keys(object)) {
    const foreign = known ? !known.includes(key) : STEVE_FIELDS.includes(key);

    if (foreign && !OBJECT_FIELDS.includes(key)) {
      delete object[key];
      dropped.push(key);
    }
  }
  if (structure) {
    const { apiVersion: _apiVersion, kind: _kind, metadata: _metadata, ...rest } = object;

    dropped.push(...prune(structure, rest));
    for (const key of Object.keys(object)) {
      if (!OBJECT_FIELDS.includes(key) && rest[key] === undefined) {
        delete object[key];
      }
    }
  }

  return dropped.map((path) => `unknown field "${ path }"`);
}

function setDefaults(type: ResourceType, object: JsonObject, previous: JsonObject | undefined): void {
  // An ordinary write never reaches the status of a type with a status subresource.
  if (type.statusSubresource) {
    delete object['status'];
    if (previous?.['status'] !== undefined) {
      object['status'] = previous['status'];
    }
  }
  if (type.id === 'secret') {
    const plain = objectAt(object, 'stringData');

    for (const [key, value] of Object.entries(plain)) {
      setAt(object, Buffer.from(String(value)).toString('base64'), 'data', key);
    }
    delete object['stringData'];
    if (stringAt(object, 'type') === '') {
      object['type'] = 'Opaque';
    }
  }
  for (const key of ['labels', 'annotations'] as const) {
    if (valueAt(object, 'metadata', key) !== undefined && Object.keys(objectAt(object, 'metadata', key)).length === 0) {
      const metadata = object['metadata'];

      if (isObject(metadata)) {
        delete metadata[key];
      }
    }
  }
}

function checkName(type: ResourceType, object: JsonObject): void {
  const name = stringAt(object, 'metadata', 'name');

  if (!SUBDOMAIN.test(name)) {
    throw invalid(type, name, [`metadata.name: Invalid value: "${ name }": ${ SUBDOMAIN_TEXT }`]);
  }
  for (const kind of ['labels', 'annotations'] as const) {
    const map = valueAt(object, 'metadata', kind);

    if (map !== undefined && (!isObject(map) || Object.values(map).some((value) => typeof value !== 'string'))) {
      throw badRequest(`${ type.kind } in version "${ type.version }" cannot be handled as a ${ type.kind }: json: cannot unmarshal into Go struct field ObjectMeta.metadata.${ kind } of type string`);
    }
  }
}

function checkTypes(type: ResourceType, object: JsonObject): void {
  const structure = structureOf(type.id);

  if (structure?.is !== 'object') {
    return;
  }

  const causes = [...structure.fields].flatMap(([key, field]) => {
    const value: JsonValue | undefined = object[key];

    return value === undefined || value === null ? [] : misfits(field.structure, value, key);
  });

  if (causes.length > 0) {
    const rest = '<nil>: Invalid value: null: some validation rules were not checked because the object was invalid; correct the existing errors to complete validation';

    throw invalid(type, stringAt(object, 'metadata', 'name'), [...causes, rest]);
  }
}

function checkConfigMap(type: ResourceType, object: JsonObject): void {
  if (type.id !== 'configmap') {
    return;
  }
  const texts = Object.values(objectAt(object, 'data')).map((value) => Buffer.byteLength(String(value)));
  const binaries = Object.values(objectAt(object, 'binaryData')).map((value) => Buffer.byteLength(String(value), 'base64'));

  if ([...texts, ...binaries].reduce((sum, bytes) => sum + bytes, 0) > MAX_BYTES) {
    throw invalid(type, stringAt(object, 'metadata', 'name'), [`[]: Too long: may not be more than ${ MAX_BYTES } bytes`]);
  }
}

function checkSecret(type: ResourceType, object: JsonObject, previous: JsonObject | undefined): void {
  if (type.id !== 'secret') {
    return;
  }
  for (const value of Object.values(objectAt(object, 'data'))) {
    if (typeof value !== 'string' || !BASE64.test(value)) {
      throw badRequest('Secret in version "v1" cannot be handled as a Secret: illegal base64 data at input byte 0');
    }
  }

  const bytes = Object.values(objectAt(object, 'data')).reduce<number>((sum, value) => sum + Buffer.byteLength(String(value), 'base64'), 0);

  if (bytes > MAX_BYTES) {
    throw invalid(type, stringAt(object, 'metadata', 'name'), [`data: Too long: may not be more than ${ MAX_BYTES } bytes`]);
  }

  const native = stringAt(object, 'type');

  if (previous && native !== stringAt(previous, 'type')) {
    throw invalid(type, stringAt(object, 'metadata', 'name'), [`type: Invalid value: "${ native }": field is immutable`]);
  }
}
