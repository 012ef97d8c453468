/**
 * Where the expectations of a policy are: with it in its object, or only as long as a form is open.
 */
import { computed, type ComputedRef, type Ref } from 'vue';

import type { PlanOptions } from '../../audit/cluster/distribution';
import { sourceKindOf } from '../../audit/cluster/planning';
import type { AuditSettings, WantedSettings } from '../../audit/cluster/settings';

export interface PolicyExpectations {
  /** As text; '' for none. */
  readonly expectations: ComputedRef<string>;
  /** Whether the object of the policy holds them; without one they last as long as the form or the dialog. */
  readonly areExpectationsKept: ComputedRef<boolean>;
  wantExpectations(text: string): void;
}

interface Form {
  readonly settings: ComputedRef<AuditSettings>;
  /** Those that no object holds. */
  readonly draft: Ref<string>;
  want(wanted: WantedSettings): void;
}

/** The expectations of a form, and what of them a wish takes along. */
export function policyExpectations({ settings, draft, want }: Form): PolicyExpectations & { carry(wanted: WantedSettings, options: PlanOptions): WantedSettings } {
  const areExpectationsKept = computed(() => settings.value.state === 'on' && sourceKindOf(settings.value.delivery) !== undefined);
  const expectations = computed(() => areExpectationsKept.value && settings.value.state === 'on' ? settings.value.expectations ?? '' : draft.value);

  return {
    expectations,
    areExpectationsKept,

    wantExpectations(text) {
      if (areExpectationsKept.value && settings.value.state === 'on') {
        want({ ...settings.value, expectations: text });
      } else {
        draft.value = text;
      }
    },

    carry(wanted, { adopt, pointTo }) {
      const isForObject = wanted.state === 'on' && sourceKindOf(wanted.delivery) !== undefined;

      if (areExpectationsKept.value && !isForObject) {
        draft.value = expectations.value;
      }

      return isForObject && !areExpectationsKept.value && draft.value !== '' && wanted.expectations === undefined && !adopt && !pointTo ? { ...wanted, expectations: draft.value } : wanted;
    }
  };
}

/** Settings without their expectations: those of whatever they are wanted for stay. */
export function withoutExpectations<Settings extends { readonly expectations?: string }>({ expectations: _, ...settings }: Settings): Omit<Settings, 'expectations'> {
  return settings;
}
