/** What a check for hazards gets and gives. */
import type { Finding } from '../policy/finding';
import type { Distribution } from './distribution';
import type { RancherCluster } from './rancherCluster';
import type { Reading } from './reading';
import type { Sources } from './sources';

export interface Configured {
  readonly distribution: Distribution;
  readonly cluster: RancherCluster;
  readonly sources: Sources;
  readonly reading: Reading;
}

/** One hazard: its findings, none where it isn't there. */
export type Check = (configured: Configured) => readonly Finding[];
