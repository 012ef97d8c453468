/**
 * The policies that an audit log can be turned on with: the presets, the one that was there before, where it is none of them, and one that the
 * user took from elsewhere.
 */
import { computed, ref, type ComputedRef, type Ref } from 'vue';

import { PRESETS, presetOf } from '../../audit/presets/presets';
import type { Choice } from '../policy/choice';
import type { Texts } from '../useTexts';
import type { AuditLogView } from './auditLogView';

export interface PolicyChoices {
  readonly presets: ComputedRef<readonly Choice[]>;
  readonly choices: ComputedRef<readonly Choice[]>;
  /** The one that "turn on" takes. */
  readonly chosen: ComputedRef<Choice | undefined>;
  readonly chosenId: Ref<string | undefined>;
  /** The policy that was on before it was turned off here, to turn it on again. */
  readonly turnedOff: Ref<string | undefined>;
  /** The policy from elsewhere; it is chosen by its id. */
  readonly imported: Ref<Choice | undefined>;
}

/** The choices for what a screen shows. */
export function usePolicyChoices({ settingsAtOpening }: AuditLogView, t: Texts): PolicyChoices {
  const chosenId = ref<string>();
  const turnedOff = ref<string>();
  const imported = ref<Choice>();
  const presets = computed(() => PRESETS.map(({ id, policy }): Choice => ({ id, policy, title: t(`preset.${ id }.title`), description: t(`preset.${ id }.description`) })));
  const previous = computed(() => turnedOff.value ?? (settingsAtOpening.value?.state === 'on' ? settingsAtOpening.value.policy : undefined));
  const choices = computed((): readonly Choice[] => [
    ...previous.value === undefined || presetOf(previous.value) ? [] : [{ id: 'previous', policy: previous.value, title: t('preset.previous.title'), description: t('preset.previous.description') }],
    ...presets.value,
    ...imported.value ? [imported.value] : []
  ]);
  const chosen = computed(() => choices.value.find(({ id }) => id === (chosenId.value ?? presetOf(previous.value ?? '')?.id)) ?? choices.value[0]);

  return { presets, choices, chosen, chosenId, turnedOff, imported };
}
