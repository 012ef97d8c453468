/**
 * All presets. A new one is one file and one entry.
 */
import { CIS } from './cis';
import { CIS_MINIMAL } from './cisMinimal';
import { GCE } from './gce';
import { KUBERNETES_DOCS } from './kubernetesDocs';
import { LOW_VOLUME } from './lowVolume';
import { METADATA } from './metadata';
import { OPENSHIFT_DEFAULT } from './openshiftDefault';
import { OPENSHIFT_WRITE_REQUEST_BODIES } from './openshiftWriteRequestBodies';
import type { Preset } from './preset';
import { RANCHER_DOCS } from './rancherDocs';
import { STIG } from './stig';

/** In the order in which they are offered. */
export const PRESETS: readonly Preset[] = [
  METADATA, LOW_VOLUME, CIS, CIS_MINIMAL, STIG,
  RANCHER_DOCS, KUBERNETES_DOCS, GCE, OPENSHIFT_DEFAULT, OPENSHIFT_WRITE_REQUEST_BODIES
];

/** The preset whose text is exactly this policy, apart from white space at the end. */
export function presetOf(policy: string): Preset | undefined {
  return PRESETS.find((preset) => preset.policy.trimEnd() === policy.trimEnd());
}
