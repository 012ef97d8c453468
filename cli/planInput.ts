/** What `plan` is asked for: the cluster, what it should have, and how; what contradicts itself is a UsageError. */
import { deliveriesOf, optionsForDelivery, readAuditSettings } from '../audit/cluster/distributions';
import type { PlanOptions } from '../audit/cluster/distribution';
import { settingsFromRke1, type Successor } from '../audit/cluster/fromRke1';
import { sourceKindOf } from '../audit/cluster/planning';
import { nameOf, namespaceOf, type RancherCluster } from '../audit/cluster/rancherCluster';
import { rke1DisplayName, rke1FormOf } from '../audit/cluster/rke1Forms';
import { DELIVERIES, type AuditOptions, type Delivery, type WantedSettings } from '../audit/cluster/settings';
import { POLICY_KEY_IN_SOURCE, SOURCE_KINDS, type Sources } from '../audit/cluster/sources';
import type { Finding } from '../audit/policy/finding';
import { valueAt, withValueAt } from '../audit/policy/valueAt';
import { PRESETS } from '../audit/presets/presets';
import { kubernetesOf, stringOf, type Values } from './command';
import { textOf, UsageError, type Io } from './io';
import { clusterIn } from './manifests';

/** `--log-maxage` is kube-apiserver's `audit-log-maxage`, and so on. */
export const LOG_OPTIONS = ['log-path', 'log-maxage', 'log-maxbackup', 'log-maxsize', 'log-format', 'log-compress', 'log-mode'] as const;

/** What `--preset` takes. */
export const PRESET_IDS: readonly string[] = PRESETS.map(({ id }) => id);

/** The cluster with the version of `--kubernetes`, where its manifest has none. */
export function withVersion(cluster: RancherCluster, values: Values, file: string): RancherCluster {
  const form = rke1FormOf(cluster);
  const path = form ? [...form.config, form.names.version] : ['spec', 'kubernetesVersion'];

  if (stringOf(values, 'kubernetes') === undefined) {
    return cluster;
  }
  if (valueAt(cluster, path)) {
    throw new UsageError('versionTwice', { file });
  }

  return withValueAt(cluster, path, kubernetesOf(values));
}

/** What is wanted, and what there is to say about it; undefined where that can't be known. */
export interface Asked {
  readonly wanted: WantedSettings | undefined;
  readonly findings: readonly Finding[];
}

export async function askedFor(values: Values, cluster: RancherCluster, sources: Sources, adopt: PlanOptions['adopt'], io: Io): Promise<Asked> {
  const [file, rke1, preset] = [stringOf(values, 'policy'), stringOf(values, 'from-rke1'), oneOf(values, 'preset', PRESET_IDS)];
  const given = Object.fromEntries(LOG_OPTIONS.flatMap((name) => stringOf(values, name) === undefined ? [] : [[`audit-${ name }`, stringOf(values, name) ?? '']]));

  if ([file, rke1, preset, values['off']].filter((value) => value !== undefined).length !== 1) {
    throw new UsageError('oneWish');
  }
  if (values['off']) {
    if (['delivery', 'adopt', 'expectations'].some((name) => values[name] !== undefined) || Object.keys(given).length) {
      throw new UsageError('offAlone');
    }

    return { wanted: { state: 'off' }, findings: [] };
  }
  const delivery = deliveryOf(values, cluster, adopt);

  if (rke1 !== undefined) {
    return takenOver(await clusterIn(rke1, io), rke1, { cluster, sources, delivery }, given);
  }
  const policy = file === undefined ? PRESETS.find(({ id }) => id === preset)?.policy ?? '' : await textOf(file, io);

  return { wanted: { state: 'on', delivery, policy, options: { ...optionsNow(cluster, sources, delivery) ?? optionsForDelivery(cluster, sources, delivery), ...given } }, findings: [] };
}

/** The audit log of an RKE1 cluster, for one of another distribution. */
function takenOver(rke1: RancherCluster, file: string, successor: Successor, given: AuditOptions): Asked {
  if (!rke1FormOf(rke1)) {
    throw new UsageError('notRke1', { file });
  }
  const { wanted, findings } = settingsFromRke1(rke1, successor);

  return { wanted: wanted?.state === 'on' ? { ...wanted, options: { ...wanted.options, ...given } } : wanted, findings };
}

/** The audit flags of a cluster that has the delivery already: what they leave out stays out. */
function optionsNow(cluster: RancherCluster, sources: Sources, delivery: Delivery): AuditOptions | undefined {
  const { settings } = readAuditSettings(cluster, sources);

  return 'delivery' in settings && settings.delivery === delivery ? settings.options : undefined;
}

function deliveryOf(values: Values, cluster: RancherCluster, adopt: PlanOptions['adopt']): Delivery {
  const asked = oneOf(values, 'delivery', DELIVERIES);
  const delivery = asked ?? [...deliveriesOf(cluster)].find(([candidate, reason]) => !reason && (!adopt || sourceKindOf(candidate) === adopt.kind))?.[0] ?? 'inline';

  if (adopt && asked && sourceKindOf(asked) !== adopt.kind) {
    throw new UsageError('adoptDelivery', { kind: adopt.kind, delivery: asked });
  }

  return delivery;
}

/** The object of `--adopt KIND/NAME[/KEY]`, which has to be among those that were read. */
export function adoptedOf(values: Values, cluster: RancherCluster, sources: Sources): PlanOptions['adopt'] {
  const value = stringOf(values, 'adopt');
  const [written = '', name = '', key = POLICY_KEY_IN_SOURCE, ...rest] = (value ?? '').split('/');
  const kind = SOURCE_KINDS.find((candidate) => candidate.toLowerCase() === written.toLowerCase());

  if (value === undefined) {
    return undefined;
  }
  if (!kind || !name || !key || rest.length) {
    throw new UsageError('adoptForm', { value });
  }
  const ref = { kind, namespace: namespaceOf(cluster), name };

  if (typeof sources(ref) === 'string') {
    throw new UsageError('adoptUnread', ref);
  }

  return { ...ref, key };
}

/** Throws a UsageError where the cluster's manifest lacks what a plan in this form needs. */
export function checkCluster(cluster: RancherCluster, wanted: WantedSettings | undefined, output: string, file: string): void {
  if (rke1FormOf(cluster)) {
    return checkRke1(cluster, output, file);
  }
  if (cluster.spec?.rkeConfig && !cluster.spec.kubernetesVersion) {
    throw new UsageError('clusterVersion', { file });
  }
  if (!nameOf(cluster) && (NAMING.includes(output) || wanted?.state === 'on' && sourceKindOf(wanted.delivery))) {
    throw new UsageError('clusterName', { file });
  }
}

/** Forms that name the cluster. */
const NAMING = ['kubectl', 'fleet', 'terraform'];

function checkRke1(cluster: RancherCluster, output: string, file: string): void {
  if (output === 'fleet') {
    throw new UsageError('fleetRke1');
  }
  if (output === 'kubectl' && !(cluster.spec?.rancherKubernetesEngineConfig && nameOf(cluster))) {
    throw new UsageError('kubectlRke1', { file });
  }
  if (output === 'terraform' && !rke1DisplayName(cluster)) {
    throw new UsageError('clusterName', { file });
  }
}

/** The value of an option that has fixed ones; throws a UsageError that lists them. */
export function oneOf<Name extends string>(values: Values, option: string, allowed: readonly Name[]): Name | undefined {
  const value = stringOf(values, option);
  const found = allowed.find((name) => name === value);

  if (value !== undefined && found === undefined) {
    throw new UsageError('oneOf', { option: `--${ option }`, value, allowed: allowed.join(', ') });
  }

  return found;
}
