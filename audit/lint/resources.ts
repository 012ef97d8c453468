/**
 * Entries of a rule's `resources` that match nothing that Kubernetes serves.
 *
 * Source: the matching of checker.go, and Kubernetes' discovery documents (the catalogue). Groups that are not Kubernetes' own are
 * never judged but by their form: a cluster may serve anything there.
 */
import type { Finding, Path } from '../policy/finding';
import type { GroupResources } from '../policy/types';
import { API_GROUPS, isKnownGroup, resourceNamed, RESOURCES, resourcesCalled, type CatalogueResource } from '../request/catalogue';
import { note, warning } from './finding';
import type { Linted } from './lint';
import { nearest } from './nearest';

const API_VERSION = /^v\d+((alpha|beta)\d+)?$/;
/** Groups without a dot that the catalogue has no more; groups of custom resources have one. */
const OLD_GROUPS = ['extensions', 'componentconfig', 'federation', 'samplecontroller'];
/** What is called so in no version of Kubernetes, and what people mean by it. */
const MEANT: ReadonlyMap<string, string> = new Map([['tokenrequests', 'serviceaccounts/token'], ['tokenrequest', 'serviceaccounts/token'], ['tokens', 'serviceaccounts/token'], ['exec', 'pods/exec'], ['attach', 'pods/attach'], ['portforward', 'pods/portforward'], ['log', 'pods/log'], ['logs', 'pods/log']]);

/** Findings about groups, resources and subresources by name. */
export function findingsOfResources({ policy: { rules }, minor }: Linted): Finding[] {
  return rules.flatMap((rule, index) => (rule.resources ?? []).flatMap((group, position) => findingsOfGroup(group, ['rules', index, 'resources', position], minor)));
}

function findingsOfGroup({ group = '', resources = [] }: GroupResources, path: Path, minor: number): Finding[] {
  const groupFinding = findingOfGroup(group, [...path, 'group']);

  return groupFinding ? [groupFinding] : resources.flatMap((pattern, index) => findingOfPattern(pattern, group, [...path, 'resources', index], minor) ?? []);
}

function findingOfGroup(group: string, path: Path): Finding | undefined {
  if (group === 'core') {
    return warning('groupCore', path);
  }
  if (API_VERSION.test(group)) {
    return warning('groupVersion', path, { group });
  }
  if (group === '*' || group.includes('.') || isKnownGroup(group) || OLD_GROUPS.includes(group)) {
    return undefined;
  }
  const meant = API_GROUPS.find((known) => known.startsWith(`${ group }.`)) ?? nearest(group, API_GROUPS);

  return meant ? warning('groupMeant', path, { group, wanted: meant }) : note('groupUnknown', path, { group });
}

function findingOfPattern(pattern: string, group: string, path: Path, minor: number): Finding | undefined {
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
  const qualified = qualifiedName(resource, [subresource ?? '', ...more]);

  if (qualified) {
    return warning('resourceWithGroup', path, { pattern, wanted: qualified.resource, group: qualified.group });
  }
  if (more.length || !resource || subresource === '' || /\*./.test(resource) || (resource !== '*' && resource.endsWith('*')) || (subresource !== undefined && subresource !== '*' && subresource.includes('*'))) {
    return warning('patternOfNothing', path, { pattern });
  }

  return resource === '*' ? findingOfAnySubresource(subresource ?? '', group, path) : findingOfResource(resource, subresource, group, path, minor);
}

/** `deployments.apps`, `apps/deployments` and `apps/v1/deployments`, taken apart: no resource's name has a dot, nor a group's before it. */
function qualifiedName(resource: string, [second = '', ...more]: readonly string[]): { readonly resource: string; readonly group: string } | undefined {
  const dot = resource.indexOf('.');
  const rest = API_VERSION.test(second) ? more : [second, ...more];

  if (isKnownGroup(resource) && resource && resourceNamed(resource, rest[0] ?? '')) {
    return { resource: rest.join('/'), group: resource };
  }

  return dot > 0 && dot < resource.length - 1 && !resource.includes('*') ? { resource: [resource.slice(0, dot), ...second ? [second, ...more] : []].join('/'), group: resource.slice(dot + 1) } : undefined;
}

function findingOfAnySubresource(subresource: string, group: string, path: Path): Finding | undefined {
  const served = RESOURCES.filter((entry) => entry.group === group).flatMap((entry) => [...entry.subresources.keys()]);

  return isKnownGroup(group) && !served.includes(subresource) ? unknownSubresource('*', subresource, served, path) : undefined;
}

function findingOfResource(resource: string, subresource: string | undefined, group: string, path: Path, minor: number): Finding | undefined {
  const known = group === '*' ? RESOURCES.find((entry) => entry.resource === resource) : resourceNamed(group, resource);

  if (known && group !== '*') {
    return subresource === undefined || subresource === '*' || known.subresources.has(subresource) ? findingOfVersion(known, path, minor) : unknownSubresource(resource, subresource, [...known.subresources.keys()], path);
  }
  const called = resourcesCalled(resource);
  const here = called.find((entry) => group === '*' || entry.group === group);

  if (!known && here) {
    return warning('resourceName', path, { resource, wanted: withSubresource(here.resource, subresource) });
  }
  if (!isKnownGroup(group)) {
    return resource === resource.toLowerCase() ? undefined : warning('resourceUpperCase', path, { resource, wanted: withSubresource(resource.toLowerCase(), subresource) });
  }
  const elsewhere = called.filter((entry) => entry.resource === called[0]?.resource);

  if (elsewhere[0]) {
    return warning('resourceOfOtherGroup', path, { resource, wanted: withSubresource(elsewhere[0].resource, subresource), group: group || '""', groups: elsewhere.map((entry) => entry.group || '""').join(', ') });
  }
  const meant = MEANT.get(resource.toLowerCase());
  const near = nearest(resource, RESOURCES.filter((entry) => entry.group === group).map((entry) => entry.resource));

  if (meant !== undefined) {
    return warning('resourceMeant', path, { resource, wanted: meant, group: '""' });
  }

  return near === undefined ? warning('resourceUnknown', path, { resource, group: group || '""' }) : warning('resourceMeant', path, { resource, wanted: withSubresource(near, subresource), group: group || '""' });
}

function findingOfVersion({ since, until, resource }: CatalogueResource, path: Path, minor: number): Finding | undefined {
  if (minor < since) {
    return note('resourceNotYet', path, { resource, version: `1.${ since }` });
  }

  return minor > until ? note('resourceNoMore', path, { resource, version: `1.${ until }` }) : undefined;
}

function unknownSubresource(resource: string, subresource: string, served: readonly string[], path: Path): Finding {
  const meant = nearest(subresource, [...new Set(served)]);

  return meant === undefined ? warning('subresourceUnknown', path, { subresource, resource }) : warning('subresourceMeant', path, { subresource, resource, wanted: `${ resource }/${ meant }` });
}

function withSubresource(resource: string, subresource: string | undefined): string {
  return subresource === undefined ? resource : `${ resource }/${ subresource }`;
}
