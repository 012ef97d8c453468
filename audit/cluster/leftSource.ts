/**
 * The object that a change leaves without a cluster that may use it: it can be deleted, or stay as the way back.
 */
import type { Operation } from './change';
import { authorizedClusters, type SourceObject } from './sources';

/** The object, as it is now; undefined where there is none, or where others may still use it. */
export function leftSourceOf(operations: readonly Operation[]): SourceObject | undefined {
  for (const { kind, before, after } of operations) {
    if (kind !== 'Cluster' && before && (after === null || authorizedClusters(after).length === 0)) {
      return before;
    }
  }

  return undefined;
}
