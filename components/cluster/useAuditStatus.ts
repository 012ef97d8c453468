/**
 * An audit log in one line: on or off, by what, with which policy, where the log is and how long it stays.
 */
import { computed, type ComputedRef } from 'vue';

import { flagIn } from '../../audit/cluster/reading';
import type { AuditSettings } from '../../audit/cluster/settings';
import { blocks } from '../../audit/policy/finding';
import { presetOf } from '../../audit/presets/presets';
import type { Texts } from '../useTexts';
import type { AuditLogView } from './auditLogView';

/** What would keep kube-apiserver or Rancher from working is not simply on. */
export type AuditState = AuditSettings['state'] | 'broken' | 'stopped';

export interface AuditStatus {
  readonly state: ComputedRef<AuditState>;
  readonly description: ComputedRef<string>;
  /** What can be done about it with one button; undefined where nothing can. */
  readonly action: ComputedRef<'turnOn' | 'turnOff' | undefined>;
}

/** kube-apiserver's word for its standard output. */
const STANDARD_OUTPUT = '-';

/** The status of what a screen shows. */
export function useAuditStatus({ settings, reading, document, delivery }: AuditLogView, isReadOnly: () => boolean, t: Texts): AuditStatus {
  const state = computed((): AuditState => settings.value.state !== 'on' ? settings.value.state : blocks(document.value?.findings ?? []) ? 'broken' : blocks(reading.value.findings) ? 'stopped' : 'on');

  function policyText(): string {
    const preset = document.value && presetOf(document.value.text);

    return preset ? t(`preset.${ preset.id }.title`) : t('status.custom', { count: document.value?.policy?.rules.length ?? 0 });
  }

  function logText(): string {
    const path = flagIn(reading.value, 'audit-log-path');
    const [age = 0, backups = 0, size = 0] = ['maxage', 'maxbackup', 'maxsize'].map((name) => Number(flagIn(reading.value, `audit-log-${ name }`)));

    if (path === '' || path === STANDARD_OUTPUT) {
      return t(path === '' ? 'status.noLog' : 'status.standardOutput');
    }

    return t('status.log', { path, age, backups, size });
  }

  const description = computed(() => {
    const now = settings.value;

    if (now.state === 'unread') {
      return t(`status.unreadReason.${ now.reason }`);
    }
    if (now.state !== 'on' || state.value !== 'on') {
      return t(`status.description.${ state.value }`);
    }

    return t('status.description.on', { policy: policyText(), delivery: t(`delivery.${ now.delivery }`), log: logText() });
  });

  const action = computed(() => {
    if (isReadOnly() || settings.value.state === 'elsewhere' && !settings.value.canTurnOff) {
      return undefined;
    }

    return settings.value.state !== 'off' ? 'turnOff' : delivery.value && 'turnOn';
  });

  return { state, description, action };
}
