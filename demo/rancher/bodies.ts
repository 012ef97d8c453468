/**
 * Request bodies: read as text, so that what is wrong with them is answered as Steve answers it.
 *
 * Source: apiserver pkg/parse/read_input.go (2 MiB are read of a body, JSON or YAML)
 */
import { CORE_SCHEMA, load } from 'js-yaml';
import type { FastifyInstance, FastifyRequest } from 'fastify';

import { isObject, isWalkable, type JsonObject } from './json';
import { invalidBody } from './steve/errors';

const READ_BYTES = 2 << 20;
const REFUSED_BYTES = 8 << 20;

/** Makes every body arrive as text. */
export function readBodiesAsText(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string', bodyLimit: REFUSED_BYTES }, (_request, body, done) => done(null, body));
}

/** The text of a body, as much of it as Steve reads. */
export function bodyText(request: FastifyRequest): string {
  return typeof request.body === 'string' ? Buffer.from(request.body).subarray(0, READ_BYTES).toString() : '';
}

/** The object in a body. */
export function bodyObject(request: FastifyRequest): JsonObject {
  const text = bodyText(request);
  const value = request.headers['content-type'] === 'application/yaml' ? fromYaml(text) : fromJson(text);

  if (!isWalkable(value)) {
    throw failed('exceeded max depth');
  }
  if (!isObject(value)) {
    throw failed(`json: cannot unmarshal ${ Array.isArray(value) ? 'array' : typeof value } into Go value of type map[string]interface {}`);
  }

  return value;
}

function fromJson(text: string): unknown {
  if (text.trim() === '') {
    throw failed('EOF');
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw failed(/end of JSON|Unterminated|after property|after array/.test(String(error)) ? 'unexpected EOF' : `invalid character: ${ String(error) }`);
  }
}

function fromYaml(text: string): unknown {
  try {
    return load(text, { schema: CORE_SCHEMA });
  } catch (error) {
    throw failed(`error converting YAML to JSON: ${ String(error).split('\n')[0] ?? '' }`);
  }
}

function failed(why: string): Error {
  return invalidBody(`Failed to parse body: ${ why }`);
}
