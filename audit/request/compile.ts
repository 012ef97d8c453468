/**
 * A policy made ready to decide many requests: faster than a scan of its rules, and the same answers as decide.ts gives.
 *
 * For each value that a rule may ask for there is the set of rules that a request with this value can still match: those that
 * name it and those that don't care. The rule that decides is the first one in all of a request's sets, after a look at what the
 * sets leave open (names, and resources within their group).
 */
import type { Policy } from '../policy/types';
import type { RequestAttributes } from './attributes';
import { decisionOf, type Decision } from './decide';
import { mismatchOf } from './mismatch';
import { apiGroupsOf, dimensionOf, firstPart, pathsOf, resourcesOf, setOf, setWhere, WORD, type Dimension } from './ruleSets';

export type CompiledPolicy = (request: RequestAttributes) => Decision;

/** Compiles a policy; the function that it gives takes a request and returns its decision. */
export function compilePolicy(policy: Policy): CompiledPolicy {
  const { rules } = policy;
  const words = Math.ceil(rules.length / WORD);
  const decisions = rules.map((_, index) => decisionOf(policy, index));
  const none = decisionOf(policy, undefined);
  const users = dimensionOf(rules, (rule) => rule.users);
  const userGroups = dimensionOf(rules, (rule) => rule.userGroups);
  const verbs = dimensionOf(rules, (rule) => rule.verbs);
  const namespaces = dimensionOf(rules, (rule) => rule.namespaces);
  const apiGroups = dimensionOf(rules, apiGroupsOf);
  const resources = dimensionOf(rules, resourcesOf);
  const paths = dimensionOf(rules, pathsOf);
  const ofResources = setWhere(rules, (rule) => Boolean(rule.namespaces?.length || rule.resources?.length) || !rule.nonResourceURLs?.length);
  const ofPaths = setWhere(rules, (rule) => !rule.namespaces?.length && !rule.resources?.length);

  return (request) => {
    const { user, groups, resourceRequest } = request;
    const byVerb = setOf(verbs, request.verb);
    const byUser = setOf(users, user);
    const byTarget = resourceRequest ? ofResources : ofPaths;
    const byNamespace = resourceRequest ? setOf(namespaces, request.namespace) : setOf(paths, request.path);
    const byGroup = resourceRequest ? setOf(apiGroups, request.apiGroup) : byTarget;
    const byResource = resourceRequest ? setOf(resources, firstPart(request.resource)) : byTarget;
    const memberships = user !== undefined && userGroups.sets.size ? groups : NO_GROUPS;

    for (let word = 0; word < words; word++) {
      let left = at(byVerb, word) & at(byUser, word) & at(byTarget, word) & at(byNamespace, word) & at(byGroup, word) & at(byResource, word);

      if (left && userGroups.sets.size) {
        left &= unionAt(userGroups, memberships, word);
      }
      for (; left; left &= left - 1) { // takes the lowest bit away
        const index = word * WORD + 31 - Math.clz32(left & -left);
        const [rule, decision] = [rules[index], decisions[index]];

        if (rule && decision && mismatchOf(rule, request) === undefined) {
          return decision;
        }
      }
    }

    return none;
  };
}

const NO_GROUPS: readonly string[] = [];

function at(set: Uint32Array, word: number): number {
  return set[word] ?? 0;
}

/** The rules that one of a user's groups leaves in play. */
function unionAt(dimension: Dimension, groups: readonly string[], word: number): number {
  return groups.reduce((union, group) => union | at(setOf(dimension, group), word), at(dimension.others, word));
}
