/** A policy that can be picked, with its words. */
export interface Choice {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly policy: string;
  /** What comes with it, as text. */
  readonly expectations?: string;
}

/** Where a policy in place of the one that is there may come from. */
export type PolicyOrigin = 'cluster' | 'preset';
