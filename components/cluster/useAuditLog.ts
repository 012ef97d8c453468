/**
 * The pipeline of the tab: what the form's cluster has now, and how a wish of the user gets into it.
 *
 * Everything is derived from the host's live model and the drafts that belong to it, so that what the user did is still there when
 * the host mounts the tab again.
 */
import { computed, ref, toRaw, watch, type ComputedRef } from 'vue';

import type { Operation } from '../../audit/cluster/change';
import { clusterAfter, deliveriesOf, draftAuditSettings, findingsOfPolicy, neededSources, readAuditSettings } from '../../audit/cluster/distributions';
import { sourceKindOf } from '../../audit/cluster/planning';
import { nameOf, type RancherCluster } from '../../audit/cluster/rancherCluster';
import type { Reading } from '../../audit/cluster/reading';
import { isSameSettings, type AuditSettings, type Delivery, type WantedSettings } from '../../audit/cluster/settings';
import type { Sources } from '../../audit/cluster/sources';
import { readPolicyDocument, type PolicyDocument } from '../../audit/policy/document';
import { blocks, type Finding } from '../../audit/policy/finding';
import { applyToForm } from '../../rancher/applyToForm';
import type { HostForm } from '../../rancher/hostForm';
import { draftsOf, keyOf, withDrafts, type SourceOperation, type SourceStore } from '../../rancher/sourceStore';

/** What a screen shows of an audit log, and how it changes it. */
export interface AuditLogView {
  readonly reading: ComputedRef<Reading>;
  readonly settings: ComputedRef<AuditSettings>;
  /** About the cluster's configuration, and about the last wish if it was refused. */
  readonly clusterFindings: ComputedRef<readonly Finding[]>;
  /** The policy that is there, in words and rules; undefined where there is none. */
  readonly document: ComputedRef<PolicyDocument | undefined>;
  /** Every delivery of the distribution, with the reason where it can't be used here. */
  readonly deliveries: ComputedRef<ReadonlyMap<Delivery, Finding | undefined>>;
  /** The delivery for turning on; undefined where nothing can be turned on. */
  readonly delivery: ComputedRef<Delivery | undefined>;
  /** What the form opened with; undefined on create. */
  readonly settingsAtOpening: ComputedRef<AuditSettings | undefined>;
  /** Whether a save would change the audit log. */
  readonly isChanged: ComputedRef<boolean>;
  /** What a save would do, the cluster's other changes left out. */
  readonly operations: ComputedRef<readonly Operation[]>;
  /** The objects that files come from, as a save would leave them. */
  readonly sources: ComputedRef<Sources>;
  want(settings: WantedSettings): void;
}

export interface AuditLog extends AuditLogView {
  /** What must stop a save: nothing, unless the user changed the audit log. */
  blockingFindings(): readonly Finding[];
  /**
   * Brings what the user wanted back into a form that the host has merged with someone else's change; false where that is not possible.
   * Call it first in each save.
   */
  settleMerge(): boolean;
  /** Writes what has to be there before the cluster is saved; rejects where that fails, and may be called again. */
  writeSources(): Promise<void>;
  /** Does what has to wait until the cluster is saved. */
  finish(): Promise<void>;
}

const OFF = { state: 'off' } as const;

/** The audit log of the cluster in a form. */
export function useAuditLog(model: () => RancherCluster, form: Pick<HostForm, 'clusterAtOpening'>, store: SourceStore): AuditLog {
  const refused = ref<readonly Finding[]>([]);
  const drafts = draftsOf(toRaw(model()));
  /** What the form was to save last, and of which state of the server. */
  let asked: { readonly settings: AuditSettings; readonly revision: string | undefined } | undefined;
  const cluster = (): RancherCluster => ({ metadata: model().metadata, spec: model().spec, status: model().status });
  const sources = computed(() => withDrafts(store.onServer, drafts, nameOf(model())));

  const reading = computed(() => readAuditSettings(cluster(), sources.value));
  const settings = computed(() => reading.value.settings);
  const document = computed(() => {
    const now = settings.value;
    const text = now.state === 'on' ? now.policy : now.state === 'unreadable' ? now.text : undefined;

    return text === undefined ? undefined : readPolicyDocument(text, model().spec?.kubernetesVersion);
  });
  const settingsAtOpening = computed(() => {
    const opened = form.clusterAtOpening();

    return opened && readAuditSettings(opened, store.onServer).settings;
  });
  const isChanged = computed(() => !isSameSettings(settings.value, settingsAtOpening.value ?? OFF));
  const deliveries = computed(() => new Map([...deliveriesOf(cluster())].map(([delivery, reason]) => [delivery, reason ?? permissionFinding(delivery)])));
  const operations = computed(() => operationsFrom(form.clusterAtOpening() ?? clusterWithout(cluster())));

  watch(() => [...neededSources(cluster()), ...neededSources(form.clusterAtOpening() ?? {})], (refs) => store.load(refs.filter((source) => !drafts.has(keyOf(source)))), { immediate: true });

  function permissionFinding(delivery: Delivery): Finding | undefined {
    const kind = sourceKindOf(delivery);

    return kind && !store.mayCreate(kind) ? { code: 'source.mayNotCreate', severity: 'block', at: { object: 'source', path: [] }, params: { kind } } : undefined;
  }

  /** The cluster that is being created, before auditing was turned on in it. */
  function clusterWithout(current: RancherCluster): RancherCluster {
    return clusterAfter(current, draftAuditSettings(current, sources.value, OFF).operations);
  }

  function operationsFrom(before: RancherCluster): readonly Operation[] {
    const now = settings.value;

    return isChanged.value && (now.state === 'on' || now.state === 'off') ? draftAuditSettings(before, store.onServer, now).operations : [];
  }

  return {
    reading,
    settings,
    document,
    settingsAtOpening,
    isChanged,
    deliveries,
    operations,
    sources,
    clusterFindings: computed(() => [...reading.value.findings, ...refused.value]),
    delivery:        computed(() => [...deliveries.value].find(([, reason]) => !reason)?.[0]),

    blockingFindings() {
      const now = settings.value;
      const findings = isChanged.value && now.state === 'on' ? [...reading.value.findings, ...findingsOfPolicy(now.policy, model().spec?.kubernetesVersion)] : [];

      return blocks(findings) ? findings : [];
    },

    want(wanted) {
      const draft = draftAuditSettings(cluster(), sources.value, wanted);

      refused.value = blocks(draft.findings) ? draft.findings : [];
      for (const operation of draft.operations) {
        if (operation.action === 'create' && wanted.state === 'on') {
          drafts.set(keyOf(operation), wanted.policy);
        }
      }
      applyToForm(draft, model());
      const needed = new Set(neededSources(cluster()).map(keyOf));

      [...drafts.keys()].filter((key) => !needed.has(key)).forEach((key) => drafts.delete(key));
    },

    settleMerge() {
      const revision = model().metadata?.resourceVersion;

      // After a conflict the host merges lists by index, and ours may have lost or doubled items.
      if (asked && asked.revision !== revision && !isSameSettings(asked.settings, settings.value) && (asked.settings.state === 'on' || asked.settings.state === 'off')) {
        applyToForm(draftAuditSettings(cluster(), sources.value, asked.settings), model());
        if (!isSameSettings(asked.settings, settings.value)) {
          asked = undefined;

          return false;
        }
      }
      asked = { settings: settings.value, revision };

      return true;
    },

    async writeSources() {
      const now = settings.value;

      if (!isChanged.value || now.state !== 'on' || !sourceKindOf(now.delivery)) {
        return;
      }
      // A cluster may have got its name only now, and the object is named after it. It may be there from before, and lack the cluster's right.
      await store.load(draftAuditSettings(cluster(), store.onServer, now).operations.filter((operation): operation is SourceOperation => operation.action === 'create'));
      const draft = draftAuditSettings(cluster(), store.onServer, now);

      for (const operation of draft.operations) {
        if (operation.kind === 'Cluster') {
          applyToForm({ operations: [operation] }, model());
          drafts.clear();
        } else {
          await store.apply(operation);
        }
      }
    },

    async finish() {
      const all = operations.value;
      const later = all.slice(all.findIndex(({ kind }) => kind === 'Cluster') + 1);

      for (const operation of later.filter((each): each is SourceOperation => each.kind !== 'Cluster')) {
        await store.apply(operation);
      }
    }
  };
}
