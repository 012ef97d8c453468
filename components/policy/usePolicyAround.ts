/**
 * The policy that a rule stands in: what it says for all rules holds for each.
 */
import { computed, inject, provide, type ComputedRef, type InjectionKey } from 'vue';

import type { Policy } from '../../audit/policy/types';

const KEY: InjectionKey<ComputedRef<Policy>> = Symbol('the policy around a rule');
const NONE: Policy = { rules: [] };

/** Lets the rules below know their policy. Call it in `setup`. */
export function providePolicy(policy: () => Policy | undefined): void {
  provide(KEY, computed(() => policy() ?? NONE));
}

/** The policy around; one that says nothing where there is none. Call it in `setup`. */
export function usePolicyAround(): ComputedRef<Policy> {
  return inject(KEY, computed(() => NONE), false);
}
