/**
 * The Secrets and ConfigMaps that a cluster's files come from: what they hold, and for whom.
 *
 * Source: rancher pkg/capr/planner/planner.go (renderFiles; authorization by an exact match between commas, without trimming).
 */
import { sha256 } from '@noble/hashes/sha2';
import { base64 } from '@scure/base';

export const SOURCE_KINDS = ['Secret', 'ConfigMap'] as const;
export type SourceKind = typeof SOURCE_KINDS[number];

export const AUTHORIZED = 'rke.cattle.io/object-authorized-for-clusters';
/** Without it Rancher's backups leave out Secrets of fleet-default. Source: backup-restore-operator. */
export const BACKUP_LABEL = 'resources.cattle.io/backup';
export const POLICY_KEY_IN_SOURCE = 'audit-policy';
/** What follows the key of a policy in that of its expectations. Rancher brings only the keys that a cluster names to the nodes. */
const EXPECTATIONS = '-expectations';

export interface SourceRef {
  readonly kind: SourceKind;
  readonly namespace: string;
  readonly name: string;
}

export interface SourceObject {
  readonly apiVersion?: string;
  readonly kind: SourceKind;
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly creationTimestamp?: string;
    readonly annotations?: Readonly<Record<string, string>> | null;
    readonly labels?: Readonly<Record<string, string>> | null;
    readonly [key: string]: unknown;
  };
  readonly type?: string;
  readonly immutable?: boolean;
  /** Base64 in a Secret, text in a ConfigMap. */
  readonly data?: Readonly<Record<string, string>> | null;
  readonly binaryData?: Readonly<Record<string, string>> | null;
}

/** What is known of an object: itself, that it isn't there, that it may not be read, or that nobody looked. */
export type Lookup = SourceObject | 'notFound' | 'forbidden' | 'notRead';
export type Sources = (ref: SourceRef) => Lookup;

export const NOTHING_READ: Sources = () => 'notRead';

/** The objects alone, where there are no others. */
export function sourcesOf(objects: readonly SourceObject[]): Sources {
  return ({ kind, namespace, name }) => objects.find((object) => object.kind === kind && object.metadata.name === name && object.metadata.namespace === namespace) ?? 'notFound';
}

/** The text under a key as the nodes get it; undefined where there is none, or bytes that are no text. */
export function textIn(source: SourceObject, key: string): string | undefined {
  const value = source.data?.[key];

  if (typeof value !== 'string' || source.kind === 'ConfigMap') {
    return value;
  }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(base64.decode(value.replace(/\s/g, '')));
  } catch {
    return undefined;
  }
}

/** The object with a text under a key; all else as it is. Kubernetes takes no key that stands in `binaryData` as well. */
export function withText({ binaryData, ...source }: SourceObject, key: string, text: string): SourceObject {
  const others = Object.entries(binaryData ?? {}).filter(([name]) => name !== key);

  return { ...source, data: { ...source.data, [key]: source.kind === 'Secret' ? base64Of(text) : text }, ...(others.length ? { binaryData: Object.fromEntries(others) } : {}) };
}

/** The key of the expectations of the policy under a key. */
export function expectationsKeyOf(key: string): string {
  return `${ key }${ EXPECTATIONS }`;
}

/** The keys of an object without those of expectations. */
export function keysIn({ data }: SourceObject): string[] {
  const keys = Object.keys(data ?? {});

  return keys.filter((key) => !keys.some((policy) => expectationsKeyOf(policy) === key));
}

/** The expectations of the policy under a key; undefined where there are none. */
export function expectationsIn(source: SourceObject, key: string): string | undefined {
  return textIn(source, expectationsKeyOf(key)) || undefined;
}

/** The object with expectations of the policy under a key; '' takes them out, and undefined leaves them as they are. */
export function withExpectations(source: SourceObject, key: string, text: string | undefined): SourceObject {
  const own = expectationsKeyOf(key);

  if (text === undefined || text === (expectationsIn(source, key) ?? '') || !isSourceKey(own)) {
    return source;
  }
  const { [own]: _, ...others } = source.data ?? {};

  return text === '' ? { ...source, data: others } : withText(source, own, text);
}

/** Base64 of a text's UTF-8 bytes, as a Secret holds it. */
export function base64Of(text: string): string {
  return base64.encode(new TextEncoder().encode(text));
}

/** The `hash` that Rancher compares: base64 of the SHA-256 of the bytes. */
export function fileHash(text: string): string {
  return base64.encode(sha256(text));
}

/** The name of the source that holds a text for a cluster: another text, another name; and another one for each attempt after the first. */
export function sourceNameOf(cluster: string, text: string, attempt = 0): string {
  const digits = Array.from(sha256(attempt ? `${ text }\0${ attempt }` : text).slice(0, 4), (byte) => byte.toString(16).padStart(2, '0')).join('');

  return `${ cluster }-audit-policy-${ digits }`;
}

/** Whether a name is one that a cluster's sources get. */
export function isNamedFor(cluster: string, name: string): boolean {
  return name.startsWith(`${ cluster }-audit-policy-`) && /^[\da-f]{8}$/.test(name.slice(`${ cluster }-audit-policy-`.length));
}

/** So many other names are tried for a new source. */
export const MAX_ATTEMPTS = 5;

/** Whether a name is one that a source with the text gets, for whichever cluster. */
export function isNameFor(text: string, name: string): boolean {
  return Array.from({ length: MAX_ATTEMPTS + 1 }, (_, attempt) => sourceNameOf('', text, attempt)).some((end) => name.endsWith(end));
}

/** Whether a text can be the name of an object: a DNS subdomain. Source: k8s.io/apimachinery pkg/util/validation (IsDNS1123Subdomain). */
export function isObjectName(text: string): boolean {
  return text.length <= 253 && text.split('.').every((label) => /^[a-z\d](?:[-a-z\d]*[a-z\d])?$/.test(label));
}

/** Whether a text can be a key of an object's data. Source: k8s.io/apimachinery pkg/util/validation (IsConfigMapKey). */
export function isSourceKey(text: string): boolean {
  return text.length <= 253 && /^[-.\w]+$/.test(text) && text !== '.' && !text.startsWith('..');
}

/** A new source with a policy, for one cluster. */
export function newSource({ kind, namespace, name }: SourceRef, cluster: string, text: string): SourceObject {
  const source: SourceObject = {
    apiVersion: 'v1',
    kind,
    metadata:   { name, namespace, annotations: { [AUTHORIZED]: cluster }, labels: { [BACKUP_LABEL]: 'true' } },
    ...(kind === 'Secret' ? { type: 'Opaque' } : {})
  };

  return withText(source, POLICY_KEY_IN_SOURCE, text);
}

/** The clusters that may use a source, as Rancher reads the annotation: between commas, spaces and all. */
export function authorizedClusters(source: SourceObject): string[] {
  return (source.metadata.annotations?.[AUTHORIZED] ?? '').split(',').filter((name) => name !== '');
}

/** Whether Rancher lets the cluster use the source. */
export function isAuthorized(source: SourceObject, cluster: string): boolean {
  return authorizedClusters(source).includes(cluster);
}

/** The source with the cluster among those that may use it, and without the spaces that keep others out. */
export function withAuthorization(source: SourceObject, cluster: string): SourceObject {
  const names = [...new Set([...trimmedClusters(source), cluster])].filter((name) => name !== '').join(',');

  return names === source.metadata.annotations?.[AUTHORIZED] ? source : withAnnotation(source, names);
}

/** The source without the cluster among those that may use it. */
export function withoutAuthorization(source: SourceObject, cluster: string): SourceObject {
  const others = trimmedClusters(source).filter((name) => name !== cluster);

  return isAuthorized(source, cluster) ? withAnnotation(source, others.length ? others.join(',') : undefined) : source;
}

/** The clusters that the annotation means. */
export function trimmedClusters(source: SourceObject): string[] {
  return authorizedClusters(source).map((name) => name.trim()).filter((name) => name !== '');
}

function withAnnotation(source: SourceObject, names: string | undefined): SourceObject {
  const { [AUTHORIZED]: _, ...others } = source.metadata.annotations ?? {};
  const annotations = names === undefined ? others : { ...source.metadata.annotations, [AUTHORIZED]: names };

  return { ...source, metadata: { ...source.metadata, annotations } };
}
