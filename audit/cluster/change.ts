/**
 * What a plan would do, as data: it can be shown, printed, applied or reversed.
 */
import { blocks, type Finding } from '../policy/finding';
import type { RancherCluster } from './rancherCluster';

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

export const NO_CHANGE: Change = { findings: [], operations: [] };

/** The update of one cluster. */
export function updateOf(before: RancherCluster, after: RancherCluster): Change {
  return { findings: [], operations: [{ action: 'update', kind: 'Cluster', before, after }] };
}

/** A change that does nothing, because of at least one finding that blocks. */
export function refusal(findings: readonly Finding[]): Change {
  if (!blocks(findings)) {
    throw new RangeError('a refusal needs a finding that blocks');
  }

  return { findings, operations: [] };
}
