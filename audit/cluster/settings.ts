/**
 * What an administrator wants of a cluster's audit log, the same for every distribution.
 */

/** How the policy reaches the control plane. */
export const DELIVERIES = ['inline', 'inline-selector', 'secret', 'configmap', 'secret-selector', 'configmap-selector', 'rke1'] as const;
export type Delivery = typeof DELIVERIES[number];

/**
 * kube-apiserver's audit flags as the administrator set them, without `audit-policy-file`: `audit-log-maxage` and its value as
 * text. What is not here is left to the distribution and to Kubernetes.
 */
export type AuditOptions = Readonly<Record<string, string>>;

export interface AuditOn {
  readonly state: 'on';
  readonly delivery: Delivery;
  readonly policy: string;
  readonly options: AuditOptions;
  /** Expectations of the policy, as text, which its object holds beside it; absent where there are none, and where no object holds the policy. */
  readonly expectations?: string;
}

export type AuditSettings =
  | { readonly state: 'off' }
  | AuditOn
  /** Configured so that it has no effect; `text` is what stands where the policy should be. */
  | { readonly state: 'unreadable'; readonly delivery: Delivery; readonly text: string; readonly options: AuditOptions }
  /** A policy is named, and its text is not known here: the object may not or can't be read, or the file was put on the nodes by hand. */
  | { readonly state: 'unread'; readonly reason: 'forbidden' | 'notRead' | 'notFound' | 'onNodes'; readonly delivery: Delivery | undefined; readonly options: AuditOptions }
  /** Configured in a way that we show but don't edit; a finding says where. It can be turned off where all of it is files that we know. */
  | { readonly state: 'elsewhere'; readonly canTurnOff?: true };

/**
 * Settings that a plan can bring about; without `options` those that are there stay, or the delivery's defaults come. Without `expectations`
 * those that are there stay; with '' there are none.
 */
export type WantedSettings = { readonly state: 'off' } | (Omit<AuditOn, 'options'> & { readonly options?: AuditOptions });

/** Whether two settings ask for the same. */
export function isSameSettings(left: AuditSettings, right: AuditSettings): boolean {
  return canonical(left) === canonical(right);
}

/** The order of options says nothing. */
function canonical(settings: AuditSettings): string {
  const options = 'options' in settings ? Object.entries(settings.options).sort(([left], [right]) => left < right ? -1 : 1) : [];

  const expectations = 'expectations' in settings ? settings.expectations : undefined;

  return JSON.stringify([Object.entries({ ...settings, options: undefined, expectations: expectations || undefined }).sort(([left], [right]) => left < right ? -1 : 1), options]);
}
