/**
 * The rule that "add rule" adds, and where.
 */
import type { Policy, PolicyRule } from './types';

export const NEW_RULE: PolicyRule = { level: 'Metadata' };

/**
 * Where a new rule can still match something: the first rule that matches decides, so that nothing after a rule without
 * any condition ever does.
 */
export function indexForNewRule({ rules }: Policy): number {
  const catchAll = rules.findIndex(matchesEverything);

  return catchAll < 0 ? rules.length : catchAll;
}

function matchesEverything({ users, userGroups, verbs, resources, namespaces, nonResourceURLs }: PolicyRule): boolean {
  return ![users, userGroups, verbs, resources, namespaces, nonResourceURLs].some((conditions) => conditions?.length);
}
