/**
 * Whether one rule matches everything that another matches: reasoning over sets, not over text.
 *
 * Source: the conditions of k8s.io/apiserver/pkg/audit/policy/checker.go.
 */
import type { GroupResources, PolicyRule } from '../policy/types';
import { matchesPath } from '../request/mismatch';

/** True only where every request that `inner` matches is matched by `outer` too. */
export function covers(outer: PolicyRule, inner: PolicyRule): boolean {
  return coversList(outer.users, inner.users) && coversList(outer.userGroups, inner.userGroups) && coversList(outer.verbs, inner.verbs) && coversTarget(outer, inner);
}

/** Whether a rule speaks of resources: it then never matches a path. */
export function isForResources({ namespaces, resources }: PolicyRule): boolean {
  return Boolean(namespaces?.length || resources?.length);
}

/** Whether a rule speaks of paths alone. */
export function isForPaths(rule: PolicyRule): boolean {
  return !isForResources(rule) && Boolean(rule.nonResourceURLs?.length);
}

function coversTarget(outer: PolicyRule, inner: PolicyRule): boolean {
  if (isForResources(outer)) {
    return isForResources(inner) && coversList(outer.namespaces, inner.namespaces) && coversResources(outer.resources, inner.resources);
  }
  const urls = outer.nonResourceURLs ?? [];

  return !urls.length || (isForPaths(inner) && (inner.nonResourceURLs ?? []).every((url) => urls.some((wider) => coversUrl(wider, url))));
}

function coversResources(outer: readonly GroupResources[] = [], inner: readonly GroupResources[] = []): boolean {
  return !outer.length || (inner.length > 0 && inner.every((group) => patternsOf(group).every((pattern) => outer.some((wider) => coversPattern(wider, group, pattern)))));
}

/** The patterns of a group; one that stands for all where it has none. */
function patternsOf({ resources }: GroupResources): readonly string[] {
  return resources?.length ? resources : ['*'];
}

function coversPattern(outer: GroupResources, inner: GroupResources, pattern: string): boolean {
  const isSameGroup = outer.group === '*' || (outer.group ?? '') === (inner.group ?? '');
  const names = outer.resources?.length ? outer.resourceNames : [];

  return isSameGroup && coversList(names, inner.resources?.length ? inner.resourceNames : []) && patternsOf(outer).some((wider) => isWider(wider, pattern));
}

function isWider(outer: string, inner: string): boolean {
  const [resource = '', subresource] = inner.split('/');
  const isPlain = subresource === undefined && inner !== '*';

  return outer === '*' || outer === inner
    || (resource !== '*' && outer === `${ resource }/*` && (isPlain || (subresource !== '*' && inner.split('/').length === 2)))
    || (subresource !== undefined && subresource !== '' && subresource !== '*' && resource !== '*' && inner.split('/').length === 2 && outer === `*/${ subresource }`);
}

function coversUrl(outer: string, inner: string): boolean {
  return inner.endsWith('*') ? outer === '*' || (outer.endsWith('*') && inner.replace(/\*+$/, '').startsWith(outer.replace(/\*+$/, ''))) : matchesPath(outer, inner);
}

/** An empty list takes anything. */
function coversList(outer: readonly string[] | undefined, inner: readonly string[] | undefined): boolean {
  return !outer?.length || Boolean(inner?.length && inner.every((item) => outer.includes(item)));
}
