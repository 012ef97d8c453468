/**
 * The objects that the demo starts with: every YAML file under `demo/seed/objects` and `demo/seed/clusters`, and under
 * `demo/seed/before-2.12` for a Rancher that still has RKE1.
 *
 * A document is an object or a List of them; `$VERSION` is that of Rancher.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DEFAULT_SCHEMA, Type, loadAll } from 'js-yaml';

import { isObject, objectsAt, stringAt, type JsonObject } from './json';
import type { Objects } from './objects';
import { typeOfKind, type ResourceType } from './types';
import { hasRke1 } from './version';

interface Planted {
  readonly type: ResourceType;
  readonly object: JsonObject;
}

const FOLDER = join(__dirname, '..', 'seed');

/** YAML with merge keys, but with times as the text that they are in Kubernetes. */
export const SEED_SCHEMA = DEFAULT_SCHEMA.extend({
  implicit: [new Type('tag:yaml.org,2002:timestamp', { kind: 'scalar', resolve: () => false })]
});

/** The path of a file of the seed. */
export function seedFile(...parts: string[]): string {
  return join(FOLDER, ...parts);
}

/** Puts every object that a Rancher of this version starts with into the store. */
export function plantSeed(objects: Objects, version: string): void {
  seedOf(version).forEach(({ type, object }) => objects.create(type, object));
}

/** Every object that a Rancher of this version starts with, and its type. */
export function seedOf(version: string): Planted[] {
  return ['objects', 'clusters', ...(hasRke1(version) ? ['before-2.12'] : [])].flatMap((folder) => readdirSync(seedFile(folder)).sort().flatMap((file) =>
    documentsIn(seedFile(folder, file), version).map((object) => ({ type: typeIn(object, `${ folder }/${ file }`), object }))));
}

function documentsIn(file: string, version: string): JsonObject[] {
  const found: JsonObject[] = [];

  loadAll(readFileSync(file, 'utf8').replaceAll('$VERSION', version), (document) => {
    if (isObject(document)) {
      found.push(...(stringAt(document, 'kind') === 'List' ? objectsAt(document, 'items') : [document]));
    }
  }, { schema: SEED_SCHEMA });

  return found;
}

function typeIn(object: JsonObject, file: string): ResourceType {
  const type = typeOfKind(stringAt(object, 'apiVersion'), stringAt(object, 'kind'));

  if (!type) {
    throw new Error(`${ file }: there is no type ${ stringAt(object, 'apiVersion') } ${ stringAt(object, 'kind') }`);
  }

  return type;
}
