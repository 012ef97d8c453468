/**
 * Whether a rule matches a request, and if not, why.
 *
 * Source: k8s.io/apiserver/pkg/audit/policy/checker.go (ruleMatches). The order of the conditions is its own.
 */
import type { GroupResources, PolicyRule } from '../policy/types';
import type { RequestAttributes } from './attributes';

/** The first condition of a rule that a request does not meet. */
export type Mismatch =
  | { readonly condition: 'users'; readonly wanted: readonly string[]; readonly got: string | null }
  | { readonly condition: 'userGroups'; readonly wanted: readonly string[]; readonly got: readonly string[] | null }
  | { readonly condition: 'verbs' | 'namespaces'; readonly wanted: readonly string[]; readonly got: string }
  | { readonly condition: 'resources'; readonly wanted: readonly GroupResources[]; readonly got: ResourceOfRequest; readonly nearest: NearMiss }
  /** A rule for URLs and a request for a resource, or the other way round. */
  | { readonly condition: 'nonResourceURLs'; readonly wanted: readonly string[]; readonly got: string | ResourceOfRequest }
  | { readonly condition: 'resourceRequest'; readonly wanted: boolean; readonly got: string };

export interface ResourceOfRequest {
  readonly apiGroup: string;
  readonly resource: string;
  readonly subresource: string;
  readonly name: string;
}

/** What fails in the group of resources that comes nearest. */
export type NearMiss = 'group' | 'resources' | 'resourceNames';

/** Undefined when the rule matches. */
export function mismatchOf(rule: PolicyRule, request: RequestAttributes): Mismatch | undefined {
  const { user, groups, verb, namespace, resourceRequest, path } = request;

  if (!allows(rule.users, (users) => user !== undefined && users.includes(user))) {
    return { condition: 'users', wanted: rule.users ?? [], got: user ?? null };
  }
  if (!allows(rule.userGroups, (userGroups) => user !== undefined && groups.some((group) => userGroups.includes(group)))) {
    return { condition: 'userGroups', wanted: rule.userGroups ?? [], got: user === undefined ? null : groups };
  }
  if (!allows(rule.verbs, (verbs) => verbs.includes(verb))) {
    return { condition: 'verbs', wanted: rule.verbs ?? [], got: verb };
  }
  if (rule.namespaces?.length || rule.resources?.length) {
    if (!resourceRequest) {
      return { condition: 'resourceRequest', wanted: true, got: path };
    }
    if (!allows(rule.namespaces, (namespaces) => namespaces.includes(namespace))) {
      return { condition: 'namespaces', wanted: rule.namespaces ?? [], got: namespace };
    }

    return allows(rule.resources, (wanted) => wanted.some((group) => missIn(group, request) === undefined)) ? undefined
      : { condition: 'resources', wanted: rule.resources ?? [], got: resourceOf(request), nearest: nearestMiss(rule.resources ?? [], request) };
  }

  return allows(rule.nonResourceURLs, (urls) => !resourceRequest && urls.some((url) => matchesPath(url, path))) ? undefined
    : { condition: 'nonResourceURLs', wanted: rule.nonResourceURLs ?? [], got: resourceRequest ? resourceOf(request) : path };
}

/** Whether a URL of a rule covers a path: itself, or what starts with it where it ends with `*`. */
export function matchesPath(url: string, path: string): boolean {
  return url === '*' || url === path || (url.endsWith('*') && path.startsWith(url.replace(/\*+$/, '')));
}

/** Whether an entry of a rule's `resources` covers a resource: `*`, `pods`, `pods/log`, `pods/*` (which covers `pods` too) or `*\/log`. */
export function matchesResource(pattern: string, resource: string, subresource: string): boolean {
  return pattern === (subresource ? `${ resource }/${ subresource }` : resource) || pattern === '*'
    || (subresource !== '' && pattern === `*/${ subresource }`) || pattern === `${ resource }/*`;
}

function missIn({ group = '', resources, resourceNames }: GroupResources, { apiGroup, resource, subresource, name }: RequestAttributes): NearMiss | undefined {
  if (group !== apiGroup && group !== '*') {
    return 'group';
  }
  if (!allows(resources, (patterns) => patterns.some((pattern) => matchesResource(pattern, resource, subresource)))) {
    return 'resources';
  }

  return !resources?.length || allows(resourceNames, (names) => names.includes(name)) ? undefined : 'resourceNames';
}

function nearestMiss(groups: readonly GroupResources[], request: RequestAttributes): NearMiss {
  const misses = groups.map((group) => missIn(group, request));

  return misses.includes('resourceNames') ? 'resourceNames' : misses.includes('resources') ? 'resources' : 'group';
}

function resourceOf({ apiGroup, resource, subresource, name }: RequestAttributes): ResourceOfRequest {
  return { apiGroup, resource, subresource, name };
}

/** An empty list restricts nothing. */
function allows<Item>(list: readonly Item[] | undefined, test: (list: readonly Item[]) => boolean): boolean {
  return !list?.length || test(list);
}
