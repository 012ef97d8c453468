/**
 * A cluster that is being created: its audit log follows the name and the runtime that the user gives it last.
 */
import { watch, type ComputedRef } from 'vue';

import type { Operation } from '../../audit/cluster/change';
import { distributionOf, draftAuditSettings, readAuditSettings } from '../../audit/cluster/distributions';
import { nameOf, type RancherCluster } from '../../audit/cluster/rancherCluster';
import type { Reading } from '../../audit/cluster/reading';
import { switchOf } from '../../audit/cluster/runtimeSwitch';
import type { AuditSettings } from '../../audit/cluster/settings';
import { isNamedFor, isNameFor, type SourceKind, type Sources } from '../../audit/cluster/sources';
import type { Finding } from '../../audit/policy/finding';
import { withValueAt } from '../../audit/policy/valueAt';
import type { FormDrafts } from '../../rancher/formDrafts';
import { keyOf } from '../../rancher/sourceStore';

interface NewCluster {
  readonly cluster: ComputedRef<RancherCluster>;
  readonly sources: ComputedRef<Sources>;
  readonly reading: ComputedRef<Reading>;
  readonly settings: ComputedRef<AuditSettings>;
  readonly drafts: FormDrafts;
  mayCreate(kind: SourceKind): boolean;
  take(operations: readonly Operation[], findings: readonly Finding[]): void;
}

/** Call it in `setup`; what it gives does at once what else waits for the page to be drawn again. */
export function useNewCluster({ cluster, sources, reading, settings, drafts, mayCreate, take }: NewCluster): () => void {
  /** The last version that was of a distribution: the host has none for a moment while it loads. */
  let known = cluster.value.spec?.kubernetesVersion;

  watch(() => nameOf(cluster.value), followName);
  watch(() => cluster.value.spec?.kubernetesVersion, followVersion);

  return () => {
    followVersion();
    followName();
  };

  /** A source of ours is named after the cluster, also where one of an earlier name was written in vain. */
  function followName(): void {
    const { source } = reading.value;
    const now = settings.value;
    // All but the cluster's name follows from the text.
    const isOurs = now.state === 'on' && source !== undefined && isNameFor(now.policy, source.name) && !drafts.adopted.has(keyOf(source));

    if (now.state === 'on' && source && isOurs && !isNamedFor(nameOf(cluster.value), source.name)) {
      const others: Sources = (ref) => keyOf(ref) === keyOf(source) ? 'notFound' : sources.value(ref);

      take(draftAuditSettings(cluster.value, others, now).operations, []);
    }
  }

  function followVersion(): void {
    const from = known;

    if (!distributionOf(cluster.value) || from === undefined) {
      known = distributionOf(cluster.value) ? cluster.value.spec?.kubernetesVersion : known;

      return;
    }
    known = cluster.value.spec?.kubernetesVersion;
    const { source } = reading.value;
    const change = isOurs(from) ? switchOf({ cluster: cluster.value, from, sources: sources.value, parked: drafts.parked, mayCreate, options: source && drafts.adopted.has(keyOf(source)) ? { adopt: source } : {} }) : undefined;

    if (change) {
      drafts.parked = change.parked;
      take(change.operations, change.findings);
      drafts.wanted = settings.value.state === 'on' ? settings.value : { state: 'off' };
    }
  }

  /** Whether the audit log is as the user set it up here: what came by another way is theirs to change. */
  function isOurs(from: string): boolean {
    const { settings: now } = readAuditSettings(withValueAt(cluster.value, ['spec', 'kubernetesVersion'], from), sources.value);
    const { wanted } = drafts;

    return now.state === 'on' ? wanted?.state === 'on' && wanted.policy === now.policy && wanted.delivery === now.delivery : now.state === 'off' && wanted?.state === 'off';
  }
}
