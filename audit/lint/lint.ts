/**
 * What a legal policy gets wrong, found by evaluating it and by what Kubernetes serves.
 *
 * A new check is one file and one line in the table.
 */
import type { Finding } from '../policy/finding';
import { minorVersion } from '../policy/kubernetesVersion';
import type { Policy } from '../policy/types';
import { compilePolicy, type CompiledPolicy } from '../request/compile';
import { findingsOfFields } from './fields';
import { findingsOfFlood } from './flood';
import { findingsOfIdentities } from './identities';
import { findingsOfPlaces } from './places';
import { findingsOfRancherTraffic } from './rancherTraffic';
import { findingsOfReach, unreachableRules } from './reach';
import { findingsOfResources } from './resources';
import { findingsOfSecrets } from './secrets';
import { findingsOfUrls } from './urls';
import { findingsOfVerbs } from './verbs';
import { findingsOfWhole } from './whole';
import { findingsOfWildcards } from './wildcards';

/** Of one check; more than anyone reads. */
const MAX_FINDINGS = 100;

/** What a check looks at. */
export interface Linted {
  readonly policy: Policy;
  readonly decide: CompiledPolicy;
  /** Minor version of Kubernetes. */
  readonly minor: number;
  /** What reading the text has found: unknown fields are among it. */
  readonly findings: readonly Finding[];
  /** Rules that can't decide anything, by their index, each with the earlier rules that take its requests. */
  readonly unreachable: ReadonlyMap<number, readonly number[]>;
}

const CHECKS: readonly ((linted: Linted) => Finding[])[] = [
  findingsOfReach, findingsOfWhole, findingsOfSecrets, findingsOfResources, findingsOfVerbs, findingsOfPlaces, findingsOfUrls, findingsOfWildcards, findingsOfIdentities, findingsOfRancherTraffic, findingsOfFields,
  findingsOfFlood
];

/**
 * Findings about a policy that kube-apiserver accepts; none of them blocks. `findings` are those that reading its text gave: what
 * they say of unknown fields is explained.
 */
export function findingsOfLint(policy: Policy, findings: readonly Finding[] = [], kubernetesVersion?: string): Finding[] {
  const linted = { policy, findings, unreachable: unreachableRules(policy), minor: minorVersion(kubernetesVersion), decide: compilePolicy(policy) };

  // Of unknown fields reading has left out what is too much.
  return CHECKS.flatMap((check) => check === findingsOfFields ? check(linted) : firstOf(check(linted)));
}

/** The first findings of a check and, where there are more, one that counts the others. */
function firstOf(findings: readonly Finding[]): readonly Finding[] {
  const count = findings.length - MAX_FINDINGS;

  return count > 0 ? [...findings.slice(0, MAX_FINDINGS), { code: 'policy.moreFindings', severity: 'warn', at: { object: 'policy', path: [] }, params: { count } }] : findings;
}
