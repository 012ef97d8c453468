/**
 * `/v1/schemaDefinitions/<type>`: the fields of a type, which Edit as YAML asks for.
 *
 * Source: steve pkg/schema/definitions (handler.go, converter.go); shape recorded from a real Steve.
 */
import type { JsonObject } from '../json';
import type { ResourceType } from '../types';
import { structureOf, type Field, type Structure } from './structure';

const META = 'io.k8s.apimachinery.pkg.apis.meta.v1';

const META_DEFINITIONS: Readonly<Record<string, JsonObject>> = {
  [`${ META }.ObjectMeta`]: {
    annotations: { type: 'map', subtype: 'string' },
    creationTimestamp: { type: 'string' },
    deletionGracePeriodSeconds: { type: 'int' },
    deletionTimestamp: { type: 'string' },
    finalizers: { type: 'array', subtype: 'string' },
    generateName: { type: 'string' },
    generation: { type: 'int' },
    labels: { type: 'map', subtype: 'string' },
    managedFields: { type: 'array', subtype: `${ META }.ManagedFieldsEntry` },
    name: { type: 'string' },
    namespace: { type: 'string' },
    ownerReferences: { type: 'array', subtype: `${ META }.OwnerReference` },
    resourceVersion: { type: 'string' },
    selfLink: { type: 'string' },
    uid: { type: 'string' }
  },
  [`${ META }.ManagedFieldsEntry`]: {
    apiVersion: { type: 'string' },
    fieldsType: { type: 'string' },
    fieldsV1: { type: 'map', subtype: 'string' },
    manager: { type: 'string' },
    operation: { type: 'string' },
    subresource: { type: 'string' },
    time: { type: 'string' }
  },
  [`${ META }.OwnerReference`]: {
    apiVersion: { type: 'string', required: true },
    blockOwnerDeletion: { type: 'boolean' },
    controller: { type: 'boolean' },
    kind: { type: 'string', required: true },
    name: { type: 'string', required: true },
    uid: { type: 'string', required: true }
  }
};

/** The resource that describes a type and everything inside it. */
export function schemaDefinition(type: ResourceType, baseUrl: string): JsonObject {
  const root = definitionType(type);
  const definitions: JsonObject = {};
  const structure = structureOf(type.id);
  const add = (name: string, resourceFields: JsonObject): void => {
    definitions[name] = { resourceFields, type: name, description: '' };
  };

  add(root, {
    apiVersion: { type: 'string' },
    kind: { type: 'string' },
    metadata: { type: `${ META }.ObjectMeta` },
    ...(structure?.is === 'object' ? fieldsOf(structure.fields, root, add) : { spec: { type: 'map' }, status: { type: 'map' } })
  });
  for (const [name, fields] of Object.entries(META_DEFINITIONS)) {
    add(name, fields);
  }

  return {
    id: type.id,
    type: 'schemaDefinition',
    links: { self: `${ baseUrl }/schemaDefinitions/${ type.id }` },
    definitionType: root,
    definitions
  };
}

type Add = (name: string, resourceFields: JsonObject) => void;

function fieldsOf(fields: ReadonlyMap<string, Field>, path: string, add: Add): JsonObject {
  return Object.fromEntries([...fields].map(([key, field]) => [key, {
    ...described(field.structure, `${ path }.${ key }`, add),
    ...(field.required ? { required: true } : {})
  }]));
}

/** The type of one field; objects inside it become definitions of their own. */
function described(structure: Structure, path: string, add: Add): JsonObject {
  switch (structure.is) {
    case 'string':
    case 'boolean':
      return { type: structure.is };
    case 'integer':
      return { type: 'int' };
    case 'int-or-string':
      return { type: '' };
    case 'any':
      add(path, {});

      return { type: 'map', subtype: path };
    case 'array':
      return { type: 'array', ...subtype(structure.items, path, add) };
    case 'map':
      return { type: 'map', ...subtype(structure.values, path, add) };
    case 'object':
      add(path, fieldsOf(structure.fields, path, add));

      return { type: path };
  }
}

function subtype(structure: Structure, path: string, add: Add): JsonObject {
  const { type } = described(structure, path, add);

  return type === undefined || type === '' ? {} : { subtype: type };
}

/** OpenAPI's name of a type, e.g. `io.cattle.provisioning.v1.Cluster`. */
function definitionType(type: ResourceType): string {
  const group = type.group === '' ? 'io.k8s.api.core' : type.group.split('.').reverse().join('.');

  return `${ group }.${ type.version }.${ type.kind }`;
}
