/**
 * What an administrator wants of a cluster's audit log, the same for every distribution.
 */

/** How the policy reaches the control plane. */
export type Delivery = 'inline';

export type AuditSettings =
  | { readonly state: 'off' }
  | { readonly state: 'on'; readonly delivery: Delivery; readonly policy: string }
  /** A value stands where a policy's text should be, and Rancher can't use it. `text` shows it. */
  | { readonly state: 'unreadable'; readonly delivery: Delivery; readonly text: string }
  /** Configured in a way that we show but don't edit; a finding says where. */
  | { readonly state: 'elsewhere' };

/** Whether two settings ask for the same. */
export function isSameSettings(left: AuditSettings, right: AuditSettings): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}
