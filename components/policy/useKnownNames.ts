/**
 * The names that rules and requests are about: Kubernetes' own at once, and those of the cluster once they are there.
 *
 * The cluster is asked when the first rule is opened or the first request is about what only a cluster knows, and once. Where it can't say, nothing is missing but its own names.
 */
import { computed, inject, provide, shallowRef, watch, type ComputedRef, type InjectionKey } from 'vue';

import { knownNames, type KnownNames, type NamesOfCluster } from '../../audit/request/knownNames';
import { KUBERNETES, servedResources, type ServedResources } from '../../audit/request/served';

export interface NamesSource {
  readonly names: ComputedRef<KnownNames>;
  /** The resources among the names. */
  readonly served: ComputedRef<ServedResources>;
  /** Asks the cluster, once. */
  load(): void;
}

const KEY: InjectionKey<NamesSource> = Symbol('the names that are known');

/** Lets what is below know a cluster's version and names; `load` never rejects. Call it in `setup`. */
export function provideKnownNames(kubernetesVersion: () => string | undefined, load: () => Promise<NamesOfCluster | undefined>): NamesSource {
  const ofCluster = shallowRef<NamesOfCluster>();
  let isAsked = false;

  const names = computed(() => knownNames(kubernetesVersion(), ofCluster.value));
  const source: NamesSource = {
    names,
    served: computed(() => servedResources(names.value)),
    load() {
      if (!isAsked) {
        isAsked = true;
        void load().then((names) => {
          ofCluster.value = names;
        });
      }
    }
  };

  provide(KEY, source);

  return source;
}

/** The names to offer. Call it in `setup`. */
export function useKnownNames(): ComputedRef<KnownNames> {
  const source = inject(KEY, undefined);

  source?.load();

  return source?.names ?? computed(() => knownNames(undefined));
}

/** The resources that are known; the cluster is asked for its own where they are wanted. Call it in `setup`. */
export function useServedResources(areWanted: () => boolean = () => true): ComputedRef<ServedResources> {
  const source = inject(KEY, undefined);

  watch(areWanted, (wanted) => {
    if (wanted) {
      source?.load();
    }
  }, { immediate: true });

  return source?.served ?? computed(() => KUBERNETES);
}
