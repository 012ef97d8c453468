/** What a check for hazards gets and gives. */
import type { Finding } from '../policy/finding';
import type { CaprTraits } from './caprTraits';
import type { Situation } from './distribution';

export interface Configured extends Situation {
  readonly distribution: CaprTraits;
}

/** One hazard: its findings, none where it isn't there. */
export type Check = (configured: Configured) => readonly Finding[];
/** One that looks at nothing that only RKE2 and K3s have. */
export type CommonCheck = (situation: Situation) => readonly Finding[];
