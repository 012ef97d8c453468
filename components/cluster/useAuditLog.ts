/**
 * The pipeline of the tab: what the form's cluster has now, and how a wish of the user gets into it.
 *
 * Everything is derived from the host's live model, so that what the user did is still there when the host mounts the tab again.
 */
import { computed, ref, type ComputedRef } from 'vue';

import { deliveriesOf, draftAuditSettings, readAuditSettings } from '../../audit/cluster/distributions';
import type { RancherCluster } from '../../audit/cluster/rancherCluster';
import { isSameSettings, type AuditSettings, type Delivery, type WantedSettings } from '../../audit/cluster/settings';
import { NOTHING_READ } from '../../audit/cluster/sources';
import { readPolicyDocument, type PolicyDocument } from '../../audit/policy/document';
import { blocks, type Finding } from '../../audit/policy/finding';
import { applyToForm } from '../../rancher/applyToForm';
import type { HostForm } from '../../rancher/hostForm';

export interface AuditLog {
  readonly settings: ComputedRef<AuditSettings>;
  /** About the cluster's configuration, and about the last wish if it was refused. */
  readonly clusterFindings: ComputedRef<readonly Finding[]>;
  /** The policy that is there, in words and rules; undefined where there is none. */
  readonly document: ComputedRef<PolicyDocument | undefined>;
  /** The delivery for turning on; undefined where nothing can be turned on. */
  readonly delivery: ComputedRef<Delivery | undefined>;
  /** What the form opened with; undefined on create. */
  readonly settingsAtOpening: ComputedRef<AuditSettings | undefined>;
  /** Whether a save would change the audit log. */
  readonly isChanged: ComputedRef<boolean>;
  /** What must stop a save: nothing, unless the user changed the audit log. */
  blockingFindings(): readonly Finding[];
  want(settings: WantedSettings): void;
}

const OFF: AuditSettings = { state: 'off' };
/** The ways that the tab has screens for. */
const OFFERED: readonly Delivery[] = ['inline'];

/** The audit log of the cluster in a form. */
export function useAuditLog(model: () => RancherCluster, form: HostForm): AuditLog {
  const refused = ref<readonly Finding[]>([]);
  const cluster = (): RancherCluster => ({ metadata: model().metadata, spec: model().spec });

  const reading = computed(() => readAuditSettings(cluster()));
  const settings = computed(() => reading.value.settings);
  const document = computed(() => {
    const now = settings.value;
    const text = now.state === 'on' ? now.policy : now.state === 'unreadable' ? now.text : undefined;

    return text === undefined ? undefined : readPolicyDocument(text, model().spec?.kubernetesVersion);
  });
  const clusterFindings = computed(() => [...reading.value.findings, ...refused.value]);
  const settingsAtOpening = computed(() => {
    const opened = form.clusterAtOpening();

    return opened && readAuditSettings(opened).settings;
  });
  const isChanged = computed(() => !isSameSettings(settings.value, settingsAtOpening.value ?? OFF));

  return {
    settings,
    clusterFindings,
    document,
    settingsAtOpening,
    isChanged,
    delivery: computed(() => [...deliveriesOf(cluster())].find(([delivery, reason]) => !reason && OFFERED.includes(delivery))?.[0]),

    blockingFindings() {
      const findings = isChanged.value && settings.value.state === 'on' ? [...reading.value.findings, ...document.value?.findings ?? []] : [];

      return blocks(findings) ? findings : [];
    },

    want(wanted) {
      const draft = draftAuditSettings(cluster(), NOTHING_READ, wanted);

      refused.value = blocks(draft.findings) ? draft.findings : [];
      applyToForm(draft, model());
    }
  };
}
