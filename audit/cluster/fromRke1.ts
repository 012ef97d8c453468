/**
 * The audit log of an RKE1 cluster, as settings for a new RKE2 cluster: RKE1 ends with Rancher 2.11, and its clusters are made anew.
 *
 * Source: rke cluster/defaults.go and cluster/plan.go for what RKE1 runs; rke2 pkg/executor/staticpod/staticpod.go for what RKE2 adds.
 */
import type { Finding } from '../policy/finding';
import { POLICY_FLAG } from './apiServerArgs';
import { AUDIT_FLAGS, defaultOf } from './auditFlags';
import { RETENTION } from './caprTraits';
import { clusterFinding } from './clusterFinding';
import { ofFlag } from './flagHazards';
import { valueAt, type RancherCluster } from './rancherCluster';
import type { Reading } from './reading';
import { kubeApiPath, rke1FormOf, rke1Version } from './rke1Forms';
import { readRke1, RKE1_OPTIONS } from './rke1Reading';
import { RKE2 } from './rke2';
import type { AuditOptions, Delivery, WantedSettings } from './settings';

export interface Converted {
  /** Undefined where RKE1's policy is not known. */
  readonly wanted: WantedSettings | undefined;
  /** What has no counterpart, or becomes something else. */
  readonly findings: readonly Finding[];
}

/** The settings for an RKE2 cluster that come nearest to what an RKE1 cluster runs. */
export function rke2SettingsFrom(rke1: RancherCluster, delivery: Delivery = RKE2.deliveries[0] ?? 'inline'): Converted {
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
  const { options, findings } = optionsFrom(reading, rke1Version(rke1));
  const binds = valueAt(rke1, [...kubeApiPath(form), form.names.extraBinds]);
  const logDirectory = options['audit-log-path']?.replace(/\/[^/]*$/, '');
  const isBound = Array.isArray(binds) && logDirectory !== undefined && binds.some((bind: unknown) => typeof bind === 'string' && bind.split(':')[1] === logDirectory);

  return {
    wanted:   { state: 'on', delivery, policy: settings.policy, options },
    findings: [...findings, ...(isBound ? [clusterFinding('rke1BindNotNeeded', 'info', [...kubeApiPath(form), form.names.extraBinds], { directory: logDirectory })] : [])]
  };
}

/** What the flags become that RKE1 runs with. */
function optionsFrom({ flags }: Reading, kubernetesVersion: string | undefined): { readonly options: AuditOptions; readonly findings: readonly Finding[] } {
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
    } else if ((RETENTION[name] ?? defaultOf(name, kubernetesVersion)) !== value) {
      options[name] = value;
    }
  }

  return { options, findings };
}
