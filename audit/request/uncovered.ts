/**
 * Subresources that entries of a rule leave out although their resource is named: `pods` alone does not match pods/exec.
 */
import type { GroupResources } from '../policy/types';
import type { KnownNames } from './knownNames';
import { matchesResource } from './mismatch';
import { formOf } from './patternForm';

/** The known subresources of the resources that a group names alone, without those that another of its entries matches. */
export function uncoveredSubresources({ group = '', resources = [] }: GroupResources, names: KnownNames): readonly string[] {
  const alone = new Set(resources.filter((pattern) => formOf(pattern) === 'resource'));

  return names.resources
    .filter((entry) => entry.group === group && alone.has(entry.resource))
    .flatMap(({ resource, subresources }) => [...subresources.keys()].filter((subresource) => !resources.some((pattern) => matchesResource(pattern, resource, subresource))).map((subresource) => `${ resource }/${ subresource }`));
}
