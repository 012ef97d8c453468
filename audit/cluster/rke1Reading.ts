/**
 * What an RKE1 cluster asks for now.
 *
 * Source: rke cluster/defaults.go and cluster/plan.go: without `auditLog` it is forced on (from Kubernetes 1.17.4); defaults come
 * only where there is no configuration at all, and what a configuration leaves out is zero or empty; `extra_args` override.
 */
import { blockText } from '../policy/render';
import type { Finding, Path } from '../policy/finding';
import { valueAt } from '../policy/valueAt';
import { isAuditFlag, POLICY_FLAG } from './apiServerArgs';
import { defaultOf } from './auditFlags';
import { clusterFinding } from './clusterFinding';
import type { RancherCluster } from './rancherCluster';
import type { EffectiveFlag, Reading } from './reading';
import { auditLogPath, isFields, kubeApiPath, rke1FormOf, rke1Version, type Fields, type Rke1Form } from './rke1Forms';
import type { AuditOptions, AuditSettings } from './settings';

/** Source: rke cluster/defaults.go. */
export const RKE1_OPTIONS: AuditOptions = {
  'audit-log-maxage': '30', 'audit-log-maxbackup': '10', 'audit-log-maxsize': '100', 'audit-log-path': '/var/log/kube-audit/audit-log.json', 'audit-log-format': 'json'
};
/** The policy that RKE1 takes where none is given. Source: rke cluster/defaults.go (newDefaultAuditPolicy). */
export const RKE1_POLICY: Fields = { apiVersion: 'audit.k8s.io/v1', kind: 'Policy', rules: [{ level: 'Metadata' }] };
/** Where RKE1 writes the policy. Source: rke services/kubeapi.go. */
const POLICY_PATH = '/etc/kubernetes/audit-policy.yaml';
/** What Go has for a field that is not there. */
const ZERO: AuditOptions = { 'audit-log-maxage': '0', 'audit-log-maxbackup': '0', 'audit-log-maxsize': '0', 'audit-log-path': '', 'audit-log-format': '' };

/** One flag that `extra_args` or `extra_args_array` set, and where. */
export interface ExtraArg {
  readonly name: string;
  readonly value: string;
  /** The values of a list before the one that counts. */
  readonly overridden: readonly string[];
  readonly path: Path;
}

/** What stands where the policy should be, as text: RKE1 keeps an object, and so no comments. */
function textOf(policy: unknown): string {
  return typeof policy === 'string' ? policy : `${ blockText(policy) }\n`;
}

/** The audit flags among the extra arguments, in the order in which they count; the names as kube-apiserver knows them. */
export function extraAuditArgs(cluster: RancherCluster, form: Rke1Form): ExtraArg[] {
  return entriesOf(cluster, form).map(({ name, value, path }) => {
    const values: readonly unknown[] = Array.isArray(value) ? value : [value];

    return { name, value: scalarText(values.at(-1)), overridden: values.slice(0, -1).map(scalarText), path };
  });
}

/** All values but those that count: a list has several, and comes after `extra_args`. */
function overriddenIn(cluster: RancherCluster, form: Rke1Form): EffectiveFlag[] {
  const all = entriesOf(cluster, form).flatMap(({ name, value, path }) => Array.isArray(value) ? value.map((item: unknown, index) => ({ name, value: item, path: [...path, index] })) : [{ name, value, path }]);

  return all.filter(({ name }, index) => all.slice(index + 1).some((later) => later.name === name)).map(({ name, value, path }) => ({ name, value: scalarText(value), from: 'cluster', path }));
}

function entriesOf(cluster: RancherCluster, form: Rke1Form): { readonly name: string; readonly value: unknown; readonly path: Path }[] {
  return [form.names.extraArgs, form.names.extraArgsArray].flatMap((key) => {
    const path = [...kubeApiPath(form), key];
    const args = valueAt(cluster, path);

    return Object.entries(isFields(args) ? args : {}).map(([name, value]) => ({ name: name.replaceAll('_', '-'), value, path: [...path, name] }));
  }).filter(({ name }) => isAuditFlag(name));
}

/** Numbers and text as a flag has them. */
function scalarText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value) ?? '';
}

/** The reading of an RKE1 cluster, but for its hazards. */
export function readRke1(cluster: RancherCluster): Reading {
  const form = rke1FormOf(cluster);

  return form ? readForm(cluster, form) : { settings: { state: 'elsewhere' }, findings: [], flags: [], overridden: [], options: {}, files: [] };
}

function readForm(cluster: RancherCluster, form: Rke1Form): Reading {
  const path = auditLogPath(form);
  const value = valueAt(cluster, path);
  const auditLog = isFields(value) ? value : undefined;
  const configuration = isFields(auditLog?.['configuration']) ? auditLog['configuration'] : undefined;
  const extra = extraAuditArgs(cluster, form);
  const isOn = !auditLog || auditLog['enabled'] === true;
  const options = { ...optionsIn(configuration, form), ...Object.fromEntries(extra.filter(({ name }) => name !== POLICY_FLAG).map(({ name, value: text }) => [name, text])) };
  const common = { flags: flagsOf(cluster, form, isOn, configuration, extra), overridden: overriddenIn(cluster, form), options, files: [] };
  const byHand = extra.find(({ name }) => name === POLICY_FLAG);

  if (byHand) {
    return { ...common, policyPath: byHand.value, settings: { state: 'unread', reason: 'onNodes', delivery: undefined, options }, findings: [] };
  }

  return { ...common, ...settingsOf(path, isOn, Boolean(auditLog), configuration, options) };
}

function settingsOf(path: Path, isOn: boolean, isGiven: boolean, configuration: Fields | undefined, options: AuditOptions): { readonly settings: AuditSettings; readonly findings: readonly Finding[] } {
  const policy = configuration?.['policy'] ?? RKE1_POLICY;

  if (!isOn) {
    return configuration
      ? { settings: { state: 'unreadable', delivery: 'rke1', text: textOf(policy), options }, findings: [clusterFinding('rke1HalfOff', 'block', path)] }
      : { settings: { state: 'off' }, findings: [] };
  }
  if (!isFields(policy)) {
    return { settings: { state: 'unreadable', delivery: 'rke1', text: textOf(policy), options }, findings: [clusterFinding('rke1PolicyNotObject', 'block', [...path, 'configuration', 'policy'])] };
  }

  return {
    settings: { state: 'on', delivery: 'rke1', policy: textOf(policy), options },
    findings: isGiven ? [] : [clusterFinding('rke1Default', 'info', path)]
  };
}

/** What a configuration sets of the flags that have a field in it. */
function optionsIn(configuration: Fields | undefined, { names }: Rke1Form): AuditOptions {
  return Object.fromEntries(Object.entries(names.ofFlag).flatMap(([flag, field]) => {
    const value = configuration?.[field];

    return value === undefined || value === null ? [] : [[flag, scalarText(value)]];
  }));
}

/** Flags beside RKE1's own that the log's page always shows. */
const SHOWN = ['audit-log-compress', 'audit-log-mode'];

function flagsOf(cluster: RancherCluster, form: Rke1Form, isOn: boolean, configuration: Fields | undefined, extra: readonly ExtraArg[]): EffectiveFlag[] {
  const path = [...auditLogPath(form), 'configuration'];
  const isUsed = isOn || configuration !== undefined;
  const given = optionsIn(configuration, form);
  const own: EffectiveFlag[] = isUsed
    ? [
      { name: POLICY_FLAG, value: POLICY_PATH, from: 'distribution' },
      ...Object.entries(form.names.ofFlag).map(([name, field]): EffectiveFlag => given[name] === undefined
          ? { name, value: (configuration ? ZERO : RKE1_OPTIONS)[name] ?? '', from: 'distribution', ...(configuration ? { path } : {}) }
          : { name, value: given[name], from: 'cluster', path: [...path, field] })
    ]
    : [];
  const set: EffectiveFlag[] = extra.map(({ name, value, path: at }) => ({ name, value, from: 'cluster', path: at }));
  const known = new Map([...own, ...set].map((flag) => [flag.name, flag]));

  return [...new Set([POLICY_FLAG, ...Object.keys(form.names.ofFlag), ...SHOWN, ...known.keys()])].map((name) => known.get(name) ?? { name, value: defaultOf(name, rke1Version(cluster)) ?? '', from: 'kubernetes' });
}
