/**
 * The audit log as it was before the last change, kept in an annotation of the cluster: it is written with the change itself, by
 * whoever may change the cluster, and is there while the cluster's own API is not.
 *
 * A policy in a Secret or a ConfigMap is kept by the name of its object, which stays; where that goes, its text is kept, and its expectations
 * as far as there is room for both.
 */
import { withValueAt } from '../policy/valueAt';
import type { Operation } from './change';
import type { PlanOptions, Situation } from './distribution';
import { sourceKindOf } from './planning';
import { nameOf, namespaceOf, type RancherCluster } from './rancherCluster';
import type { Reading } from './reading';
import { DELIVERIES, type AuditOptions, type Delivery, type WantedSettings } from './settings';
import { isAuthorized, isObjectName, isSourceKey, textIn, type SourceRef } from './sources';

export const PREVIOUS_ANNOTATION = 'cluster-audit-log/previous-settings';

/** In bytes. All annotations of an object share 256 KiB. Source: k8s.io/apimachinery pkg/api/validation (TotalAnnotationSizeLimitB). */
const LARGEST = 96 * 1024;

/** Settings that a plan can bring back. */
export type PreviousSettings =
  | { readonly state: 'off' }
  | PreviousPolicy
  | { readonly state: 'on'; readonly delivery: Delivery; readonly options: AuditOptions; readonly source: PreviousSource };

interface PreviousPolicy {
  readonly state: 'on';
  readonly delivery: Delivery;
  readonly options: AuditOptions;
  readonly policy: string;
  readonly expectations?: string;
  /** Whether there were expectations, and no room for them. */
  readonly areExpectationsLost?: boolean;
}

interface PreviousSource {
  readonly name: string;
  readonly key: string;
  /** The policy's file on the nodes. */
  readonly path?: string;
  /** Whether the change took the cluster's right to the object. */
  readonly isWithdrawn?: boolean;
}

/**
 * The operations with what was before them in the cluster's annotation; without the annotation where that can't be brought back, as
 * after an edit of an object in place.
 */
export function withPrevious(operations: readonly Operation[], cluster: RancherCluster, before: Reading): readonly Operation[] {
  const ofSource = operations.find(({ action, kind, name }) => action !== 'create' && kind === before.source?.kind && name === before.source.name);
  const isInPlace = ofSource !== undefined && ofSource.kind !== 'Cluster' && ofSource.after !== null && textIn(ofSource.after, before.source?.key ?? '') !== (before.settings.state === 'on' ? before.settings.policy : undefined);
  const isDeleted = ofSource?.after === null;
  const isWithdrawn = ofSource !== undefined && ofSource.kind !== 'Cluster' && ofSource.after !== null && !isAuthorized(ofSource.after, nameOf(cluster));
  // The text of an object that goes is all that is left of it.
  const previous = isInPlace ? undefined : previousOf(isDeleted ? withoutSource(before) : before, isWithdrawn);
  const isClusterChanged = operations.some(({ kind }) => kind === 'Cluster');

  // An edit in place does not touch the cluster, which must not remember an older change then: it forgets first, whatever comes of the edit.
  return isInPlace && !isClusterChanged && cluster.metadata?.annotations?.[PREVIOUS_ANNOTATION] !== undefined
    ? [{ action: 'update', kind: 'Cluster', namespace: namespaceOf(cluster), name: nameOf(cluster), before: cluster, after: remembering(cluster, undefined) }, ...operations]
    : operations.map((operation) => operation.kind === 'Cluster' ? { ...operation, after: remembering(operation.after, previous) } : operation);
}

function remembering(cluster: RancherCluster, previous: PreviousSettings | undefined): RancherCluster {
  const texts = previous ? [previous, withoutExpectations(previous)].map((each) => JSON.stringify(each)) : [];

  return withValueAt(cluster, ['metadata', 'annotations', PREVIOUS_ANNOTATION], texts.find((text) => new TextEncoder().encode(text).length <= LARGEST));
}

function withoutExpectations(previous: PreviousSettings): PreviousSettings {
  if (!('expectations' in previous)) {
    return previous;
  }
  const { expectations: _, ...others } = previous;

  return { ...others, areExpectationsLost: true };
}

function withoutSource({ source: _, ...reading }: Reading): Reading {
  return reading;
}

function previousOf({ settings, source, policyPath }: Reading, isWithdrawn: boolean): PreviousSettings | undefined {
  if (settings.state === 'off') {
    return settings;
  }
  const delivery = 'delivery' in settings ? settings.delivery : undefined;

  if (delivery && source && (settings.state === 'on' || settings.state === 'unread')) {
    return { state: 'on', delivery, options: settings.options, source: { name: source.name, key: source.key, ...(policyPath === undefined ? {} : { path: policyPath }), ...(isWithdrawn ? { isWithdrawn } : {}) } };
  }

  return settings.state === 'on' ? settings : undefined;
}

/** What the annotation of a cluster holds; undefined where there is none, or nothing of ours: whoever may edit the cluster may write it. */
export function previousSettings(cluster: RancherCluster): PreviousSettings | undefined {
  const text = cluster.metadata?.annotations?.[PREVIOUS_ANNOTATION];

  try {
    const value: unknown = text === undefined || text.length > LARGEST ? undefined : JSON.parse(text);

    return isPrevious(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isPrevious(value: unknown): value is PreviousSettings {
  const { state, delivery, options, policy, expectations, areExpectationsLost, source } = (value ?? {}) as Readonly<Record<string, unknown>>;
  const isHeld = source === undefined
    ? typeof policy === 'string' && ['string', 'undefined'].includes(typeof expectations) && ['boolean', 'undefined'].includes(typeof areExpectationsLost)
    : policy === undefined && isSource(source);

  return state === 'off' || state === 'on' && DELIVERIES.some((known) => known === delivery) && isOptions(options) && isHeld;
}

function isSource(value: unknown): value is PreviousSource {
  const { name, key, path, isWithdrawn } = (value ?? {}) as Readonly<Record<string, unknown>>;

  return typeof name === 'string' && isObjectName(name) && typeof key === 'string' && isSourceKey(key)
    && ['string', 'undefined'].includes(typeof path) && ['boolean', 'undefined'].includes(typeof isWithdrawn);
}

function isOptions(value: unknown): value is AuditOptions {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.entries(value).every(([name, text]) => name.startsWith('audit-') && typeof text === 'string');
}

/** What a plan needs to bring previous settings back. */
export interface Revert {
  readonly wanted: WantedSettings;
  readonly options: PlanOptions;
  /** Whether the policy comes back without the expectations that it had. */
  readonly losesExpectations: boolean;
}

/**
 * The wish that brings previous settings back. A source that the user may not read is pointed to as it is: Rancher knows its text.
 * Undefined where the cluster lost its right to such a source, so that Rancher would stop managing it.
 */
export function revertOf(previous: PreviousSettings, { cluster, sources }: Pick<Situation, 'cluster' | 'sources'>): Revert | undefined {
  if (previous.state === 'off') {
    return { wanted: previous, options: {}, losesExpectations: false };
  }
  if (!('source' in previous)) {
    const { areExpectationsLost = false, expectations, ...settings } = previous;
    const isForObject = sourceKindOf(previous.delivery) !== undefined;

    // Said even where there were none: unsaid, those of the policy that goes would stay with this one.
    return { wanted: isForObject ? { ...settings, expectations: expectations ?? '' } : settings, options: {}, losesExpectations: areExpectationsLost };
  }
  const { delivery, options, source } = previous;
  const ref = { kind: sourceKindOf(delivery) ?? 'Secret', namespace: namespaceOf(cluster), name: source.name, key: source.key } as const;
  const object = sources(ref);
  const policy = typeof object === 'string' ? undefined : textIn(object, source.key);

  if (policy === undefined && source.isWithdrawn) {
    return undefined;
  }

  return { wanted: { state: 'on', delivery, options, policy: policy ?? '' }, options: { ...(policy === undefined ? { pointTo: ref } : { adopt: ref }), ...(source.path === undefined ? {} : { policyPath: source.path }) }, losesExpectations: false };
}

/** The object that a revert needs to look at. */
export function previousSource(cluster: RancherCluster): SourceRef | undefined {
  const previous = previousSettings(cluster);

  return previous && 'source' in previous ? { kind: sourceKindOf(previous.delivery) ?? 'Secret', namespace: namespaceOf(cluster), name: previous.source.name } : undefined;
}
