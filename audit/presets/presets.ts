/**
 * All presets. A new one is one file and one entry.
 */
import { METADATA } from './metadata';
import type { Preset } from './preset';
import { RANCHER_DOCS } from './rancherDocs';

/** In the order in which they are offered. */
export const PRESETS: readonly Preset[] = [METADATA, RANCHER_DOCS];

/** The preset whose text is exactly this policy, apart from white space at the end. */
export function presetOf(policy: string): Preset | undefined {
  return PRESETS.find((preset) => preset.policy.trimEnd() === policy.trimEnd());
}
