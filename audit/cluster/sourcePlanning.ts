/**
 * The object that a plan puts a policy into, with the policy's expectations beside it, and the cluster's right to it.
 *
 * Expectations alone change nothing on the nodes: the object in use is edited then, and no machine restarts.
 * Source: rancher pkg/capr/planner/planner.go (renderFiles: of an object, the keys that a cluster names).
 */
import type { Finding } from '../policy/finding';
import type { Operation } from './change';
import { sourceFinding } from './clusterFinding';
import type { PlanOptions, Situation } from './distribution';
import type { PolicyFile } from './policyFiles';
import { nameOf, namespaceOf } from './rancherCluster';
import type { Reading } from './reading';
import type { AuditOn } from './settings';
import { expectationsIn, isAuthorized, newSource, POLICY_KEY_IN_SOURCE, sourceNameOf, textIn, trimmedClusters, withAuthorization, withExpectations, withText, type Lookup, type SourceKind, type SourceObject, type SourceRef } from './sources';

/** What an object should hold. */
interface Held {
  readonly policy: string;
  /** '' for none; undefined for those that it holds already. */
  readonly expectations: string | undefined;
}

/** The expectations that are asked for, or else those that go with the policy from where it is now. */
function expectationsFor({ settings, source }: Reading, { expectations }: AuditOn): string | undefined {
  return expectations ?? (settings.state === 'on' && source ? settings.expectations ?? '' : undefined);
}

/** The object that a policy goes into. */
export interface WantedSource {
  readonly ref: SourceRef;
  readonly key: string;
  /** Whether the files in use hold the policy already. */
  readonly isThere: boolean;
  readonly operations: readonly Operation[];
  readonly findings: readonly Finding[];
}

/** The object that should hold a policy: the one in use if it says so already, the adopted one, the one of before if it says so, or one that is named by its text. */
export function wantedSource(situation: Situation, on: AuditOn, kind: SourceKind, { adopt, pointTo, former, attempt }: PlanOptions): WantedSource {
  const { cluster, sources, reading } = situation;
  const held: Held = { policy: on.policy, expectations: expectationsFor(reading, on) };
  const current = reading.source;
  const holder = (source: typeof current): SourceObject | undefined => {
    const object = source?.kind === kind ? sources(source) : undefined;

    return source && object && typeof object === 'object' && textIn(object, source.key) === held.policy ? object : undefined;
  };
  const object = holder(current);

  if (pointTo) {
    return { ref: pointTo, key: pointTo.key, isThere: false, operations: [], findings: [] };
  }
  if (adopt) {
    return edited(situation, adopt, adopt.key, on.expectations === undefined ? heldByAdopted(situation, adopt, held) : held);
  }
  if (current && object) {
    const isHeld = held.expectations === undefined || held.expectations === (expectationsIn(object, current.key) ?? '');

    return isHeld ? { ref: current, key: current.key, isThere: true, operations: [], findings: [] } : { ...edited(situation, current, current.key, held), isThere: true };
  }
  if (former && holder(former)) {
    return edited(situation, former, former.key, held);
  }
  const ref: SourceRef = { kind, namespace: namespaceOf(cluster), name: sourceNameOf(nameOf(cluster), held.policy, attempt) };

  return edited(situation, ref, POLICY_KEY_IN_SOURCE, held);
}

/** An object that is taken over with the policy that it holds keeps that policy's expectations, unless others are asked for. */
function heldByAdopted({ sources, reading: { source } }: Situation, { kind, namespace, name, key }: SourceRef & { readonly key: string }, held: Held): Held {
  const object = sources({ kind, namespace, name });
  const isOther = source?.kind !== kind || source.name !== name || source.key !== key;

  return isOther && typeof object === 'object' && textIn(object, key) === held.policy ? { ...held, expectations: undefined } : held;
}

/** The object with the policy and the cluster's right to it; made where it isn't there, or where nobody may look. */
function edited({ cluster, sources }: Situation, { kind, namespace, name }: SourceRef, key: string, { policy, expectations }: Held): WantedSource {
  const ref: SourceRef = { kind, namespace, name };
  const before: Lookup = sources(ref);

  if (typeof before === 'string') {
    return { ref, key, isThere: false, operations: [{ action: 'create', ...ref, before: null, after: withExpectations(newSource(ref, nameOf(cluster), policy), POLICY_KEY_IN_SOURCE, expectations) }], findings: [] };
  }
  const authorized = isAuthorized(before, nameOf(cluster)) ? before : withAuthorization(before, nameOf(cluster));
  const isTextChanged = textIn(before, key) !== policy;
  const after = withExpectations(isTextChanged ? withText(authorized, key, policy) : authorized, key, expectations);
  const others = trimmedClusters(before).filter((other) => other !== nameOf(cluster));

  return {
    ref,
    key,
    isThere:    false,
    operations: after === before ? [] : [{ action: 'update', ...ref, before, after }],
    findings:   [
      ...(after.data !== before.data && before.immutable ? [sourceFinding('immutable', 'block', ref, ['immutable'])] : []),
      ...(isTextChanged && others.length ? [sourceFinding('othersRestart', 'warn', ref, ['metadata', 'annotations'], { clusters: others.join(', ') })] : [])
    ]
  };
}

/** The cluster's right to the objects that files come from. */
export function rightsTo({ cluster, sources }: Situation, files: readonly PolicyFile[]): Operation[] {
  return sourcesOfFiles(files).flatMap(({ kind, namespace, name }): Operation[] => {
    const before = sources({ kind, namespace, name });

    return typeof before === 'string' || isAuthorized(before, nameOf(cluster)) ? [] : [{ action: 'update', kind, namespace, name, before, after: withAuthorization(before, nameOf(cluster)) }];
  });
}

/** Each object that files come from, once. */
export function sourcesOfFiles(files: readonly PolicyFile[]): SourceRef[] {
  const all = files.map(({ source }) => source);

  return all.filter(({ kind, name }, index) => index === all.findIndex((other) => other.kind === kind && other.name === name));
}
