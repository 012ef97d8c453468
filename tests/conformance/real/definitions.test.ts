// Our reduced definitions say of Rancher's types what Rancher's own say; this needs Rancher's own beside the working tree.
import { expect, it } from 'vitest';

import { objectAt, objectsAt, type JsonObject } from '../../../demo/rancher/json';
import { structureOf } from '../../../demo/rancher/steve/structure';
import { RESOURCE_TYPES } from '../../../demo/rancher/types';
import { bare, definitionOf, nameOf, ranchersDefinitions } from './definitions';

it('our definitions have the names, columns and fields of Rancher’s own', () => {
  const own = ranchersDefinitions();

  for (const type of RESOURCE_TYPES) {
    const theirs = own.get(nameOf(type));
    const ours = definitionOf(type);

    if (theirs) {
      expect(outline(ours)).toEqual(outline(theirs));
    }
    if (theirs && structureOf(type.id)) {
      expect(bareSchema(ours)).toEqual(bareSchema(theirs));
    }
  }
});

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
