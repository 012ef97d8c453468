/**
 * What a screen shows of an audit log, and how it changes it: the same in the host's form and in a dialog.
 */
import type { ComputedRef, Ref } from 'vue';

import type { Operation } from '../../audit/cluster/change';
import type { PlanOptions } from '../../audit/cluster/distribution';
import type { RancherCluster } from '../../audit/cluster/rancherCluster';
import type { Reading } from '../../audit/cluster/reading';
import type { RolloutStep } from '../../audit/cluster/rollout';
import type { AuditSettings, Delivery, WantedSettings } from '../../audit/cluster/settings';
import type { SourceRef, Sources } from '../../audit/cluster/sources';
import type { Finding } from '../../audit/policy/finding';
import type { SourceStore } from '../../rancher/sourceStore';
import type { PolicyExpectations } from './policyExpectations';
import type { PolicyInSight } from '../policy/usePolicyDocument';

/** One text in an object. */
export type SourcePlace = SourceRef & { readonly key: string };

export interface AuditLogView extends PolicyExpectations {
  /** What outlives the components that show this: by it they can keep what they need again. */
  readonly owner: object;
  /** The cluster as it will be. */
  readonly cluster: ComputedRef<RancherCluster>;
  /** The cluster as it is; undefined while it is being created. */
  readonly clusterAtOpening: ComputedRef<RancherCluster | undefined>;
  readonly reading: ComputedRef<Reading>;
  /** What is there now, with what is being typed. */
  readonly settings: ComputedRef<AuditSettings>;
  /** About the cluster's configuration, and about the last wish if it was refused. */
  readonly clusterFindings: ComputedRef<readonly Finding[]>;
  /** About the policy, lint among them as soon as it is there. */
  readonly policyFindings: ComputedRef<readonly Finding[]>;
  /** The policy that is there, in words and rules; undefined where there is none. */
  readonly document: ComputedRef<PolicyInSight | undefined>;
  /** Every delivery of the distribution, with the reason where it can't be used here. */
  readonly deliveries: ComputedRef<ReadonlyMap<Delivery, Finding | undefined>>;
  /** The delivery for turning on; undefined where nothing can be turned on. */
  readonly delivery: ComputedRef<Delivery | undefined>;
  /** What was there at first; undefined on create. */
  readonly settingsAtOpening: ComputedRef<AuditSettings | undefined>;
  /** Whether the audit log would be changed. */
  readonly isChanged: ComputedRef<boolean>;
  /** What would be written, the cluster's other changes left out. */
  readonly operations: ComputedRef<readonly Operation[]>;
  /** The machines that would restart. */
  readonly rollout: ComputedRef<readonly RolloutStep[]>;
  /** The objects that files come from, as they would be. */
  readonly sources: ComputedRef<Sources>;
  /** Whether the object in use is edited itself, where each edit makes a new one otherwise. */
  readonly isInPlace: ComputedRef<boolean>;
  /** Whether a source that is for no other cluster is deleted where the policy leaves it. */
  readonly deleteSource: Ref<boolean>;
  /** The objects on the server. */
  readonly store: Pick<SourceStore, 'list' | 'load' | 'reload' | 'onServer' | 'apply'>;
  /** The cluster as the server has it by now; rejects where it can't be read. */
  clusterNow(): Promise<RancherCluster>;
  /** Asks for settings; the policy stays where it is kept, unless the options say otherwise. A long policy takes effect when the user pauses. */
  want(settings: WantedSettings, options?: PlanOptions): void;
  /** Lets what was typed take effect, and reads it, for what depends on it. */
  commit(): void;
  /** What there is to say of keeping a policy in an object that is there. */
  findingsOfAdopting(place: SourcePlace, policy: string): readonly Finding[];
}
