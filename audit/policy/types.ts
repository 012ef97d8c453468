/**
 * The audit.k8s.io/v1 Policy, as kube-apiserver holds it.
 *
 * Source: k8s.io/apiserver/pkg/apis/audit/v1/types.go
 */

export const API_VERSION = 'audit.k8s.io/v1';
export const KIND = 'Policy';

/** From least to most recorded. */
export const LEVELS = ['None', 'Metadata', 'Request', 'RequestResponse'] as const;
export type Level = typeof LEVELS[number];

export const STAGES = ['RequestReceived', 'ResponseStarted', 'ResponseComplete', 'Panic'] as const;
export type Stage = typeof STAGES[number];

/** Resources of one API group; an absent or empty list restricts nothing. */
export interface GroupResources {
  /** '' is the core group. */
  readonly group?: string;
  readonly resources?: readonly string[];
  readonly resourceNames?: readonly string[];
}

/**
 * One rule; an absent or empty field restricts nothing. `level` and `omitStages` are the strings that the text
 * holds: a policy with an unknown level can still be shown and mended.
 */
export interface PolicyRule {
  readonly level: string;
  readonly users?: readonly string[];
  readonly userGroups?: readonly string[];
  readonly verbs?: readonly string[];
  readonly resources?: readonly GroupResources[];
  readonly namespaces?: readonly string[];
  readonly nonResourceURLs?: readonly string[];
  readonly omitStages?: readonly string[];
  readonly omitManagedFields?: boolean;
}

export interface Policy {
  readonly omitStages?: readonly string[];
  readonly omitManagedFields?: boolean;
  readonly rules: readonly PolicyRule[];
}

/** The fields of a rule that hold a list of strings, in the order in which we write them. */
export const RULE_LISTS = ['users', 'userGroups', 'verbs', 'namespaces', 'nonResourceURLs', 'omitStages'] as const;
export type RuleList = typeof RULE_LISTS[number];
