/**
 * Namespaces and names of objects that the requests of a rule never have.
 *
 * A Namespace is in itself; a list or a watch across all namespaces is in none; a create has no name when it is matched, but for those on
 * a named object's subresource. Source: k8s.io/apiserver/pkg/endpoints/request/requestinfo.go
 */
import type { Finding, Path } from '../policy/finding';
import type { GroupResources, PolicyRule } from '../policy/types';
import { resourceNamed, type CatalogueResource } from '../request/catalogue';
import { note, warning } from './finding';
import type { Linted } from './lint';

/** Verbs of requests that have no name when they are matched, and of those that may have one in a field selector. */
const WITHOUT_NAME = ['create', 'deletecollection'];
const WITH_SELECTOR = ['list', 'watch'];
/** Verbs of requests for one object, which has a namespace where its resource has. */
const FOR_ONE = ['get', 'create', 'update', 'patch', 'delete'];
const OF_NAMESPACES = ['get', 'update', 'patch', 'delete'];
/** Source: k8s.io/apimachinery/pkg/util/validation, IsDNS1123Label. */
const NAMESPACE = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;

/** Findings about namespaces and resourceNames. */
export function findingsOfPlaces({ policy: { rules } }: Linted): Finding[] {
  return rules.flatMap((rule, index) => {
    const path: Path = ['rules', index];

    return [
      ...(rule.namespaces ?? []).flatMap((namespace, position) => (
        namespace === '' || namespace.includes('*') || NAMESPACE.test(namespace) ? [] : [warning('namespaceName', [...path, 'namespaces', position], { namespace })]
      )),
      ...(rule.resources ?? []).flatMap((group, position) => [...findingsOfScope(rule, group, [...path, 'resources', position]), ...findingsOfNames(rule, group, [...path, 'resources', position])])
    ];
  });
}

/** Resources that are never where a rule looks for them. */
function findingsOfScope({ namespaces, verbs }: PolicyRule, { group = '', resources = [] }: GroupResources, path: Path): Finding[] {
  return namespaces?.length ? resources.flatMap((pattern, index) => {
    const entry = resourceNamed(group, pattern.split('/')[0] ?? '');
    const problem = entry ? problemOfScope(entry, namespaces, verbs ?? []) : undefined;

    return problem === undefined ? [] : [problem([...path, 'resources', index], pattern)];
  }) : [];
}

function problemOfScope(entry: CatalogueResource, namespaces: readonly string[], verbs: readonly string[]): ((path: Path, resource: string) => Finding) | undefined {
  const isNoneOnly = namespaces.every((namespace) => namespace === '');
  const hasOnly = (some: readonly string[]): boolean => verbs.length > 0 && verbs.every((verb) => some.includes(verb));

  if (entry.resource === 'namespaces') {
    return isNoneOnly && hasOnly(OF_NAMESPACES) ? (path, resource) => warning('namespaceOfItself', path, { resource }) : undefined;
  }
  if (!entry.isNamespaced) {
    return namespaces.includes('') ? undefined : (path, resource) => warning('clusterScoped', path, { resource });
  }

  return isNoneOnly && hasOnly(FOR_ONE) ? (path, resource) => warning('noNamespace', path, { resource }) : undefined;
}

function findingsOfNames({ verbs = [] }: PolicyRule, { resources = [], resourceNames = [] }: GroupResources, path: Path): Finding[] {
  const at = [...path, 'resourceNames'];
  const isOfSubresource = resources.some((pattern) => pattern.includes('/') || pattern === '*');

  if (!verbs.length || !resourceNames.length || resourceNames.includes('') || !resources.length) {
    return [];
  }
  if (!isOfSubresource && verbs.every((verb) => WITHOUT_NAME.includes(verb))) {
    return [warning('namesWithoutName', at, { verbs: verbs.join(', ') })];
  }

  return verbs.every((verb) => WITH_SELECTOR.includes(verb)) ? [note('namesOfLists', at, { verbs: verbs.join(', ') })] : [];
}
