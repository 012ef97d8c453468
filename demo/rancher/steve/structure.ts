/**
 * The structural schema of a custom resource: unknown fields are dropped, wrong types refused.
 *
 * Kept as a compact file per type under `structures/`; a type without a file keeps what it is sent.
 * Source: k8s.io/apiextensions-apiserver (structural pruning, validation); messages recorded from kube-apiserver 1.36
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';

import { isObject, type JsonObject, type JsonValue } from '../json';

export type Structure =
  | { readonly is: 'any' | 'string' | 'integer' | 'boolean' | 'int-or-string' }
  | { readonly is: 'array'; readonly items: Structure }
  | { readonly is: 'map'; readonly values: Structure }
  | { readonly is: 'object'; readonly fields: ReadonlyMap<string, Field> };

export interface Field {
  readonly structure: Structure;
  readonly required: boolean;
  readonly nullable: boolean;
}

const FOLDER = join(__dirname, '..', 'structures');
const SCALARS = ['any', 'string', 'integer', 'boolean', 'int-or-string'] as const;

const STRUCTURES = new Map(readdirSync(FOLDER).map((file) => [
  file.replace(/\.yaml$/, ''),
  structureFrom(load(readFileSync(join(FOLDER, file), 'utf8')) as JsonValue)
]));

/** The structure of everything but the metadata of a type; undefined where none is kept. */
export function structureOf(typeId: string): Structure | undefined {
  return STRUCTURES.get(typeId);
}

/** Drops unknown fields from an object, in place, and returns their paths. */
export function prune(structure: Structure, value: JsonValue, path = ''): string[] {
  if (structure.is === 'array' && Array.isArray(value)) {
    return value.flatMap((item, index) => prune(structure.items, item, `${ path }[${ index }]`));
  }
  if (!isObject(value)) {
    return [];
  }
  if (structure.is === 'map') {
    return Object.entries(value).flatMap(([key, item]) => prune(structure.values, item, under(path, key)));
  }
  if (structure.is !== 'object') {
    return [];
  }

  return Object.entries(value).flatMap(([key, item]) => {
    const field = structure.fields.get(key);

    if (!field) {
      delete value[key];

      return [under(path, key)];
    }

    return prune(field.structure, item, under(path, key));
  });
}

/** What Kubernetes says of values that do not fit, one sentence each. */
export function misfits(structure: Structure, value: JsonValue, path: string): string[] {
  switch (structure.is) {
    case 'any':
      return isObject(value) ? [] : [wrongType(path, 'object', value)];
    case 'string':
    case 'integer':
    case 'boolean':
      return kindOf(value) === structure.is ? [] : [wrongType(path, structure.is, value)];
    case 'int-or-string':
      return ['string', 'integer'].includes(kindOf(value)) ? [] : [wrongType(path, 'integer,string', value)];
    case 'array':
      return Array.isArray(value)
        ? value.flatMap((item, index) => misfits(structure.items, item, `${ path }[${ index }]`))
        : [wrongType(path, 'array', value)];
    case 'map':
      return isObject(value)
        ? Object.entries(value).flatMap(([key, item]) => misfits(structure.values, item, `${ path }.${ key }`))
        : [wrongType(path, 'object', value)];
    case 'object':
      return isObject(value) ? misfitsOfFields(structure.fields, value, path) : [wrongType(path, 'object', value)];
  }
}

function misfitsOfFields(fields: ReadonlyMap<string, Field>, value: JsonObject, path: string): string[] {
  return [...fields].flatMap(([key, field]) => {
    const item = value[key];
    const where = under(path, key);

    if (item === undefined) {
      return field.required ? [`${ where }: Required value`] : [];
    }
    // Kubernetes drops a null where null is not allowed before it validates.
    if (item === null) {
      return [];
    }

    return misfits(field.structure, item, where);
  });
}

function wrongType(path: string, wanted: string, value: JsonValue): string {
  const found = kindOf(value);

  return `${ path }: Invalid value: "${ found }": ${ path } in body must be of type ${ wanted }: "${ found }"`;
}

function kindOf(value: JsonValue): string {
  if (value === null) {
    return 'null';
  }
  if (Array.isArray(value)) {
    return 'array';
  }
  if (typeof value === 'number') {
    return Number.isInteger(value) ? 'integer' : 'number';
  }

  return typeof value;
}

function structureFrom(source: JsonValue): Structure {
  if (Array.isArray(source)) {
    return { is: 'array', items: structureFrom(source[0] ?? 'any') };
  }
  if (isObject(source)) {
    const values = source['*'];

    return values === undefined
      ? { is: 'object', fields: new Map(Object.entries(source).map(([key, item]) => [key.replace(/[!?]+$/, ''), fieldFrom(key, item)])) }
      : { is: 'map', values: structureFrom(values) };
  }

  const scalar = SCALARS.find((name) => name === source);

  if (!scalar) {
    throw new Error(`${ JSON.stringify(source) } is not the name of a structure`);
  }

  return { is: scalar };
}

function fieldFrom(key: string, source: JsonValue): Field {
  return { structure: structureFrom(source), required: /!\??$/.test(key), nullable: key.endsWith('?') };
}

function under(path: string, key: string): string {
  return path === '' ? key : `${ path }.${ key }`;
}
