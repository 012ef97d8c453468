/**
 * What a plan would do, as data: it can be shown, printed, applied or reversed.
 */
import type { Finding } from '../policy/finding';
import type { RancherCluster } from './rancherCluster';
import type { SourceKind, SourceObject } from './sources';

interface Named {
  readonly namespace: string;
  readonly name: string;
}

/** One object's change; `before` and `after` share all that stays the same. */
export type Operation =
  | Named & { readonly action: 'update'; readonly kind: 'Cluster'; readonly before: RancherCluster; readonly after: RancherCluster }
  | Named & { readonly action: 'create'; readonly kind: SourceKind; readonly before: null; readonly after: SourceObject }
  | Named & { readonly action: 'update'; readonly kind: SourceKind; readonly before: SourceObject; readonly after: SourceObject }
  | Named & { readonly action: 'delete'; readonly kind: SourceKind; readonly before: SourceObject; readonly after: null };

export interface Change {
  readonly findings: readonly Finding[];
  /** In the order in which they must be applied; empty when nothing is to be done, or when a finding blocks. */
  readonly operations: readonly Operation[];
}
