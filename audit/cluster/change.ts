/**
 * What a plan would do, as data: it can be shown, printed, applied or reversed.
 */
import { blocks, type Finding } from '../policy/finding';
import type { RancherCluster } from './settings';

/** One object's change; `before` and `after` share all that stays the same. */
export interface Operation {
  readonly action: 'update';
  readonly kind: 'Cluster';
  readonly before: RancherCluster;
  readonly after: RancherCluster;
}

export interface Change {
  readonly findings: readonly Finding[];
  /** In the order in which they must be applied; empty when nothing is to be done, or when a finding blocks. */
  readonly operations: readonly Operation[];
}

/** A change of one cluster, or none where both are the same object or a finding blocks. */
export function updateOf(before: RancherCluster, after: RancherCluster, findings: readonly Finding[] = []): Change {
  const nothing = before === after || blocks(findings);

  return { findings, operations: nothing ? [] : [{ action: 'update', kind: 'Cluster', before, after }] };
}
