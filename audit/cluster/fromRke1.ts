/**
 * The audit log of an RKE1 cluster, as settings for a new cluster: RKE1 ends with Rancher 2.11, and its clusters are made anew.
 *
 * Source: rke cluster/defaults.go and cluster/plan.go for what RKE1 runs; rke2 pkg/executor/staticpod/staticpod.go for what RKE2 adds.
 */
import type { Finding } from '../policy/finding';
import { valueAt } from '../policy/valueAt';
import { POLICY_FLAG } from './apiServerArgs';
import { AUDIT_FLAGS, defaultOf } from './auditFlags';
import { defaultOptions } from './caprTraits';
import { clusterFinding } from './clusterFinding';
import { kubernetesVersionOf, optionsForDelivery } from './distributions';
import { ofFlag } from './flagHazards';
import { sourceKindOf } from './planning';
import type { RancherCluster } from './rancherCluster';
import type { EffectiveFlag, Reading } from './reading';
import { kubeApiPath, rke1FormOf } from './rke1Forms';
import { readRke1, RKE1_OPTIONS } from './rke1Reading';
import { RKE2 } from './rke2';
import type { AuditOptions, Delivery, WantedSettings } from './settings';
import type { Sources } from './sources';

/** The cluster that takes the audit log over, and how its policy is to reach it. */
export interface Successor {
  readonly cluster: RancherCluster;
  readonly sources: Sources;
  readonly delivery: Delivery;
}

export interface Converted {
  /** Undefined where RKE1's policy is not known. */
  readonly wanted: WantedSettings | undefined;
  /** What has no counterpart, or becomes something else. */
  readonly findings: readonly Finding[];
}

/** The settings of the successor that come nearest to what an RKE1 cluster runs. */
export function settingsFromRke1(rke1: RancherCluster, successor: Successor): Converted {
  const form = rke1FormOf(rke1);
  const reading = readRke1(rke1);
  const { settings } = reading;

  if (!form || settings.state === 'unread' || settings.state === 'elsewhere') {
    return { wanted: undefined, findings: form ? [clusterFinding('rke1PolicyOnNodes', 'block', [...kubeApiPath(form), form.names.extraArgs], { path: reading.policyPath ?? '' })] : [] };
  }
  // Off with a configuration keeps kube-apiserver from starting, and text in place of the policy never got there.
  if (settings.state !== 'on') {
    return { wanted: { state: 'off' }, findings: settings.state === 'unreadable' ? reading.findings.map((finding) => ({ ...finding, severity: 'warn' })) : [] };
  }
  const { options, findings } = optionsFrom(reading);
  const binds = valueAt(rke1, [...kubeApiPath(form), form.names.extraBinds]);
  const logDirectory = options['audit-log-path']?.replace(/\/[^/]*$/, '');
  const isBound = Array.isArray(binds) && logDirectory !== undefined && binds.some((bind: unknown) => typeof bind === 'string' && bind.split(':')[1] === logDirectory);

  return {
    wanted:   { state: 'on', delivery: successor.delivery, policy: settings.policy, options: optionsOf(successor, options) },
    findings: [...findings, ...(isBound ? [clusterFinding('rke1BindNotNeeded', 'info', [...kubeApiPath(form), form.names.extraBinds], { directory: logDirectory })] : [])]
  };
}

/** The flags that RKE1 was told, and what a configuration without them makes of them; RKE1's defaults are nobody's wish. */
function optionsFrom({ flags }: Reading): { readonly options: AuditOptions; readonly findings: readonly Finding[] } {
  const running = flags.filter(({ name, from }) => name !== POLICY_FLAG && from !== 'kubernetes');
  const hasWebhook = running.some(({ name }) => name === 'audit-webhook-config-file');
  const findings: Finding[] = [];
  const options: Record<string, string> = {};

  for (const flag of running) {
    const { name, value } = flag;

    if (hasWebhook && name.startsWith('audit-webhook-')) {
      findings.push(ofFlag('rke1WebhookLost', 'warn', flag));
    } else if (!Object.hasOwn(AUDIT_FLAGS, name)) {
      findings.push(ofFlag('rke1FlagLost', 'warn', flag));
    } else if (name === 'audit-log-path' && value === RKE1_OPTIONS[name]) {
      findings.push(ofFlag('rke1LogMoves', 'info', flag));
    } else if (!isOfRke1(flag)) {
      options[name] = value;
    }
  }

  return { options, findings };
}

/** Whether a value is RKE1's default, or the format of a configuration that has none: kube-apiserver refuses that. */
function isOfRke1({ name, value, from }: EffectiveFlag): boolean {
  return from === 'distribution' && (value === RKE1_OPTIONS[name] || name === 'audit-log-format');
}

/** What the successor has for its delivery, with RKE1's flags over it; what its kube-apiserver has anyway is not written. */
function optionsOf({ cluster, sources, delivery }: Successor, options: AuditOptions): AuditOptions {
  const all = Object.entries({ ...optionsForDelivery(cluster, sources, delivery), ...options });

  return Object.fromEntries(all.filter(([name, value]) => unwrittenValue(name, cluster, delivery) !== value));
}

/**
 * The value of a flag that is not written: RKE2's own with an inline policy, else Kubernetes'.
 * With any other policy the log's place and its retention are always written.
 */
function unwrittenValue(name: string, cluster: RancherCluster, delivery: Delivery): string | undefined {
  const ofRke2 = defaultOptions(RKE2, cluster)[name];

  return ofRke2 === undefined ? defaultOf(name, kubernetesVersionOf(cluster)) : sourceKindOf(delivery) ? undefined : ofRke2;
}
