/**
 * What a legal policy gets wrong, found by evaluating it and by what Kubernetes serves.
 *
 * A new check is one file and one line in the table.
 */
import type { Finding } from '../policy/finding';
import { minorVersion } from '../policy/kubernetesVersion';
import type { Policy } from '../policy/types';
import { compilePolicy, type CompiledPolicy } from '../request/compile';
import { findingsOfConditions } from './conditions';
import { findingsOfFields } from './fields';
import { findingsOfFlood } from './flood';
import { findingsOfIdentities } from './identities';
import { findingsOfReach } from './reach';
import { findingsOfResources } from './resources';
import { findingsOfSecrets } from './secrets';
import { findingsOfWhole } from './whole';

/** What a check looks at. */
export interface Linted {
  readonly policy: Policy;
  readonly decide: CompiledPolicy;
  /** Minor version of Kubernetes. */
  readonly minor: number;
  /** What reading the text has found: unknown fields are among it. */
  readonly findings: readonly Finding[];
  /** Rules that can't decide anything, by their index. */
  readonly unreachable: ReadonlySet<number>;
}

const CHECKS: readonly ((linted: Linted) => Finding[])[] = [
  findingsOfWhole, findingsOfSecrets, findingsOfResources, findingsOfConditions, findingsOfIdentities, findingsOfFields, findingsOfFlood
];

/**
 * Findings about a policy that kube-apiserver accepts; none of them blocks. `findings` are those that reading its text gave: what
 * they say of unknown fields is explained.
 */
export function findingsOfLint(policy: Policy, findings: readonly Finding[] = [], kubernetesVersion?: string): Finding[] {
  const reach = findingsOfReach(policy);
  const unreachable = new Set(reach.map(({ at }) => Number(at.path[1])));
  const linted = { policy, findings, unreachable, minor: minorVersion(kubernetesVersion), decide: compilePolicy(policy) };

  return [...reach, ...CHECKS.flatMap((check) => check(linted))];
}
