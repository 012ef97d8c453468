/**
 * Which rule of a policy decides a request.
 *
 * kube-apiserver takes the first rule that matches; with none the level is None.
 * Source: k8s.io/apiserver/pkg/audit/policy/checker.go
 */
import { LEVELS, type GroupResources, type Level, type Policy, type PolicyRule } from '../policy/types';
import type { RequestAttributes } from './attributes';

export interface Decision {
  readonly level: Level;
  /** Index into `policy.rules`; undefined when no rule matched. */
  readonly rule: number | undefined;
  /** Those of the policy and of the rule, each once; those of the policy as they are written when no rule matched. */
  readonly omitStages: readonly string[];
  readonly omitManagedFields: boolean;
}

/** What a policy says about a request, by a scan of its rules from the first to the last. */
export function decide(policy: Policy, request: RequestAttributes): Decision {
  const rule = policy.rules.findIndex((candidate) => matches(candidate, request));

  return decisionOf(policy, rule < 0 ? undefined : rule);
}

/** The decision of a rule, by its index, or of none. */
export function decisionOf(policy: Policy, index: number | undefined): Decision {
  const rule = index === undefined ? undefined : policy.rules[index];
  const omitStages = policy.omitStages ?? [];

  return {
    level:             LEVELS.find((level) => level === rule?.level) ?? 'None',
    rule:              index,
    omitStages:        rule ? [...new Set([...omitStages, ...rule.omitStages ?? []])] : omitStages,
    omitManagedFields: rule?.omitManagedFields ?? policy.omitManagedFields ?? false
  };
}

function matches(rule: PolicyRule, request: RequestAttributes): boolean {
  return allows(rule.users, (users) => request.user !== undefined && users.includes(request.user))
    && allows(rule.userGroups, (groups) => request.user !== undefined && request.groups.some((group) => groups.includes(group)))
    && allows(rule.verbs, (verbs) => verbs.includes(request.verb))
    && (rule.namespaces?.length || rule.resources?.length ? matchesResource(rule, request) : allows(rule.nonResourceURLs, (urls) => matchesPath(urls, request)));
}

function matchesResource(rule: PolicyRule, request: RequestAttributes): boolean {
  return request.resourceRequest
    && allows(rule.namespaces, (namespaces) => namespaces.includes(request.namespace))
    && allows(rule.resources, (groups) => groups.some((group) => matchesGroup(group, request)));
}

function matchesGroup({ group = '', resources, resourceNames }: GroupResources, { apiGroup, resource, subresource, name }: RequestAttributes): boolean {
  const combined = subresource ? `${ resource }/${ subresource }` : resource;

  return (group === apiGroup || group === '*') && allows(resources, (patterns) => allows(resourceNames, (names) => names.includes(name)) && patterns.some((pattern) => (
    pattern === combined || pattern === '*' || (subresource !== '' && pattern === `*/${ subresource }`) || pattern === `${ resource }/*`
  )));
}

function matchesPath(urls: readonly string[], { resourceRequest, path }: RequestAttributes): boolean {
  return !resourceRequest && urls.some((url) => url === '*' || url === path || (url.endsWith('*') && path.startsWith(url.replace(/\*+$/, ''))));
}

/** An empty list restricts nothing. */
function allows<Item>(list: readonly Item[] | undefined, test: (list: readonly Item[]) => boolean): boolean {
  return !list?.length || test(list);
}
