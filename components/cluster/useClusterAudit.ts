/**
 * The audit log of a cluster outside the host's form: loaded, changed as the user wishes, and applied in one go.
 *
 * The wish itself is kept, and all that is shown follows from the plan for it: a text that is no policy yet stays as it was typed.
 */
import { computed, onMounted, ref, shallowRef, type ComputedRef, type Ref } from 'vue';

import type { PlanOptions } from '../../audit/cluster/distribution';
import { clusterAfter, deliveriesOf, draftAuditSettings, kubernetesVersionOf, neededSources, planAuditSettings, readAuditSettings, sourcesAfter } from '../../audit/cluster/distributions';
import { previousSettings, previousSource, revertOf, type Revert } from '../../audit/cluster/previous';
import { sourceKindOf } from '../../audit/cluster/planning';
import { nameOf, type RancherCluster } from '../../audit/cluster/rancherCluster';
import { rolloutOf } from '../../audit/cluster/rollout';
import type { WantedSettings } from '../../audit/cluster/settings';
import type { Change } from '../../audit/cluster/change';
import { applyRest, applySettings, type Outcome, type Wish } from '../../rancher/applyChange';
import type { ClusterStore, LoadedCluster } from '../../rancher/clusterStore';
import type { SourceStore } from '../../rancher/sourceStore';
import { messageOf } from '../../rancher/store';
import { usePolicyDocument } from '../policy/usePolicyDocument';
import { useTypedPolicy } from '../policy/useTypedPolicy';
import type { AuditLogView } from './auditLogView';
import { policyExpectations, withoutExpectations } from './policyExpectations';
import { isPolicyAlone, policyTextOf, withPolicy } from './typedSettings';
import { findingOfPermission } from './useAuditLog';

/** What the dialog was opened for. */
export type Goal = 'enable' | 'disable' | 'revert';

export interface ClusterAudit {
  /** Undefined until it is there. */
  readonly loaded: Ref<LoadedCluster | undefined>;
  /** Why it could not be loaded. */
  readonly problem: Ref<string | undefined>;
  readonly log: AuditLogView;
  /** What applying would do, with all that is wrong with it. */
  readonly change: ComputedRef<Change>;
  /** Whether anything is wished for. */
  readonly isWished: ComputedRef<boolean>;
  /** Whether the last change can't be taken back, and why: there is none, or its source may not be read. */
  readonly revertRefused: ComputedRef<'nothing' | 'forbidden' | undefined>;
  /** Whether taking the last change back brings the policy without the expectations that it had. */
  readonly losesExpectations: ComputedRef<boolean>;
  readonly outcome: Ref<Outcome | undefined>;
  readonly isApplying: Ref<boolean>;
  apply(): Promise<void>;
  /** Whether the user has asked for other settings than those that the dialog began with. */
  isEdited(): boolean;
}

const NOTHING: RancherCluster = {};

/** The audit log of the cluster of a store; `firstPolicy` is what enabling starts with. Call it in `setup`. */
export function useClusterAudit(goal: Goal, firstPolicy: string, clusters: ClusterStore, store: SourceStore): ClusterAudit {
  const loaded = shallowRef<LoadedCluster>();
  const problem = ref<string>();
  const wish = shallowRef<Wish>();
  const outcome = shallowRef<Outcome>();
  const isApplying = ref(false);
  const deleteSource = ref(false);
  let settingsAtFirst = '';

  const cluster = computed(() => loaded.value?.cluster ?? NOTHING);
  const opened = computed(() => readAuditSettings(cluster.value, store.onServer));
  const options = computed(() => ({ ...wish.value?.options, deleteSource: deleteSource.value, remember: true }));
  const draft = computed(() => wish.value ? draftAuditSettings(cluster.value, store.onServer, wish.value.wanted, options.value) : { operations: [], findings: [] });
  const change = computed((): Change => wish.value ? planAuditSettings(cluster.value, store.onServer, wish.value.wanted, options.value, policy.findings.value) : { operations: [], findings: [] });
  const sources = computed(() => sourcesAfter(store.onServer, draft.value.operations));
  const planned = computed(() => clusterAfter(cluster.value, draft.value.operations));
  const reading = computed(() => readAuditSettings(planned.value, sources.value));
  const inWish = computed(() => {
    const { settings: now } = reading.value;
    const wanted = wish.value?.wanted;

    return wanted?.state === 'on' && !wish.value?.options.pointTo ? { ...wanted, options: wanted.options ?? ('options' in now ? now.options : {}), ...('expectations' in now ? { expectations: now.expectations } : {}) } : now;
  });
  const typed = useTypedPolicy<Wish>((wanted) => {
    wish.value = wanted;
  });
  const settings = computed(() => withPolicy(inWish.value, typed.waiting.value?.wanted));
  const policy = usePolicyDocument(() => policyTextOf(settings.value), () => kubernetesVersionOf(cluster.value));
  const deliveries = computed(() => new Map([...deliveriesOf(cluster.value)].map(([delivery, reason]) => [delivery, reason ?? findingOfPermission(sourceKindOf(delivery), store)])));
  const delivery = computed(() => [...deliveries.value].find(([, reason]) => !reason)?.[0]);
  const revertRefused = computed(() => !previousSettings(cluster.value) ? 'nothing' as const : revertNow() ? undefined : 'forbidden' as const);

  /** What takes back the last change of the cluster as it is. */
  function revertNow(): Revert | undefined {
    const previous = previousSettings(cluster.value);

    return previous && revertOf(previous, { cluster: cluster.value, sources: store.onServer });
  }

  function want(asking: WantedSettings, chosen?: PlanOptions): void {
    const options = chosen ?? optionsKeptFor(asking);
    const carried = expectations.carry(asking, options);
    const wanted = withEarlier(carried, !chosen);

    if (!chosen && isPolicyAlone(carried, inWish.value)) {
      typed.type({ wanted, options });
    } else {
      typed.drop();
      wish.value = { wanted, options };
    }
  }

  /** Each wish starts from the cluster as it is: what was wished before and is not spoken of now stays wished. */
  function withEarlier(wanted: WantedSettings, isSameObject: boolean): WantedSettings {
    const before = wish.value?.wanted;

    if (before?.state !== 'on' || wanted.state !== 'on') {
      return wanted;
    }
    const options = wanted.options ?? before.options;
    const texts = wanted.expectations ?? (isSameObject && sourceKindOf(wanted.delivery) ? before.expectations : undefined);

    return { ...wanted, ...(options === undefined ? {} : { options }), ...(texts === undefined ? {} : { expectations: texts }) };
  }

  const expectations = policyExpectations({ settings, draft: shallowRef(''), want });

  /** The object that the user chose stays chosen while the policy stays in one of its kind. */
  function optionsKeptFor(wanted: WantedSettings): PlanOptions {
    const { adopt } = wish.value?.options ?? {};

    return adopt && wanted.state === 'on' && sourceKindOf(wanted.delivery) === adopt.kind ? { adopt } : {};
  }

  function commit(): void {
    typed.handOn();
    policy.readNow();
  }

  async function load(): Promise<void> {
    try {
      await take(await clusters.load());
      wish.value = firstWish();
      settingsAtFirst = JSON.stringify(settings.value);
    } catch (error) {
      problem.value = messageOf(error);
    }
  }

  async function take(now: LoadedCluster): Promise<void> {
    const previous = previousSource(now.cluster);

    await store.reload([...neededSources(now.cluster), ...previous ? [previous] : []]);
    loaded.value = now;
  }

  function firstWish(): Wish | undefined {
    if (goal === 'disable') {
      return wishFor({ state: 'off' });
    }
    if (goal === 'revert') {
      return revertNow();
    }

    return opened.value.settings.state === 'off' && delivery.value ? wishFor({ state: 'on', delivery: delivery.value, policy: firstPolicy }) : undefined;
  }

  onMounted(load);

  return {
    loaded,
    problem,
    change,
    isWished: computed(() => wish.value !== undefined),
    revertRefused,
    losesExpectations: computed(() => goal === 'revert' && revertNow()?.losesExpectations === true),
    outcome,
    isApplying,
    log: {
      owner: {},
      reading,
      settings,
      document:          policy.document,
      deliveries,
      delivery,
      sources,
      deleteSource,
      store,
      cluster:           planned,
      clusterAtOpening:  cluster,
      policyFindings:    policy.findings,
      rollout:           computed(() => rolloutOf(cluster.value, store.onServer, draft.value.operations)),
      isInPlace:         computed(() => wish.value?.options.adopt !== undefined),
      clusterFindings:   computed(() => [...reading.value.findings, ...draft.value.findings.filter(({ at }) => at.object !== 'policy')]),
      settingsAtOpening: computed(() => opened.value.settings),
      isChanged:         computed(() => typed.waiting.value !== undefined || draft.value.operations.length > 0),
      operations:        computed(() => draft.value.operations),

      async clusterNow() {
        return (await clusters.load()).cluster;
      },

      want,
      ...expectations,

      commit,

      findingsOfAdopting(place, policy) {
        const now = settings.value;

        return now.state === 'on' ? draftAuditSettings(cluster.value, store.onServer, { ...withoutExpectations(now), policy }, { adopt: place }).findings : [];
      }
    },

    isEdited: () => loaded.value !== undefined && JSON.stringify(settings.value) !== settingsAtFirst,

    async apply() {
      commit();
      if (!wish.value) {
        return;
      }
      isApplying.value = true;
      try {
        const rest = outcome.value?.state === 'failed' ? outcome.value.rest : [];
        const result = rest.length ? await applyRest(rest, nameOf(cluster.value), store) : await applySettings(cluster.value, { ...wish.value, options: options.value }, clusters, store);

        outcome.value = result;
        if (result.state === 'conflict' || result.state === 'failed') {
          // The next try goes on from what is there now; where that can't be read, it says so itself.
          await take(result.state === 'conflict' ? result.now : await clusters.load()).catch(() => undefined);
        }
      } finally {
        isApplying.value = false;
      }
    }
  };
}

function wishFor(wanted: WantedSettings): Wish {
  return { wanted, options: {} };
}
