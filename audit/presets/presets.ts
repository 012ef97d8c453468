/**
 * Ready policies. A preset is data: its text here, its title and purpose in l10n under its id.
 */
import { METADATA } from './metadata';
import { RANCHER_DOCS } from './rancherDocs';

export interface Preset {
  readonly id: string;
  readonly policy: string;
  /** The document that the policy comes from, by name. */
  readonly source: string;
}

/** In the order in which they are offered. */
export const PRESETS: readonly Preset[] = [METADATA, RANCHER_DOCS];

/** The preset whose text is exactly this policy, apart from white space at the end. */
export function presetOf(policy: string): Preset | undefined {
  return PRESETS.find((preset) => preset.policy.trimEnd() === policy.trimEnd());
}
