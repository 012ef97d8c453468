/**
 * Entries of a rule's `resources` that match nothing that Kubernetes serves.
 *
 * Source: the matching of checker.go, and Kubernetes' discovery documents (the catalogue). Groups that are not Kubernetes' own are
 * never judged: a cluster may serve anything there.
 */
import type { Finding, Path } from '../policy/finding';
import type { GroupResources, PolicyRule } from '../policy/types';
import { isKnownGroup, resourceNamed, RESOURCES, resourcesCalled } from '../request/catalogue';
import { note, warning } from './finding';
import type { Linted } from './lint';

const API_VERSION = /^v\d+((alpha|beta)\d+)?$/;

/** Findings about groups, resources and subresources by name. */
export function findingsOfResources({ policy: { rules }, minor }: Linted): Finding[] {
  return rules.flatMap((rule, index) => (rule.resources ?? []).flatMap((group, position) => findingsOfGroup(group, ['rules', index, 'resources', position], rule, minor)));
}

function findingsOfGroup({ group = '', resources = [] }: GroupResources, path: Path, rule: PolicyRule, minor: number): Finding[] {
  if (group === 'core') {
    return [warning('groupCore', [...path, 'group'])];
  }
  if (API_VERSION.test(group)) {
    return [warning('groupVersion', [...path, 'group'], { group })];
  }

  return resources.flatMap((pattern, index) => {
    const at = [...path, 'resources', index];
    const finding = findingOfPattern(pattern, group, at) ?? findingOfScope(rule, group, pattern, at) ?? findingOfVersion(group, pattern, minor, at);

    return finding ? [finding] : [];
  });
}

function findingOfPattern(pattern: string, group: string, path: Path): Finding | undefined {
  const [resource = '', subresource, ...more] = pattern.split('/');

  if (pattern === '*') {
    return undefined;
  }
  if (API_VERSION.test(resource) && subresource !== undefined) {
    return warning('resourceWithVersion', path, { pattern, wanted: [subresource, ...more].join('/') });
  }
  if (pattern === '*/*') {
    return warning('starSlashStar', path);
  }
  if (more.length || !resource || subresource === '' || /\*./.test(resource) || (resource !== '*' && resource.endsWith('*')) || (subresource !== undefined && subresource !== '*' && subresource.includes('*'))) {
    return warning('patternOfNothing', path, { pattern });
  }

  return resource === '*' ? findingOfAnySubresource(subresource, group, path) : findingOfResource(resource, subresource, group, path);
}

function findingOfAnySubresource(subresource: string | undefined, group: string, path: Path): Finding | undefined {
  const served = RESOURCES.filter((entry) => group === '*' || entry.group === group);
  const isServed = !isKnownGroup(group) || served.some((entry) => entry.subresources.has(subresource ?? ''));

  return isServed || subresource === '*' ? undefined : warning('subresourceUnknown', path, { subresource: subresource ?? '', resource: '*' });
}

function findingOfResource(resource: string, subresource: string | undefined, group: string, path: Path): Finding | undefined {
  const known = group === '*' ? RESOURCES.find((entry) => entry.resource === resource) : resourceNamed(group, resource);

  if (known) {
    return subresource === undefined || subresource === '*' || known.subresources.has(subresource) || group === '*' ? undefined : warning('subresourceUnknown', path, { subresource, resource });
  }
  if (!isKnownGroup(group)) {
    return resource === resource.toLowerCase() ? undefined : warning('resourceUpperCase', path, { resource });
  }
  const called = resourcesCalled(resource);
  const here = called.find((entry) => entry.group === group);

  if (here) {
    return warning('resourceName', path, { resource, wanted: here.resource });
  }
  if (called.length) {
    return warning('resourceOfOtherGroup', path, { resource, group: group || '""', groups: called.map((entry) => entry.group || '""').join(', ') });
  }

  return warning('resourceUnknown', path, { resource, group: group || '""' });
}

/** A namespace that a resource of the whole cluster is never in; a Namespace is in itself. */
function findingOfScope({ namespaces }: PolicyRule, group: string, pattern: string, path: Path): Finding | undefined {
  const entry = resourceNamed(group, pattern.split('/')[0] ?? '');
  const isNever = entry && !entry.isNamespaced && entry.resource !== 'namespaces' && namespaces?.length && !namespaces.includes('');

  return isNever ? warning('clusterScoped', path, { resource: entry.resource }) : undefined;
}

/** A resource that this version of Kubernetes does not serve yet, or no more. */
function findingOfVersion(group: string, pattern: string, minor: number, path: Path): Finding | undefined {
  const entry = resourceNamed(group, pattern.split('/')[0] ?? '');

  if (entry && minor < entry.since) {
    return note('resourceNotYet', path, { resource: entry.resource, since: `1.${ entry.since }` });
  }

  return entry && minor > entry.until ? note('resourceNoMore', path, { resource: entry.resource, until: `1.${ entry.until }` }) : undefined;
}
