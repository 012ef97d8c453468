/**
 * A rule that is about a request, to begin with from one that was tried or seen.
 *
 * Source of what a rule can match: k8s.io/apiserver/pkg/audit/policy/checker.go
 */
import type { Level, PolicyRule } from '../policy/types';
import type { RequestAttributes } from './attributes';

/** What the rule is to be narrow in, besides the verb and what is asked for. */
export interface Narrowness {
  /** About this user alone, or else about anybody. */
  readonly user: boolean;
  /** About this namespace alone. */
  readonly namespace: boolean;
  /** About the object of this name alone. */
  readonly name: boolean;
}

/** About what was done to things of this kind, by anybody and anywhere. */
export const ANYBODY_ANYWHERE: Narrowness = { user: false, namespace: false, name: false };

/** Whether a rule can be about a request: in one a `*` ends a path, and stands for whatever follows. */
export function canBeRule({ resourceRequest, path }: RequestAttributes): boolean {
  return resourceRequest || !path.includes('*');
}

/** A rule that matches the request, and others of its kind; undefined where there can be none. */
export function ruleForRequest(request: RequestAttributes, level: Level, narrow: Narrowness = ANYBODY_ANYWHERE): PolicyRule | undefined {
  const { user, verb, resourceRequest, apiGroup, resource, subresource, namespace, name, path } = request;

  return canBeRule(request) ? {
    level,
    ...narrow.user && user !== undefined ? { users: [user] } : {},
    ...verb ? { verbs: [verb] } : {},
    ...resourceRequest ? {
      resources: [{ group: apiGroup, ...resource ? { resources: [subresource ? `${ resource }/${ subresource }` : resource] } : {}, ...narrow.name && name && resource ? { resourceNames: [name] } : {} }],
      ...narrow.namespace ? { namespaces: [namespace] } : {}
    } : { nonResourceURLs: [path.startsWith('/') ? path : `/${ path }`] }
  } : undefined;
}
