/**
 * The pipeline of the tab: what the form's cluster has now, and how a wish of the user gets into it.
 *
 * Everything is derived from the host's live model and the drafts that belong to it, so that what the user did is still there when
 * the host mounts the tab again.
 */
import { computed, ref, toRaw, watch, type ComputedRef } from 'vue';

import type { Operation } from '../../audit/cluster/change';
import type { Draft, PlanOptions } from '../../audit/cluster/distribution';
import { clusterAfter, deliveriesOf, draftAuditSettings, neededSources, readAuditSettings } from '../../audit/cluster/distributions';
import { sourceKindOf } from '../../audit/cluster/planning';
import { PREVIOUS_ANNOTATION } from '../../audit/cluster/previous';
import { nameOf, namespaceOf, type RancherCluster } from '../../audit/cluster/rancherCluster';
import type { Reading } from '../../audit/cluster/reading';
import { rolloutOf } from '../../audit/cluster/rollout';
import { isSameSettings, type AuditSettings, type WantedSettings } from '../../audit/cluster/settings';
import type { SourceKind, SourceRef, Sources } from '../../audit/cluster/sources';
import { takesAway } from '../../audit/cluster/sourceUse';
import { blocks, withoutRepeats, type Finding } from '../../audit/policy/finding';
import type { Wish } from '../../rancher/applyChange';
import { applyToForm, setAnnotation } from '../../rancher/applyToForm';
import type { ClusterId, ClusterStore } from '../../rancher/clusterStore';
import { draftsOf, withDrafts } from '../../rancher/formDrafts';
import type { HostForm } from '../../rancher/hostForm';
import { keyOf, type SourceOperation, type SourceStore } from '../../rancher/sourceStore';
import { usePolicyDocument } from '../policy/usePolicyDocument';
import { useTypedPolicy } from '../policy/useTypedPolicy';
import type { AuditLogView } from './auditLogView';
import { policyExpectations, withoutExpectations } from './policyExpectations';
import { sourceWriting, type SourceWriting } from './sourceWriting';
import { isPolicyAlone, policyTextOf, withPolicy } from './typedSettings';
import { useNewCluster } from './useNewCluster';

export interface AuditLog extends AuditLogView, SourceWriting {
  /** What has to be written before the cluster is saved. */
  readonly pending: ComputedRef<readonly SourceOperation[]>;
  /** What must stop a save: nothing, unless the user changed the audit log. */
  blockingFindings(): readonly Finding[];
  /** Whether the user's edits would be lost with the form. */
  isUnsaved(): boolean;
  /**
   * Brings what the user wanted back into a form that the host has merged with someone else's change; false where that is not possible.
   * What was typed is in the form then, and read; a new cluster's audit log takes on the name and the runtime that it has now. Call it
   * first in each save.
   */
  settle(): boolean;
}

const OFF = { state: 'off' } as const;
const NOTHING = { operations: [], findings: [] } as const;

/** The audit log of the cluster in a form; `clusters` are those of the server. Call it in `setup`. */
export function useAuditLog(model: () => RancherCluster, form: Pick<HostForm, 'clusterAtOpening' | 'isCreate' | 'hasHooks'>, store: SourceStore, clusters: (id: ClusterId) => Pick<ClusterStore, 'load'>): AuditLog {
  /** About the last wish. */
  const notices = ref<readonly Finding[]>([]);
  const deleteSource = ref(false);
  /** How many names of a new object were taken, by others that the user may not read. */
  const attempt = ref(0);
  const remembers = form.hasHooks && !form.isCreate;
  const drafts = draftsOf(toRaw(model()));
  /** What the form was to save last, and of which state of the server. */
  let asked: { readonly wish: Wish; readonly settings: AuditSettings; readonly revision: string | undefined } | undefined;

  const cluster = computed((): RancherCluster => ({ metadata: model().metadata, spec: model().spec, status: model().status }));
  const clusterAtOpening = computed(() => form.clusterAtOpening() ?? (form.isCreate ? undefined : drafts.opened));
  const version = computed(() => model().spec?.kubernetesVersion);
  const sources = computed(() => withDrafts(store.onServer, drafts));
  const reading = computed(() => readAuditSettings(cluster.value, sources.value));
  const inModel = computed(() => reading.value.settings);
  const typed = useTypedPolicy<WantedSettings>((wanted) => bringIn(wanted, optionsKeptFor(wanted)));
  const settings = computed(() => withPolicy(inModel.value, typed.waiting.value));
  const policy = usePolicyDocument(() => policyTextOf(settings.value), () => version.value);
  const readingAtOpening = computed(() => clusterAtOpening.value && readAuditSettings(clusterAtOpening.value, store.onServer));
  const isChanged = computed(() => typed.waiting.value !== undefined || !isSameSettings(inModel.value, readingAtOpening.value?.settings ?? OFF) || sourceOf(reading.value) !== sourceOf(readingAtOpening.value));
  const deliveries = computed(() => new Map([...deliveriesOf(cluster.value)].map(([delivery, reason]) => [delivery, reason ?? findingOfPermission(sourceKindOf(delivery), store)])));
  const isInPlace = computed(() => Boolean(reading.value.source && drafts.adopted.has(keyOf(reading.value.source))));
  const before = computed(() => clusterAtOpening.value ?? clusterAfter(cluster.value, draftAuditSettings(cluster.value, sources.value, OFF).operations));
  const draft = computed(() => isChanged.value ? planFrom(before.value, store.onServer, remembers) : NOTHING);
  const pending = computed(() => draft.value.operations.filter((operation) => operation.kind !== 'Cluster' && !isForLater(operation)) as SourceOperation[]);
  const saveFirst = computed(() => form.hasHooks ? [] : pending.value.map(({ kind, namespace, name }): Finding => ({ code: 'source.saveFirst', severity: 'block', at: { object: 'source', path: [] }, params: { kind, namespace, name } })));

  watch(() => [...neededSources(cluster.value), ...neededSources(clusterAtOpening.value ?? {})], (refs) => store.load(refs.filter(isToLookAt)), { immediate: true });

  /** A new object is not there yet; one that is edited itself is, and its draft may be of another component's. */
  function isToLookAt(source: SourceRef): boolean {
    return !drafts.objects.has(keyOf(source)) || drafts.adopted.has(keyOf(source)) || drafts.objects.get(keyOf(source))?.metadata['resourceVersion'] !== undefined;
  }

  /** The settings in the model as a wish; undefined where they can't be wished for. */
  function wishNow(): Wish | undefined {
    const now = inModel.value;
    const { source } = reading.value;

    if (now.state === 'unread' && source && now.delivery) {
      return { wanted: { state: 'on', delivery: now.delivery, policy: '', options: now.options }, options: { pointTo: source } };
    }

    return now.state === 'on' || now.state === 'off' ? { wanted: withExpectationsGone(now), options: optionsKeptFor(now) } : undefined;
  }

  /** Where there were expectations and are none, that is wanted. */
  function withExpectationsGone(now: WantedSettings): WantedSettings {
    const opened = readingAtOpening.value?.settings;

    return now.state === 'on' && opened?.state === 'on' && opened.expectations !== undefined ? { ...now, expectations: now.expectations ?? '' } : now;
  }

  function isForLater(operation: Operation): boolean {
    return takesAway(operation, nameOf(model()));
  }

  function optionsKeptFor(wanted: WantedSettings): PlanOptions {
    const { source } = reading.value;

    return wanted.state === 'on' && source && isInPlace.value && sourceKindOf(wanted.delivery) === source.kind ? { adopt: source } : {};
  }

  function planFrom(from: RancherCluster, base: Sources, remember: boolean): Draft {
    const wish = wishNow();

    return wish ? draftAuditSettings(from, base, wish.wanted, { ...wish.options, deleteSource: deleteSource.value, remember, attempt: attempt.value }) : NOTHING;
  }

  /** Brings operations into the form: the cluster's into the model, those of the objects that it then needs into the drafts. */
  function take(operations: Draft['operations']): void {
    for (const operation of operations) {
      if (operation.kind !== 'Cluster' && operation.after) {
        drafts.objects.set(keyOf(operation), operation.after);
      }
    }
    applyToForm({ operations }, model());
    const needed = new Set(neededSources(cluster.value).map(keyOf));

    [...drafts.objects.keys()].filter((key) => !needed.has(key)).forEach((key) => drafts.objects.delete(key));
  }

  function want(asking: WantedSettings, options?: PlanOptions): void {
    const wanted = expectations.carry(asking, options ?? optionsKeptFor(asking));

    drafts.isEdited = true;

    if (!options && isPolicyAlone(wanted, inModel.value)) {
      typed.type(wanted);
    } else {
      typed.drop();
      bringIn(wanted, options ?? optionsKeptFor(wanted));
    }
  }

  function commit(): void {
    typed.handOn();
    policy.readNow();
  }

  function bringIn(wanted: WantedSettings, options: PlanOptions): void {
    const { source } = reading.value;

    if (source && !options.adopt && drafts.adopted.delete(keyOf(source))) {
      drafts.objects.delete(keyOf(source));
    }
    if (options.adopt) {
      drafts.adopted.add(keyOf(options.adopt));
    }
    const { operations, findings } = draftAuditSettings(cluster.value, sources.value, wanted, { former: readingAtOpening.value?.source, ...options });

    notices.value = blocks(findings) ? findings : [];
    drafts.wanted = wanted;
    take(operations);
  }

  const expectations = policyExpectations({ settings, draft: drafts.expectations, want });
  const follow = form.isCreate ? useNewCluster({ cluster, sources, settings: inModel, drafts, reading, mayCreate: store.mayCreate, take: takeWith }) : () => undefined;

  function takeWith(operations: Draft['operations'], findings: readonly Finding[]): void {
    notices.value = findings;
    take(operations);
  }

  const writing = sourceWriting({
    store,
    drafts,
    plan:   () => isChanged.value ? planFrom(cluster.value, store.onServer, false).operations : [],
    apply:  (operation) => applyToForm({ operations: [operation] }, model()),
    after:  () => draft.value.operations.filter(isForLater),
    needed: () => neededSources(cluster.value),
    rename: () => attempt.value++
  });

  /** What the cluster remembers after a save: what was before it, or still the same as long as nothing is changed. */
  function remembered(): string | undefined {
    const operation = draft.value.operations.find(({ kind }) => kind === 'Cluster');

    return (operation ? operation.after as RancherCluster : clusterAtOpening.value)?.metadata?.annotations?.[PREVIOUS_ANNOTATION];
  }

  return {
    owner: drafts,
    cluster,
    clusterAtOpening,
    reading,
    settings,
    document:       policy.document,
    policyFindings: policy.findings,
    deliveries,
    isChanged,
    sources,
    isInPlace,
    deleteSource,
    store,
    pending,
    want,
    commit,
    ...expectations,
    settingsAtOpening: computed(() => readingAtOpening.value?.settings),
    // Without hooks nobody tells us when the cluster is saved.
    operations:        computed(() => draft.value.operations.filter((operation) => form.hasHooks || !isForLater(operation))),
    rollout:           computed(() => rolloutOf(before.value, store.onServer, draft.value.operations)),
    clusterFindings:   computed(() => withoutRepeats([...saveFirst.value, ...draft.value.findings, ...reading.value.findings, ...notices.value])),
    delivery:          computed(() => [...deliveries.value].find(([, reason]) => !reason)?.[0]),

    async clusterNow() {
      const saved = clusterAtOpening.value ?? {};

      return (await clusters({ namespace: namespaceOf(saved), name: nameOf(saved) }).load()).cluster;
    },

    findingsOfAdopting(place, policy) {
      const now = settings.value;

      return now.state === 'on' ? draftAuditSettings(cluster.value, sources.value, { ...withoutExpectations(now), policy }, { adopt: place }).findings : [];
    },

    blockingFindings() {
      const { state } = inModel.value;
      const findings = isChanged.value && (state === 'on' || state === 'unread') ? [...draft.value.findings, ...reading.value.findings, ...policy.findings.value] : [];

      return blocks(findings) ? withoutRepeats(findings) : [];
    },

    isUnsaved: () => drafts.isEdited && (isChanged.value || (!expectations.areExpectationsKept.value && expectations.expectations.value !== '')),

    wantExpectations(text) {
      drafts.isEdited = true;
      expectations.wantExpectations(text);
    },

    settle() {
      commit();
      follow();
      const revision = model().metadata?.resourceVersion;

      // After a conflict the host merges lists by index, and ours may have lost or doubled items.
      if (asked && asked.revision !== revision && !isSameSettings(asked.settings, inModel.value)) {
        take(draftAuditSettings(cluster.value, sources.value, asked.wish.wanted, asked.wish.options).operations);
        if (!isSameSettings(asked.settings, inModel.value)) {
          asked = undefined;

          return false;
        }
      }
      const wish = wishNow();

      asked = wish && { wish, settings: inModel.value, revision };

      return true;
    },

    ...writing,

    finish() {
      drafts.isEdited = false;

      return writing.finish();
    },

    async writeSources() {
      commit();
      const text = remembered();

      await writing.writeSources();
      if (remembers) {
        setAnnotation(model(), PREVIOUS_ANNOTATION, text);
      }
    }
  };
}

/** The finding that a user may not make an object of a kind. */
export function findingOfPermission(kind: SourceKind | undefined, store: Pick<SourceStore, 'mayCreate'>): Finding | undefined {
  return kind && !store.mayCreate(kind) ? { code: 'source.mayNotCreate', severity: 'block', at: { object: 'source', path: [] }, params: { kind } } : undefined;
}

/** Where the policy comes from, to compare. */
function sourceOf(reading: Reading | undefined): string {
  return reading?.source ? `${ keyOf(reading.source) } ${ reading.source.key }` : '';
}
