/**
 * What every Kubernetes distribution answers to the pipeline: how a cluster of its kind is read, and how it is changed.
 */
import type { Finding } from '../policy/finding';
import type { Operation } from './change';
import type { RancherCluster } from './rancherCluster';
import type { Reading } from './reading';
import type { AuditOptions, Delivery, WantedSettings } from './settings';
import type { SourceRef, Sources } from './sources';

/** How a plan treats objects that the user did not make with us. */
export interface PlanOptions {
  /** An object that the user chose to keep the policy in; it is edited in place. */
  readonly adopt?: SourceRef & { readonly key: string };
  /** An object that holds the policy already, and which the user may not read: the cluster is pointed to it, and it stays as it is. */
  readonly pointTo?: SourceRef & { readonly key: string };
  /** Where the policy was when the user began: it is taken again where it holds what is wanted, as after an undo. */
  readonly former?: (SourceRef & { readonly key: string }) | undefined;
  /** How many names for a new source were taken already, by objects that the user may not read. */
  readonly attempt?: number;
  /** The policy's file on the nodes; where it is now, or the usual place, unless one is named. */
  readonly policyPath?: string;
  /** Whether a source that no other cluster may use is deleted when the policy leaves it. */
  readonly deleteSource?: boolean;
  /** Whether the cluster keeps what was before, to bring it back. */
  readonly remember?: boolean;
}

/** What a plan needs to know. */
export interface Situation {
  readonly cluster: RancherCluster;
  readonly sources: Sources;
  readonly reading: Reading;
}

export interface Draft {
  readonly operations: readonly Operation[];
  /** About the plan itself; what the result does wrong is for others to say. */
  readonly findings: readonly Finding[];
}

export interface Distribution {
  readonly id: 'rke2' | 'k3s' | 'rke1';
  /** The name that its makers write. */
  readonly name: string;
  /** The ways to deliver a policy that can work on it, the recommended one first. */
  readonly deliveries: readonly Delivery[];
  /** Whether a cluster is of its kind. */
  isOf(cluster: RancherCluster): boolean;
  /** What the cluster asks for now, but for the hazards. */
  read(cluster: RancherCluster, sources: Sources): Reading;
  /** What would stop a kube-apiserver, the log, or Rancher itself. */
  hazards(situation: Situation): readonly Finding[];
  /** Why a delivery can't be used on the cluster; undefined where it can. */
  refusal(cluster: RancherCluster, delivery: Delivery): Finding | undefined;
  /** The audit flags that a plan writes where none are given. */
  optionsFor(situation: Situation, delivery: Delivery): AuditOptions;
  /** The operations that bring about what is wanted. */
  draft(situation: Situation, wanted: WantedSettings, options: PlanOptions): Draft;
}
