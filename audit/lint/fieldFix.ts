/**
 * The edit that makes an unknown field the one that was meant: never where it may have been meant otherwise, nor where kube-apiserver would
 * then refuse the policy.
 */
import { isFree } from '../policy/fieldEdit';
import { lastField, type Finding, type Path } from '../policy/finding';
import { minorVersion } from '../policy/kubernetesVersion';
import type { PolicyEdit } from '../policy/policyEdit';
import type { Policy } from '../policy/types';
import { findingsOfPolicy } from '../policy/validate';
import { valueAt, withValueAt } from '../policy/valueAt';
import { fieldMeant, type MeantField } from './fields';

type Type = 'string' | 'boolean' | 'strings' | 'groups';

/** The fields that another one can become, and what they hold. */
const TYPES: ReadonlyMap<string, Type> = new Map<string, Type>([
  ['level', 'string'], ['group', 'string'], ['omitManagedFields', 'boolean'],
  ...['users', 'userGroups', 'verbs', 'resources', 'resourceNames', 'namespaces', 'nonResourceURLs', 'omitStages'].map((field): [string, Type] => [field, 'strings'])
]);
/** Where a group belongs, one without a name is the core group. */
const IS_VERSION = /^v\d/;
/** Names, in lower case, whose values mean something else than those of the fields that they stand for: the stages to record, versions, names without a prefix, methods of HTTP. */
const OTHERWISE = ['stages', 'apiversions', 'serviceaccounts', 'methods', 'operations'];

/** What mends a finding about an unknown field; undefined where that is for the user to decide. */
export function fieldFix(policy: Policy, { at: { path: from }, params }: Finding): PolicyEdit | undefined {
  const meant = OTHERWISE.includes(lastField(from).toLowerCase()) ? undefined : fieldMeant(from);
  const to = meant && placeOf(policy, from, meant);
  const type = meant && (meant.home === 'rule' && meant.field === 'resources' ? 'groups' : TYPES.get(meant.field));
  const value = type && typeof params['value'] === 'string' ? valueFor(type, JSON.parse(params['value'])) : undefined;

  return to && value !== undefined && (isFree(valueAt(policy, to)) || meant.field === 'level' && valueAt(policy, to) === '') && isAccepted(policy, to, value) ? { type: 'field', from, to, value } : undefined;
}

/** Where a field belongs; undefined where that may be more than one place. */
function placeOf(policy: Policy, from: Path, { home, field, isElsewhere }: MeantField): Path | undefined {
  const [rules, index] = from;

  if (!isElsewhere) {
    return [...from.slice(0, -1), field];
  }
  // A group that stands in a rule may be one of users.
  if (rules === undefined || typeof index !== 'number' || home === 'policy' || field === 'group' || policy.rules[index]?.resources?.length !== 1) {
    return undefined;
  }

  return home === 'rule' ? [rules, index, field] : [rules, index, 'resources', 0, field];
}

/** A value as a field of the type takes it; undefined where it can't be. */
function valueFor(type: Type, value: unknown): unknown {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];

  switch (type) {
    case 'string': return list.length === 1 && isWord(list[0]) && !IS_VERSION.test(list[0]) ? list[0] : undefined;
    case 'boolean': return typeof value === 'boolean' ? value : undefined;
    case 'strings': return list.every(isWord) ? list : undefined;
    case 'groups': return list.every(isGroup) ? list : undefined;
  }
}

/** What can be one name: `get, list` is none, though it is a string. */
function isWord(item: unknown): item is string {
  return typeof item === 'string' && !/[\s,]/.test(item);
}

function isGroup(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.entries(value).every(([field, held]) => field === 'group' ? isWord(held) : !TYPES.has(field) || (Array.isArray(held) && held.every(isWord)));
}

/** Whether kube-apiserver has nothing against a value that it had nothing against before. */
function isAccepted(policy: Policy, to: Path, value: unknown): boolean {
  const [, index, ...inRule] = to;
  const rule = typeof index === 'number' ? policy.rules[index] : undefined;
  const [before, place]: [Policy, Path] = rule ? [{ rules: [rule] }, ['rules', 0, ...inRule]] : [{ ...policy, rules: [] }, to];
  const known = new Set(messagesOf(before));

  return messagesOf(withValueAt(before, place, value)).every((message) => known.has(message));
}

function messagesOf(policy: Policy): string[] {
  return findingsOfPolicy(policy, minorVersion(undefined)).map(({ at, params }) => JSON.stringify([at.path, params]));
}
