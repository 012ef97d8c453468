/**
 * Verbs, names, paths and wildcards of a rule that match no request that Kubernetes gets.
 *
 * Source: checker.go and requestinfo.go: verbs of resources are made from the method and the path, those of paths are methods in lower
 * case; nothing but `resources` and `nonResourceURLs` has wildcards.
 */
import type { Finding, Path } from '../policy/finding';
import type { PolicyRule } from '../policy/types';
import { resourceNamed } from '../request/catalogue';
import { isForPaths, isForResources } from './covers';
import { note, warning } from './finding';
import type { Linted } from './lint';

const OF_RESOURCES = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch', 'proxy'];
const OF_PATHS = ['get', 'head', 'post', 'put', 'patch', 'delete', 'options', 'connect', 'trace'];
/** Verbs of requests that have no name when they are matched. */
const WITHOUT_NAME = ['create', 'deletecollection'];
const LITERAL = ['users', 'userGroups', 'verbs', 'namespaces'] as const;

/** Findings about the single conditions of rules. */
export function findingsOfConditions({ policy: { rules } }: Linted): Finding[] {
  return rules.flatMap((rule, index) => {
    const path: Path = ['rules', index];

    return [...findingsOfStars(rule, path), ...findingsOfVerbs(rule, path), ...findingsOfNames(rule, path), ...findingsOfNoNamespace(rule, path), ...findingsOfUrls(rule, path)];
  });
}

function findingsOfStars(rule: PolicyRule, path: Path): Finding[] {
  const lists = [
    ...LITERAL.map((field) => ({ at: [...path, field], items: rule[field] ?? [] })),
    ...(rule.resources ?? []).map(({ resourceNames = [] }, index) => ({ at: [...path, 'resources', index, 'resourceNames'], items: resourceNames }))
  ];

  return lists.flatMap(({ at, items }) => items.flatMap((item, index) => item === '*' ? [warning('starIsLiteral', [...at, index], { field: String(at.at(-1)) })] : []));
}

function findingsOfVerbs(rule: PolicyRule, path: Path): Finding[] {
  const allowed = isForResources(rule) ? OF_RESOURCES : isForPaths(rule) ? OF_PATHS : [...OF_RESOURCES, ...OF_PATHS];

  return (rule.verbs ?? []).flatMap((verb, index): Finding[] => {
    const at = [...path, 'verbs', index];
    const lower = verb.toLowerCase();

    if (verb === '*') {
      return [];
    }
    if (allowed.includes(verb)) {
      const resource = resourceWithout(rule, verb);

      return resource === undefined ? [] : [warning('verbNotServed', at, { verb, resource })];
    }
    if (OF_PATHS.includes(verb)) {
      return [warning('verbOfPaths', at, { verb })];
    }
    if (OF_RESOURCES.includes(verb)) {
      return [warning('verbOfResources', at, { verb })];
    }

    return [OF_RESOURCES.includes(lower) || OF_PATHS.includes(lower) ? warning('verbUpperCase', at, { verb, wanted: lower }) : warning('verbUnknown', at, { verb })];
  });
}

/** The rule's resources when they are all known and none of them has a verb; undefined otherwise. */
function resourceWithout(rule: PolicyRule, verb: string): string | undefined {
  const patterns = (rule.resources ?? []).flatMap(({ group = '', resources = [] }) => resources.length ? resources.map((pattern) => ({ group, pattern })) : [{ group: '*', pattern: '*' }]);
  const verbs = patterns.map(({ group, pattern }) => {
    const [resource = '', subresource] = pattern.split('/');
    const entry = resourceNamed(group, resource);

    return subresource === undefined ? entry?.verbs : subresource === '*' ? undefined : entry?.subresources.get(subresource);
  });

  return patterns.length && verbs.every((served) => served && !served.includes(verb)) && !(verb === 'deletecollection' && verbs.some((served) => served?.includes('delete'))) ? patterns.map(({ pattern }) => pattern).join(', ') : undefined;
}

function findingsOfNames(rule: PolicyRule, path: Path): Finding[] {
  const isNameless = Boolean(rule.verbs?.length) && rule.verbs?.every((verb) => WITHOUT_NAME.includes(verb));

  return isNameless ? (rule.resources ?? []).flatMap(({ resources = [], resourceNames }, index) => (
    resourceNames?.length && !resourceNames.includes('') && !resources.some((pattern) => pattern.includes('/') || pattern === '*') ? [warning('namesWithoutName', [...path, 'resources', index, 'resourceNames'], { verbs: rule.verbs?.join(', ') ?? '' })] : []
  )) : [];
}

/** `namespaces: [""]` means requests outside any namespace: of namespaced resources those are lists and watches across all. */
function findingsOfNoNamespace({ namespaces = [], resources = [], verbs = [] }: PolicyRule, path: Path): Finding[] {
  const isNoneOnly = namespaces.length > 0 && namespaces.every((namespace) => namespace === '');
  const entries = resources.flatMap((group) => group.resources?.length ? group.resources.map((pattern) => resourceNamed(group.group ?? '', pattern.split('/')[0] ?? '')) : [undefined]);
  const isSingle = verbs.length > 0 && verbs.every((verb) => ['get', 'create', 'update', 'patch', 'delete'].includes(verb));

  return isNoneOnly && isSingle && entries.length && entries.every((entry) => entry?.isNamespaced) ? [warning('noNamespace', [...path, 'namespaces'])] : [];
}

function findingsOfUrls({ nonResourceURLs = [] }: PolicyRule, path: Path): Finding[] {
  return nonResourceURLs.flatMap((url, index) => {
    const at = [...path, 'nonResourceURLs', index];

    if (/^\/api\/[^/*]+\/[^*]/.test(url) || /^\/apis\/[^/*]+\/[^/*]+\/[^*]/.test(url)) {
      return [warning('urlOfResource', at, { url })];
    }
    if (url.includes('?')) {
      return [warning('urlWithQuery', at, { url })];
    }

    return url.endsWith('/*') && url !== '/*' ? [note('urlBelow', at, { url, parent: url.slice(0, -2) })] : [];
  });
}
