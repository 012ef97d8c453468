/**
 * From what a cluster asks for now to what is wanted: the operations, for RKE2 and K3s.
 *
 * Ours are the key `audit-policy-file`, every `audit-*` argument, and the files at the policy's path. All else stays as, and where,
 * it is. Source: rancher pkg/capr/planner (what replaces what); webhook mutator.go (an empty argument list is refused).
 */
import type { Finding, Path } from '../policy/finding';
import { valueAt, withValueAt } from '../policy/valueAt';
import { argsOf, ARGS_KEY, isAuditFlag, POLICY_FLAG, withAuditArgs } from './apiServerArgs';
import type { Operation } from './change';
import { clusterFinding, sourceFinding } from './clusterFinding';
import { effectivePlace, placesOf, type Located } from './controlPlaneConfig';
import { defaultOptions, defaultPolicyPath, type CaprTraits } from './caprTraits';
import type { Draft, PlanOptions, Situation } from './distribution';
import { CONTROL_PLANE_SELECTOR } from './machineLabels';
import { filesAt, withPolicyFile } from './policyFiles';
import { GLOBAL_CONFIG, nameOf, namespaceOf, SELECTOR_CONFIG, SELECTOR_FILES, type RancherCluster } from './rancherCluster';
import type { Reading } from './reading';
import { isSourceNamed } from './sourceUse';
import type { AuditOn, AuditOptions, Delivery, WantedSettings } from './settings';
import { rightsTo, sourcesOfFiles, wantedSource } from './sourcePlanning';
import { authorizedClusters, isAuthorized, withoutAuthorization, type SourceKind, type SourceRef } from './sources';

/** What a plan needs to know. */
interface CaprSituation extends Situation {
  readonly distribution: CaprTraits;
}

/** Which kind of object a delivery puts the policy in; undefined for inline ones. */
export function sourceKindOf(delivery: Delivery): SourceKind | undefined {
  return delivery.startsWith('secret') ? 'Secret' : delivery.startsWith('configmap') ? 'ConfigMap' : undefined;
}

/** Whether a delivery is for control-plane machines alone. */
export function isBySelector(delivery: Delivery): boolean {
  return delivery.endsWith('-selector');
}

/** Why a delivery can't be used on a cluster; undefined where it can. */
export function refusedDelivery({ distribution, cluster }: Pick<CaprSituation, 'distribution' | 'cluster'>, delivery: Delivery): Finding | undefined {
  if (!distribution.deliveries.includes(delivery)) {
    return delivery.startsWith('inline') ? clusterFinding('k3sDropsInline', 'block', [...GLOBAL_CONFIG, POLICY_FLAG]) : clusterFinding('deliveryUnknown', 'block', ['spec', 'kubernetesVersion'], { delivery, distribution: distribution.name });
  }

  return sourceKindOf(delivery) ? isBySelector(delivery) ? refusedSelector(cluster) : refusedGlobal(cluster) : undefined;
}

/** What Rancher's webhook adds for a pod security template. Source: webhook mutator.go. */
const PSACT_FLAG = 'admission-control-config-file';

/** A selector's list replaces the global one, with all that others put there and that it does not say itself. */
function refusedSelector(cluster: RancherCluster): Finding | undefined {
  const template = cluster.spec?.defaultPodSecurityAdmissionConfigurationTemplateName;
  const global = placesOf(cluster, ARGS_KEY).find(({ selector }) => selector === undefined);
  const kept = new Set(argsOf(lastPlace(cluster, ARGS_KEY, true)?.value).map(({ name }) => name));
  const foreign = argsOf(global?.value).find(({ name }) => !isAuditFlag(name) && !kept.has(name));

  if (template && !kept.has(PSACT_FLAG)) {
    return clusterFinding('selectorDropsPsact', 'block', ['spec', 'defaultPodSecurityAdmissionConfigurationTemplateName'], { template });
  }

  return global && foreign ? clusterFinding('selectorDropsGlobal', 'block', global.path, { argument: foreign.name }) : undefined;
}

/** A selector with arguments of its own would hide the global ones. */
function refusedGlobal(cluster: RancherCluster): Finding | undefined {
  const hiding = placesOf(cluster, ARGS_KEY).find(({ selector, value }) => selector !== undefined && argsOf(value).some(({ name }) => !isAuditFlag(name)));

  return hiding && clusterFinding('argsShadowed', 'block', hiding.path);
}

/** The options that a plan without given ones writes. */
export function optionsFor({ distribution, cluster, reading }: CaprSituation, delivery: Delivery): AuditOptions {
  const defaults = defaultOptions(distribution, cluster);

  if (sourceKindOf(delivery)) {
    return { ...defaults, ...reading.options };
  }

  // RKE2 has them by itself as soon as it has a policy.
  return Object.fromEntries(Object.entries(reading.options).filter(([name, value]) => defaults[name] !== value));
}

/** The operations that bring about what is wanted. Call it only where that differs from what there is. */
export function draftOf(situation: CaprSituation, wanted: WantedSettings, options: PlanOptions = {}): Draft {
  const { cluster, reading } = situation;
  const on = wanted.state === 'on' ? { ...wanted, options: wanted.options ?? optionsFor(situation, wanted.delivery) } : undefined;
  const kind = on && sourceKindOf(on.delivery);
  const source = on && kind ? wantedSource(situation, on, kind, options) : undefined;
  const path = source ? options.policyPath ?? policyPathFor(situation) : undefined;
  const configured = withConfiguration(cluster, on, path);
  const after = withPolicyFile(configured, reading.files, source && path !== undefined && on ? { kind: source.ref.kind, name: source.ref.name, key: source.key, path, text: options.pointTo ? undefined : on.policy, isThere: source.isThere } : undefined);
  const rights = source?.isThere ? rightsTo(situation, filesAt(after, path)).filter(({ kind: of, name }) => !source.operations.some((operation) => operation.kind === of && operation.name === name)) : [];
  const left = leftSources(situation, after, source?.ref, options.deleteSource === true);
  const update: Operation[] = after === cluster ? [] : [{ action: 'update', kind: 'Cluster', namespace: namespaceOf(cluster), name: nameOf(cluster), before: cluster, after }];

  return {
    operations: [...source?.operations ?? [], ...rights, ...update, ...left.operations],
    findings:   [...source?.findings ?? [], ...left.findings, ...(on ? findingsOfRestoring(cluster, after) : findingsOfStaying(reading))]
  };
}

function policyPathFor({ distribution, reading }: CaprSituation): string {
  return reading.files.length && reading.policyPath !== undefined ? reading.policyPath : defaultPolicyPath(distribution);
}

/** The cluster with the policy's key and the audit arguments where they belong, and nowhere else. */
function withConfiguration(cluster: RancherCluster, on: AuditOn | undefined, path: string | undefined): RancherCluster {
  if (!on) {
    return withoutEmptySelectors(cluster, withArgs(withPolicyKey(cluster, undefined, false), {}, false));
  }
  const isSelector = isBySelector(on.delivery);
  const changed = path === undefined
    // With an inline policy arguments count where they are.
    ? withArgs(withPolicyKey(cluster, on.policy, isSelector), on.options, effectivePlace(cluster, ARGS_KEY)?.selector !== undefined)
    : withArgs(withPolicyKey(cluster, undefined, false), { [POLICY_FLAG]: path, ...on.options }, isSelector);

  return withoutEmptySelectors(cluster, changed);
}

function withPolicyKey(cluster: RancherCluster, text: string | undefined, isSelector: boolean): RancherCluster {
  const target = text === undefined ? undefined : lastPlace(cluster, POLICY_FLAG, isSelector);
  const changed = withEachPlace(cluster, POLICY_FLAG, (_, isTarget) => isTarget ? text : undefined, target);

  return text === undefined || target ? changed : withNewPlace(changed, POLICY_FLAG, isSelector, text);
}

function withArgs(cluster: RancherCluster, args: AuditOptions, isSelector: boolean): RancherCluster {
  const isNeeded = Object.keys(args).length > 0;
  const target = isNeeded ? lastPlace(cluster, ARGS_KEY, isSelector) : undefined;
  const changed = withEachPlace(cluster, ARGS_KEY, (value, isTarget) => withAuditArgs(value, isTarget ? args : {}), target);

  return target || !isNeeded ? changed : withNewPlace(changed, ARGS_KEY, isSelector, withAuditArgs(undefined, args));
}

/** The last place for all control-plane machines that sets a key, globally or by a selector. */
function lastPlace(cluster: RancherCluster, key: string, isSelector: boolean): Located | undefined {
  return placesOf(cluster, key).findLast(({ selector, reach }) => (selector !== undefined) === isSelector && reach === 'all');
}

/** Changes a key in every place that sets it for control-plane machines; undefined takes it out. */
function withEachPlace(cluster: RancherCluster, key: string, change: (value: unknown, isTarget: boolean) => unknown, target: Located | undefined): RancherCluster {
  return placesOf(cluster, key).reduce((result, { path, value }) => {
    const wanted = change(value, String(path) === String(target?.path));

    return wanted === value ? result : withValueAt(result, path, wanted);
  }, cluster);
}

function withNewPlace(cluster: RancherCluster, key: string, isSelector: boolean, value: unknown): RancherCluster {
  return isSelector
    ? withValueAt(cluster, SELECTOR_CONFIG, [...cluster.spec?.rkeConfig?.machineSelectorConfig ?? [], { config: { [key]: value }, machineLabelSelector: CONTROL_PLANE_SELECTOR }])
    : withValueAt(cluster, [...GLOBAL_CONFIG, key], value);
}

/** Takes out entries for the control plane that had only what is ours. */
function withoutEmptySelectors(before: RancherCluster, after: RancherCluster): RancherCluster {
  const entries = after.spec?.rkeConfig?.machineSelectorConfig;
  const old = before.spec?.rkeConfig?.machineSelectorConfig;
  const kept = entries?.filter((entry, index) => entry === old?.[index] || Object.keys(entry?.config ?? {}).length > 0);

  if (!entries || kept?.length === entries.length) {
    return after;
  }

  return withValueAt(after, SELECTOR_CONFIG, kept?.length ? kept : undefined);
}

/** What happens to the objects that the policy leaves: nothing where the next one is of their kind, so that one can go back. */
function leftSources(situation: CaprSituation, after: RancherCluster, next: SourceRef | undefined, deleteSource: boolean): Draft {
  const left = sourcesOfFiles(situation.reading.files).filter(({ kind }) => kind !== next?.kind);
  const drafts = left.map((source) => leftSource(situation, after, source, deleteSource));

  return { operations: drafts.flatMap(({ operations }) => operations), findings: drafts.flatMap(({ findings }) => findings) };
}

function leftSource({ cluster, sources }: CaprSituation, after: RancherCluster, source: SourceRef, deleteSource: boolean): Draft {
  const before = sources(source);

  if (typeof before === 'string' || !isAuthorized(before, nameOf(cluster))) {
    return { operations: [], findings: [] };
  }
  if (isSourceNamed(after, source)) {
    return { operations: [], findings: [sourceFinding('stillUsed', 'info', source, [])] };
  }
  const { kind, namespace, name } = source;

  return {
    operations: authorizedClusters(before).length === 1 && deleteSource
      ? [{ action: 'delete', kind, namespace, name, before, after: null }]
      : [{ action: 'update', kind, namespace, name, before, after: withoutAuthorization(before, nameOf(cluster)) }],
    findings: []
  };
}

/** Turning off takes out what is empty by then, and leaves lists: where it was otherwise before, that is said. */
function findingsOfRestoring(before: RancherCluster, after: RancherCluster): Finding[] {
  const { machineGlobalConfig, machineSelectorConfig, machineSelectorFiles } = before.spec?.rkeConfig ?? {};
  const added: (readonly [Path, boolean])[] = [
    [GLOBAL_CONFIG, !machineGlobalConfig && Boolean(after.spec?.rkeConfig?.machineGlobalConfig)],
    [SELECTOR_CONFIG, machineSelectorConfig !== undefined && !machineSelectorConfig?.length && Boolean(after.spec?.rkeConfig?.machineSelectorConfig?.length)],
    [SELECTOR_FILES, machineSelectorFiles !== undefined && !machineSelectorFiles?.length && Boolean(after.spec?.rkeConfig?.machineSelectorFiles?.length)]
  ];

  const listed = placesOf(before, ARGS_KEY).filter(({ value, path }) => typeof value === 'string' && Array.isArray(valueAt(after, path))).map(({ path }) => path);

  return [...added.filter(([, isAdded]) => isAdded).map(([path]) => path), ...listed].map((path) => clusterFinding('notRestored', 'info', path));
}

/** Rancher never deletes what it has put on the nodes. */
function findingsOfStaying({ flags, policyPath }: Reading): Finding[] {
  const log = flags.find(({ name }) => name === 'audit-log-path')?.value;

  return log ? [clusterFinding('filesStay', 'info', [], { log, policy: policyPath ?? flags.find(({ name }) => name === POLICY_FLAG)?.value ?? '' })] : [];
}
