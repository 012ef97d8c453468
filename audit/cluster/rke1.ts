/**
 * RKE1: the policy is an object in the management cluster, and what is wrong with it is RKE1's own.
 *
 * Source: rke cluster/defaults.go, cluster/plan.go; Rancher up to 2.11 has such clusters.
 */
import type { Finding } from '../policy/finding';
import { valueAt } from '../policy/valueAt';
import type { CommonCheck } from './check';
import { clusterFinding } from './clusterFinding';
import type { Distribution } from './distribution';
import { findingsOfPath, FLAG_CHECKS, isKnownDirectory, ofFlag } from './flagHazards';
import type { Reading } from './reading';
import { auditLogPath, isFields, kubeApiPath, rke1FormOf, type Rke1Form } from './rke1Forms';
import { draftRke1 } from './rke1Planning';
import { extraAuditArgs, readRke1, RKE1_OPTIONS } from './rke1Reading';
import { OWNER_CHECKS } from './rolloutHazards';

export const RKE1: Distribution = {
  id:         'rke1',
  name:       'RKE1',
  deliveries: ['rke1'],
  isOf:       (cluster) => rke1FormOf(cluster) !== undefined,
  read:       readRke1,
  hazards:    (situation) => CHECKS.flatMap((check) => check(situation)),
  refusal:    (cluster, delivery) => delivery === 'rke1' ? undefined : clusterFinding('deliveryUnknown', 'block', rke1FormOf(cluster)?.config ?? [], { delivery, distribution: 'RKE1' }),
  optionsFor: ({ reading }) => ({ ...RKE1_OPTIONS, ...reading.options }),
  draft:      draftRke1
};

/** Only this directory of the node is mounted into kube-apiserver. Source: rke cluster/plan.go (BuildKubeAPIProcess). */
const LOG_DIRECTORY = '/var/log/kube-audit';

/** rke cluster/defaults.go: what a configuration leaves out is zero or empty, since defaults come only without one. */
const configurationIsPartial: CommonCheck = ({ cluster }) => {
  const form = rke1FormOf(cluster);
  const path = form && [...auditLogPath(form), 'configuration'];
  const configuration = path && valueAt(cluster, path);
  const missing = form && isFields(configuration) ? Object.values(form.names.ofFlag).filter((field) => configuration[field] === undefined || configuration[field] === null) : [];

  return path && missing.length ? [clusterFinding('rke1Partial', 'warn', path, { fields: missing.join(', ') })] : [];
};

const logIsNotOnTheNode: CommonCheck = ({ cluster, reading }) => {
  const form = rke1FormOf(cluster);
  const flag = logFlag(reading);
  const directory = flag?.value.slice(0, Math.max(flag.value.lastIndexOf('/'), 1)) ?? '';
  const mounts = [LOG_DIRECTORY, ...form ? mountsOf(valueAt(cluster, [...kubeApiPath(form), form.names.extraBinds])) : []];
  const isDirectory = flag !== undefined && isKnownDirectory(flag.value, mounts.map((mount) => `${ mount }/`));
  const isMounted = mounts.some((mount) => directory === mount || directory.startsWith(`${ mount }/`));

  return !flag ? [] : [...findingsOfPath(flag), ...(isDirectory ? [ofFlag('logIsDirectory', 'block', flag)] : []), ...(flag.value.startsWith('/') && !isMounted && !isDirectory ? [ofFlag('rke1LogNotMounted', 'warn', flag, { directory })] : [])];
};

function logFlag({ flags }: Reading): Reading['flags'][number] | undefined {
  return flags.find(({ name, value, from }) => name === 'audit-log-path' && from === 'cluster' && value !== '' && value !== '-');
}

/** Destinations of `source:destination[:options]`. */
function mountsOf(binds: unknown): string[] {
  return Array.isArray(binds) ? binds.flatMap((bind: unknown) => typeof bind === 'string' ? bind.split(':')[1] ?? [] : []) : [];
}

/** rke cluster/plan.go: extra arguments come last and win. */
const argumentsOverride: CommonCheck = ({ cluster }) => {
  const form = rke1FormOf(cluster);

  return form ? extraAuditArgs(cluster, form).filter(({ name }) => isInConfiguration(form, name)).map(({ name, value, path }): Finding => clusterFinding('rke1ArgOverrides', 'warn', path, { argument: name, value })) : [];
};

function isInConfiguration(form: Rke1Form, flag: string): boolean {
  return flag === 'audit-policy-file' || Object.hasOwn(form.names.ofFlag, flag);
}

const CHECKS: readonly CommonCheck[] = [...FLAG_CHECKS, configurationIsPartial, logIsNotOnTheNode, argumentsOverride, ...OWNER_CHECKS];
