/**
 * PATCH: JSON merge patch (RFC 7386) and JSON patch (RFC 6902). Custom resources take no strategic merge patch.
 *
 * Source: kube-apiserver pkg/endpoints/handlers/patch.go; messages recorded from a real one behind Steve.
 */
import { apply as applyMergePatch } from 'json-merge-patch';
import { applyPatch, type Operation } from 'rfc6902';

import { clone, isObject, isWalkable, type JsonObject, type JsonValue } from '../json';
import type { ResourceType } from '../types';
import { SteveError, badRequest } from './errors';

export const MERGE_PATCH = 'application/merge-patch+json';
export const JSON_PATCH = 'application/json-patch+json';
const STRATEGIC_MERGE_PATCH = 'application/strategic-merge-patch+json';

const OPERATIONS = ['add', 'remove', 'replace', 'move', 'copy', 'test'];

/** The object after the patch; the object given stays as it is. */
export function patched(type: ResourceType, object: JsonObject, contentType: string, body: string): JsonObject {
  const media = contentType === '' ? STRATEGIC_MERGE_PATCH : contentType;

  if (media === JSON_PATCH) {
    return jsonPatched(object, parse(body));
  }
  // On the flat core types of the demo a strategic merge differs from a merge in nothing.
  if (media === MERGE_PATCH || (media === STRATEGIC_MERGE_PATCH && !type.custom)) {
    return mergePatched(object, parse(body));
  }

  throw new SteveError(415, 'UnsupportedMediaType',
    `the body of the request was in an unknown format - accepted media types include: ${ JSON_PATCH }, ${ MERGE_PATCH }, application/apply-patch+yaml`);
}

function mergePatched(object: JsonObject, patch: JsonValue): JsonObject {
  if (!isObject(patch)) {
    throw badRequest('error decoding patch: json: cannot unmarshal into Go value of type map[string]interface {}');
  }

  const result: unknown = applyMergePatch(clone(object), patch);

  if (!isObject(result)) {
    throw badRequest('error decoding patch');
  }

  return result;
}

function jsonPatched(object: JsonObject, patch: JsonValue): JsonObject {
  if (!Array.isArray(patch)) {
    throw badRequest('error decoding patch: json: cannot unmarshal object into Go value of type []handlers.jsonPatchOp');
  }

  const result = clone(object);
  const refused = new SteveError(422, 'Invalid', 'the server rejected our request due to an error in our request');

  const operations: unknown[] = patch;

  if (!operations.every(isOperation)) {
    throw refused;
  }
  try {
    if (applyPatch(result, operations).some((error) => error !== null)) {
      throw refused;
    }
  } catch {
    throw refused;
  }

  return result;
}

function isOperation(value: unknown): value is Operation {
  return isObject(value)
    && OPERATIONS.includes(String(value['op']))
    && typeof value['path'] === 'string'
    // The prototype of every object is one path away.
    && ![value['path'], value['from']].some((path) => typeof path === 'string' && /(^|\/)(__proto__|constructor|prototype)(\/|$)/.test(path));
}

function parse(body: string): JsonValue {
  let value: JsonValue;

  try {
    value = JSON.parse(body) as JsonValue;
  } catch {
    throw badRequest('error decoding patch: unexpected end of JSON input');
  }
  if (!isWalkable(value)) {
    throw badRequest('error decoding patch: exceeded max depth');
  }

  return value;
}
