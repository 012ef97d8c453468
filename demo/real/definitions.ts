/**
 * The CustomResourceDefinitions that the servers get: Rancher's own where they are at hand, else ours, made from the tables of
 * types and structures that the embedded Rancher goes by.
 */
import { loadAll } from 'js-yaml';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { objectAt, type JsonObject } from '../rancher/json';
import { structureOf, type Structure } from '../rancher/steve/structure';
import { RESOURCE_TYPES, type ResourceType } from '../rancher/types';
import { ROOT } from '../steps/places';

/** Rancher's rules for a machine pool. As for every type that has rules, a wrong type of a field then has one more sentence. */
const POOL_RULES: JsonObject[] = [
  { message: 'AutoscalingMinSize must be greater than 0 when ControlPlaneRole is true', rule: '!has(self.controlPlaneRole) || !self.controlPlaneRole || !has(self.autoscalingMinSize) || self.autoscalingMinSize > 0' },
  { message: 'AutoscalingMinSize must be greater than 0 when EtcdRole is true', rule: '!has(self.etcdRole) || !self.etcdRole || !has(self.autoscalingMinSize) || self.autoscalingMinSize > 0' },
  { message: 'AutoscalingMinSize must be less than or equal to AutoscalingMaxSize when both are non-nil', rule: '!has(self.autoscalingMaxSize) || !has(self.autoscalingMinSize) || self.autoscalingMinSize <= self.autoscalingMaxSize' },
  { message: 'AutoscalingMinSize and AutoscalingMaxSize must both be set if enabling cluster-autoscaling', rule: '(has(self.autoscalingMinSize) && has(self.autoscalingMaxSize)) || (!has(self.autoscalingMinSize) && !has(self.autoscalingMaxSize))' }
];
const POOL = ['spec', 'properties', 'rkeConfig', 'properties', 'machinePools', 'items'] as const;

/** A folder beside the working tree, which not every machine has. */
const RANCHERS_OWN = join(ROOT, '../shared/crds');

/** All of them, Rancher's own in the place of ours. */
export function definitions(): JsonObject[] {
  const own = ranchersDefinitions();

  return RESOURCE_TYPES.filter(({ custom }) => custom).map((type) => own.get(nameOf(type)) ?? definitionOf(type));
}

/** Rancher's own by their names; none where the folder isn't there. */
export function ranchersDefinitions(): ReadonlyMap<string, JsonObject> {
  const files = existsSync(RANCHERS_OWN) ? readdirSync(RANCHERS_OWN).filter((file) => file.endsWith('.yaml')) : [];

  return new Map(files.flatMap((file) => (loadAll(readFileSync(join(RANCHERS_OWN, file), 'utf8')) as (JsonObject | null)[]))
    .flatMap((definition) => definition ? [[String((definition['metadata'] as JsonObject)['name']), definition]] : []));
}

/** Ours of a type: what it is called, its columns, and what of it is kept. */
export function definitionOf(type: ResourceType): JsonObject {
  const columns = type.columns.filter(({ name, path }) => path !== undefined && !(name === 'Name' && path.join('.') === 'metadata.name'));

  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind:       'CustomResourceDefinition',
    metadata:   { name: nameOf(type) },
    spec:       {
      group:    type.group,
      names:    { kind: type.kind, listKind: `${ type.kind }List`, plural: type.resource, singular: type.kind.toLowerCase() },
      scope:    type.namespaced ? 'Namespaced' : 'Cluster',
      versions: [{
        name:                     type.version,
        served:                   true,
        storage:                  true,
        schema:                   { openAPIV3Schema: schemaOfType(type) },
        additionalPrinterColumns: columns.map(({ name, path = [], type: of, priority }) => ({ name, jsonPath: `.${ path.join('.') }`, type: of, ...(priority ? { priority } : {}) })),
        ...(type.statusSubresource ? { subresources: { status: {} } } : {})
      }]
    }
  };
}

export function nameOf({ resource, group }: ResourceType): string {
  return `${ resource }.${ group }`;
}

function schemaOfType(type: ResourceType): JsonObject {
  const structure = structureOf(type.id);

  if (structure?.is !== 'object') {
    return { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };
  }
  const schema = schemaOf(structure);
  const pool = objectAt(schema, 'properties', ...POOL);

  if (type.id === 'provisioning.cattle.io.cluster') {
    pool['x-kubernetes-validations'] = POOL_RULES;
  }

  return { ...schema, properties: { apiVersion: { type: 'string' }, kind: { type: 'string' }, metadata: { type: 'object' }, ...schema['properties'] as JsonObject } };
}

function schemaOf(structure: Structure): JsonObject {
  switch (structure.is) {
    case 'any':
      return { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };
    case 'int-or-string':
      return { anyOf: [{ type: 'integer' }, { type: 'string' }], 'x-kubernetes-int-or-string': true };
    case 'array':
      return { type: 'array', items: schemaOf(structure.items) };
    case 'map':
      return { type: 'object', additionalProperties: schemaOf(structure.values) };
    case 'object': {
      const fields = [...structure.fields];
      const required = fields.filter(([, field]) => field.required).map(([name]) => name).sort();

      return {
        type:       'object',
        properties: Object.fromEntries(fields.map(([name, field]) => [name, { ...schemaOf(field.structure), ...(field.nullable ? { nullable: true } : {}) }])),
        ...(required.length ? { required } : {})
      };
    }
    default:
      return { type: structure.is };
  }
}
