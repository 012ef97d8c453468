/**
 * Settings of which the policy is being typed: a long one takes effect later than it is typed.
 */
import type { AuditSettings, WantedSettings } from '../../audit/cluster/settings';
import { isLongText } from '../../audit/policy/textSize';

/** Whether all that is wanted is another policy, and a long one. */
export function isPolicyAlone(wanted: WantedSettings, now: AuditSettings): boolean {
  return wanted.state === 'on' && now.state === 'on' && wanted.delivery === now.delivery && wanted.expectations === undefined
    && (wanted.options === undefined || JSON.stringify(wanted.options) === JSON.stringify(now.options)) && isLongText(wanted.policy);
}

/** The settings with the policy that is wanted, as they will be. */
export function withPolicy(now: AuditSettings, wanted: WantedSettings | undefined): AuditSettings {
  return now.state === 'on' && wanted?.state === 'on' ? { ...now, policy: wanted.policy } : now;
}

/** The policy's text; undefined where there is none. */
export function policyTextOf(settings: AuditSettings): string | undefined {
  return settings.state === 'on' ? settings.policy : settings.state === 'unreadable' ? settings.text : undefined;
}
