/**
 * What the names of resources mean: Kubernetes' own, and in a cluster that is known what it serves besides.
 */
import { resourceNamed, resourcesCalled, type CatalogueResource } from './catalogue';
import type { KnownNames, KnownResource } from './knownNames';

export type ServedResource = Pick<CatalogueResource, 'group' | 'resource' | 'isNamespaced' | 'verbs' | 'subresources'>;

export interface ServedResources {
  /** The resource of a group by its plural name; undefined for one that is not known. */
  named(group: string, resource: string): ServedResource | undefined;
  /** Resources that people call by a name, in any case; Kubernetes' own first. */
  called(name: string): readonly ServedResource[];
}

/** What is known without a cluster. */
export const KUBERNETES: ServedResources = { named: resourceNamed, called: resourcesCalled };

/** The resources among the names that are known. */
export function servedResources({ resources }: KnownNames): ServedResources {
  const added = resources.filter(({ isBuiltIn }) => !isBuiltIn);
  const byName = new Map(added.map((entry) => [`${ entry.group }/${ entry.resource }`, entry]));
  const byAnyName = new Map<string, KnownResource[]>();

  for (const entry of added) {
    for (const name of new Set([entry.resource, entry.kind, ...entry.otherNames].map((each) => each.toLowerCase()))) {
      const sameName = byAnyName.get(name) ?? [];

      sameName.push(entry);
      byAnyName.set(name, sameName);
    }
  }

  return {
    named:  (group, resource) => resourceNamed(group, resource) ?? byName.get(`${ group }/${ resource }`),
    called: (name) => [...resourcesCalled(name), ...byAnyName.get(name.toLowerCase()) ?? []]
  };
}
