// Our reduced definitions say of Rancher's types what Rancher's own say; this needs Rancher's own in ../shared/crds beside the working tree, and without them only says that nothing is compared.
import { expect, it } from 'vitest';

import { objectAt, objectsAt, type JsonObject, type JsonValue } from '../../../demo/rancher/json';
import { structureOf } from '../../../demo/rancher/steve/structure';
import { RESOURCE_TYPES } from '../../../demo/rancher/types';
import { definitionOf, definitions, nameOf, ranchersDefinitions } from '../../../demo/real/definitions';

/** Those that lie beside the working tree. */
const AT_HAND = ['clusters.provisioning.cattle.io', 'clusterrepos.catalog.cattle.io', 'uiplugins.catalog.cattle.io'];

const own = ranchersDefinitions();

if (own.size > 0) {
  it('our definitions have the names, columns and fields of Rancher’s own', compareWithOwn);
} else {
  it('the servers get our definitions, which are not compared: Rancher’s own are not at hand', () => {
    expect(definitions()).toEqual(RESOURCE_TYPES.filter(({ custom }) => custom).map(definitionOf));
  });
}

function compareWithOwn(): void {
  const compared = RESOURCE_TYPES.flatMap((type) => {
    const theirs = own.get(nameOf(type));

    return theirs ? [{ type, theirs }] : [];
  });

  for (const { type, theirs } of compared) {
    const ours = definitionOf(type);

    expect(outline(ours)).toEqual(outline(theirs));
    if (structureOf(type.id)) {
      expect(bareSchema(ours)).toEqual(bareSchema(theirs));
    }
  }
  expect(compared.map(({ type }) => nameOf(type))).toEqual(expect.arrayContaining(AT_HAND));
}

function outline(definition: JsonObject): object {
  const { group, scope, names } = objectAt(definition, 'spec');

  return {
    group,
    scope,
    names:    { ...names as JsonObject, categories: undefined },
    versions: objectsAt(definition, 'spec', 'versions').map(({ name, additionalPrinterColumns, subresources }) => ({ name, additionalPrinterColumns, subresources }))
  };
}

function bareSchema(definition: JsonObject): unknown {
  return bare(objectAt(objectsAt(definition, 'spec', 'versions')[0] ?? {}, 'schema', 'openAPIV3Schema'));
}

/** The schema with nothing but names, types, and what is required or may be null. */
function bare(schema: JsonValue): JsonValue {
  const { type, properties, required, items, additionalProperties, nullable, anyOf, ...rest } = schema as JsonObject;
  const kept = Object.fromEntries(Object.entries(rest).filter(([key]) => ['x-kubernetes-preserve-unknown-fields', 'x-kubernetes-int-or-string', 'x-kubernetes-validations'].includes(key)));

  return {
    ...kept,
    ...(type === undefined ? {} : { type }),
    ...(properties === undefined ? {} : { properties: Object.fromEntries(Object.entries(properties as JsonObject).map(([key, value]) => [key, bare(value)])) }),
    ...(required === undefined ? {} : { required: [...required as string[]].sort() }),
    ...(items === undefined ? {} : { items: bare(items) }),
    ...(additionalProperties === undefined ? {} : { additionalProperties: bare(additionalProperties) }),
    ...(nullable === undefined ? {} : { nullable }),
    ...(anyOf === undefined ? {} : { anyOf })
  };
}
