/**
 * The names that the fields of a rule offer: Kubernetes' own at once, and those of the cluster once they are there.
 *
 * The cluster is asked when the first rule is opened, and once. Where it can't say, nothing is missing but its own names.
 */
import { computed, inject, provide, shallowRef, type ComputedRef, type InjectionKey } from 'vue';

import { knownNames, type KnownNames, type NamesOfCluster } from '../../audit/request/knownNames';

interface Source {
  readonly names: ComputedRef<KnownNames>;
  load(): void;
}

const KEY: InjectionKey<Source> = Symbol('the names that are known');

/** Lets the rules below know a cluster's version and names; `load` never rejects. Call it in `setup`. */
export function provideKnownNames(kubernetesVersion: () => string | undefined, load: () => Promise<NamesOfCluster | undefined>): void {
  const ofCluster = shallowRef<NamesOfCluster>();
  let isAsked = false;

  provide(KEY, {
    names: computed(() => knownNames(kubernetesVersion(), ofCluster.value)),
    load() {
      if (!isAsked) {
        isAsked = true;
        void load().then((names) => {
          ofCluster.value = names;
        });
      }
    }
  });
}

/** The names to offer. Call it in `setup`. */
export function useKnownNames(): ComputedRef<KnownNames> {
  const source = inject(KEY, undefined);

  source?.load();

  return source?.names ?? computed(() => knownNames(undefined));
}
