/**
 * `/v1/schemas`: the types and methods of one user.
 *
 * Source: steve pkg/resources/schemas, pkg/schema/factory.go, apiserver pkg/builtin/schema.go; shapes recorded from a real Steve.
 */
import type { JsonObject } from '../json';
import { RESOURCE_TYPES, type ResourceType } from '../types';
import type { Access } from '../users';
import { noSuchSchema } from './errors';
import { methodsOf, type Methods } from './methods';

interface Virtual {
  readonly id: string;
  readonly pluralName: string;
  readonly collectionMethods: readonly string[];
  readonly resourceMethods: readonly string[];
}

/** Types that are Steve's own and not Kubernetes'. */
const VIRTUAL: readonly Virtual[] = [
  { id: 'schema', pluralName: 'schemas', collectionMethods: ['GET'], resourceMethods: ['GET'] },
  { id: 'schemaDefinition', pluralName: 'schemaDefinitions', collectionMethods: [], resourceMethods: ['GET'] },
  { id: 'count', pluralName: 'counts', collectionMethods: ['GET'], resourceMethods: ['GET'] },
  { id: 'userpreference', pluralName: 'userpreferences', collectionMethods: ['GET'], resourceMethods: ['GET', 'PUT', 'DELETE'] },
  { id: 'subscribe', pluralName: 'subscribe', collectionMethods: ['GET'], resourceMethods: [] },
  { id: 'apiRoot', pluralName: 'apiRoots', collectionMethods: ['GET'], resourceMethods: ['GET'] }
];

const KUBERNETES_VERBS = ['delete', 'deletecollection', 'get', 'list', 'patch', 'create', 'update', 'watch'];

/** The schemas that a user has. */
export function schemasFor(access: Access, baseUrl: string): JsonObject[] {
  const resources = RESOURCE_TYPES.flatMap((type) => {
    const methods = methodsOf(type, access);

    return methods ? [resourceSchema(type, methods, baseUrl)] : [];
  });

  return [...VIRTUAL.map((virtual) => virtualSchema(virtual, baseUrl)), ...resources];
}

/** One schema by its id. */
export function schemaNamed(id: string, access: Access, baseUrl: string): JsonObject {
  const found = schemasFor(access, baseUrl).find((schema) => schema['id'] === id);

  if (!found) {
    throw noSuchSchema();
  }

  return found;
}

function virtualSchema(virtual: Virtual, baseUrl: string): JsonObject {
  return {
    id: virtual.id,
    type: 'schema',
    links: {
      ...(virtual.collectionMethods.length > 0 ? { collection: `${ baseUrl }/${ virtual.pluralName }` } : {}),
      self: `${ baseUrl }/schemas/${ virtual.id }`
    },
    pluralName: virtual.pluralName,
    ...withMethods(virtual.collectionMethods, virtual.resourceMethods),
    resourceFields: null,
    attributes: { columns: [] }
  };
}

function resourceSchema(type: ResourceType, methods: Methods, baseUrl: string): JsonObject {
  return {
    id: type.id,
    type: 'schema',
    links: {
      ...(methods.collection.length > 0 ? { collection: `${ baseUrl }/${ type.pluralName }` } : {}),
      self: `${ baseUrl }/schemas/${ type.id }`
    },
    pluralName: type.pluralName,
    ...withMethods(methods.collection, methods.resource),
    resourceFields: null,
    attributes: {
      columns: type.columns.map((column, index) => ({
        name: column.name, type: column.type, format: column.format, description: '', priority: column.priority, field: `$.metadata.fields[${ index }]`
      })),
      ...(type.custom ? { crd: true } : {}),
      group: type.group,
      kind: type.kind,
      namespaced: type.namespaced,
      resource: type.resource,
      verbs: type.createOnly ? ['create'] : KUBERNETES_VERBS,
      version: type.version
    }
  };
}

/** Go leaves empty lists out. */
function withMethods(collection: readonly string[], resource: readonly string[]): JsonObject {
  return {
    ...(resource.length > 0 ? { resourceMethods: [...resource] } : {}),
    ...(collection.length > 0 ? { collectionMethods: [...collection] } : {})
  };
}
