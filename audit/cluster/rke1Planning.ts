/**
 * From what an RKE1 cluster asks for now to what is wanted.
 *
 * Ours are `auditLog` and every `audit-*` argument. Source: rke cluster/defaults.go (a configuration gets no defaults but its
 * policy's, so that all fields are written; off has to be said); rancher pkg/apis (the policy is a map and never text).
 */
import { readPolicyDocument } from '../policy/document';
import type { Finding } from '../policy/finding';
import { plainValue } from '../policy/jsonTree';
import { Refusal } from '../policy/refusal';
import { treeOf } from '../policy/tree';
import { valueAt, withValueAt } from '../policy/valueAt';
import { POLICY_FLAG } from './apiServerArgs';
import { problemOf } from './auditFlags';
import { clusterFinding } from './clusterFinding';
import type { Draft, Situation } from './distribution';
import type { RancherCluster } from './rancherCluster';
import { flagIn } from './reading';
import { auditLogPath, isFields, kubeApiPath, rke1FormOf, rke1ObjectName, rke1Version, type Fields, type Rke1Form } from './rke1Forms';
import { extraAuditArgs, RKE1_OPTIONS } from './rke1Reading';
import type { AuditOptions, WantedSettings } from './settings';

/** The operations that bring about what is wanted. */
export function draftRke1({ cluster, reading }: Situation, wanted: WantedSettings): Draft {
  const form = rke1FormOf(cluster);

  if (!form) {
    return { operations: [], findings: [] };
  }
  if (wanted.state === 'off') {
    const log = flagIn(reading, 'audit-log-path');

    return draftTo(cluster, withoutAudit(cluster, form), log ? [clusterFinding('filesStay', 'info', [], { log, policy: flagIn(reading, POLICY_FLAG) })] : []);
  }
  const policy = objectOf(wanted.policy);

  if (!policy) {
    return { operations: [], findings: readPolicyDocument(wanted.policy, rke1Version(cluster)).findings };
  }
  const after = withAudit(cluster, form, policy, { ...RKE1_OPTIONS, ...wanted.options ?? reading.options });

  return draftTo(cluster, after, [...commentsLost(wanted.policy, form), ...notRestored(cluster, form)]);
}

function draftTo(cluster: RancherCluster, after: RancherCluster, findings: readonly Finding[]): Draft {
  return after === cluster ? { operations: [], findings: [] } : { operations: [{ action: 'update', kind: 'Cluster', namespace: '', name: rke1ObjectName(cluster), before: cluster, after }], findings };
}

/** The policy as RKE1 keeps it; undefined where the text is none. */
function objectOf(text: string): Fields | undefined {
  try {
    const value = plainValue(treeOf(text).root);

    return isFields(value) ? value : undefined;
  } catch (error) {
    if (error instanceof Refusal) {
      return undefined;
    }
    throw error;
  }
}

function withAudit(cluster: RancherCluster, form: Rke1Form, policy: Fields, options: AuditOptions): RancherCluster {
  const path = auditLogPath(form);
  const old = valueAt(cluster, path);
  const configuration = isFields(old) && isFields(old['configuration']) ? old['configuration'] : {};
  const fields = Object.fromEntries(Object.entries(form.names.ofFlag).map(([flag, field]) => [field, sameOr(configuration[field], fieldValue(flag, options[flag] ?? ''))]));
  const wanted = { ...configuration, ...fields, policy: isSame(configuration['policy'] ?? {}, policy) ? configuration['policy'] : policy };
  const auditLog = { ...(isFields(old) ? old : {}), enabled: true, configuration: wanted };
  const changed = isSame(old, auditLog) ? cluster : withValueAt(cluster, path, auditLog);

  return withExtraArgs(changed, form, Object.fromEntries(Object.entries(options).filter(([flag]) => !Object.hasOwn(form.names.ofFlag, flag))));
}

function withoutAudit(cluster: RancherCluster, form: Rke1Form): RancherCluster {
  const path = auditLogPath(form);
  const old = valueAt(cluster, path);
  const isOff = isFields(old) && old['enabled'] === false && (old['configuration'] ?? null) === null;
  // Norman merges: what is only left out would stay.
  const changed = isOff ? cluster : withValueAt(cluster, path, { ...(isFields(old) ? old : {}), enabled: false, configuration: null });

  return withExtraArgs(changed, form, {});
}

/** The cluster with exactly these audit flags among its extra arguments; the others stay as and where they are. */
function withExtraArgs(cluster: RancherCluster, form: Rke1Form, wanted: AuditOptions): RancherCluster {
  const args = extraAuditArgs(cluster, form);
  const effective = new Map(args.map((arg) => [arg.name, arg]));
  // kube-apiserver reads an overridden value too, and ends where it can't.
  const kept = args.filter((arg) => effective.get(arg.name) === arg && wanted[arg.name] === arg.value && arg.overridden.every((value) => problemOf(arg.name, value) === undefined));
  const cleaned = args.filter((arg) => !kept.includes(arg)).reduce((result, { path }) => withValueAt(result, path, undefined), cluster);
  const missing = Object.entries(wanted).filter(([name]) => !kept.some((arg) => arg.name === name));

  return missing.reduce((result, [name, value]) => withValueAt(result, [...kubeApiPath(form), form.names.extraArgs, name], value), cleaned);
}

/** RKE1 has numbers where the flags have text; what is no number stays text, which Rancher refuses and a finding names. */
function fieldValue(flag: string, value: string): string | number {
  return flag.startsWith('audit-log-max') && /^-?\d+$/.test(value) ? Number(value) : value;
}

function sameOr(old: unknown, value: unknown): unknown {
  return isSame(old, value) ? old : value;
}

function isSame(left: unknown, right: unknown): boolean {
  return canonical(left) === canonical(right);
}

/** The order of keys says nothing: the API gives maps back sorted. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) => isFields(inner) ? Object.fromEntries(Object.entries(inner).sort(([left], [right]) => left < right ? -1 : 1)) : inner) ?? '';
}

function commentsLost(text: string, form: Rke1Form): Finding[] {
  return /(?:^|\s)#/m.test(text) ? [clusterFinding('rke1CommentsLost', 'info', [...auditLogPath(form), 'configuration', 'policy'])] : [];
}

/** Off is written out, so that what was there before is not what comes back. */
function notRestored(cluster: RancherCluster, form: Rke1Form): Finding[] {
  const old = valueAt(cluster, auditLogPath(form));
  const isOn = isFields(old) && old['enabled'] === true;

  return isOn || canonical(old) === canonical({ enabled: false, configuration: null }) ? [] : [clusterFinding('notRestored', 'info', auditLogPath(form))];
}
