/**
 * What a cluster of RKE2 or K3s asks for now: the policy, how it gets to the nodes, and the audit flags in effect.
 *
 * Resolved as Rancher's planner, the distribution and kube-apiserver do, one after the other.
 * Source: rancher pkg/capr/planner, rke2 pkg/executor/staticpod/staticpod.go (the user's arguments come last and win).
 */
import { stringify } from 'yaml';

import type { Finding, Path } from '../policy/finding';
import { minorVersion } from '../policy/kubernetesVersion';
import { argsOf, ARGS_KEY, effectiveArgs, isAuditFlag, POLICY_FLAG, type ApiServerArg } from './apiServerArgs';
import { defaultOf } from './auditFlags';
import { clusterFinding, sourceFinding } from './clusterFinding';
import { effectivePlace, placesOf, type Located } from './controlPlaneConfig';
import { inlinePolicyPath, type CaprTraits } from './caprTraits';
import { effectiveFiles, filesAt, keyOf, type PolicyFile } from './policyFiles';
import type { RancherCluster } from './rancherCluster';
import { isCisProfile } from './rke2';
import type { AuditOptions, AuditSettings, Delivery } from './settings';
import { expectationsIn, textIn, type Lookup, type SourceRef, type Sources } from './sources';

/** One flag of kube-apiserver as it will run, and who says so. */
export interface EffectiveFlag {
  readonly name: string;
  readonly value: string;
  readonly from: 'cluster' | 'distribution' | 'kubernetes';
  /** Where the cluster says it, or leaves it out so that the distribution does. */
  readonly path?: Path;
}

export interface Reading {
  readonly settings: AuditSettings;
  /** What the administrator should know about the configuration as it stands; the policy's own findings are not among them. */
  readonly findings: readonly Finding[];
  /** The audit flags in effect, those that are left to Kubernetes among them. */
  readonly flags: readonly EffectiveFlag[];
  /** Values that the cluster sets for audit flags and sets again: kube-apiserver reads each, and takes the last. */
  readonly overridden: readonly EffectiveFlag[];
  /** The audit flags that the cluster itself sets. */
  readonly options: AuditOptions;
  /** The policy's file on the nodes, where it is not an inline one. */
  readonly policyPath?: string;
  /** The files that the cluster brings there. */
  readonly files: readonly PolicyFile[];
  /** The object that the policy comes from. */
  readonly source?: SourceRef & { readonly key: string };
}

/** The reading of a cluster, but for its hazards. */
export function readSettings(distribution: CaprTraits, cluster: RancherCluster, sources: Sources): Reading {
  const args = effectivePlace(cluster, ARGS_KEY);
  const all = argsOf(args?.value);
  const effective = effectiveArgs(all);
  const options = Object.fromEntries([...effective].filter(([name]) => isAuditFlag(name) && name !== POLICY_FLAG).map(([name, { value }]) => [name, value]));
  const argument = effective.get(POLICY_FLAG)?.value;
  const policyPath = argument === inlinePolicyPath(distribution, cluster) && effectivePlace(cluster, POLICY_FLAG) ? undefined : argument ?? deliveredDefault(distribution, cluster);
  const files = filesAt(cluster, policyPath);
  const partly = partlyConfigured(cluster);
  const common = { flags: flagsOf(distribution, cluster, [...effective.values()].map((arg) => flagOfArg(arg, args))), overridden: all.filter((arg) => isAuditFlag(arg.name) && effective.get(arg.name) !== arg).map((arg) => flagOfArg(arg, args)), options, files, ...(policyPath === undefined ? {} : { policyPath }) };

  if (partly.length) {
    return { ...common, settings: { state: 'elsewhere' }, findings: partly.map((path) => clusterFinding('policyElsewhere', 'info', path)) };
  }
  if (policyPath !== undefined) {
    const inline = effectivePlace(cluster, POLICY_FLAG);

    return withFindings(readFile(common, effectiveFiles(cluster, files), args?.selector !== undefined, sources), inline?.value ? [clusterFinding('policyOverridden', 'warn', inline.path, { path: policyPath })] : []);
  }

  return { ...common, ...readInline(distribution, cluster, options) };
}

/** The path at which the distribution looks by itself, where a file is brought there. */
function deliveredDefault(distribution: CaprTraits, cluster: RancherCluster): string | undefined {
  const path = distribution.flags(cluster)[POLICY_FLAG];

  return filesAt(cluster, path).length ? path : undefined;
}

function withFindings(reading: Reading, findings: readonly Finding[]): Reading {
  return { ...reading, findings: [...reading.findings, ...findings] };
}

/** What selectors say for some of the control-plane machines, or for such that we can't tell. */
function partlyConfigured(cluster: RancherCluster): Path[] {
  return [
    ...placesOf(cluster, POLICY_FLAG).filter(({ reach }) => reach === 'some').map(({ path }) => path),
    ...placesOf(cluster, ARGS_KEY).filter(({ reach }) => reach === 'some').flatMap(({ value, path }) => argsOf(value).filter(({ name }) => isAuditFlag(name)).map(({ index }) => index === undefined ? path : [...path, index]))
  ];
}

function readInline(distribution: CaprTraits, cluster: RancherCluster, options: AuditOptions): Pick<Reading, 'settings' | 'findings'> {
  const place = effectivePlace(cluster, POLICY_FLAG);

  if (!place || place.value === undefined || place.value === null) {
    const profile = effectivePlace(cluster, 'profile');

    return {
      settings: { state: 'off' },
      findings: distribution.id === 'rke2' && profile && isCisProfile(profile.value) ? [clusterFinding('cisProfile', 'info', profile.path, { profile: profile.value })] : []
    };
  }
  const delivery: Delivery = place.selector === undefined ? 'inline' : 'inline-selector';

  if (typeof place.value !== 'string') {
    return {
      settings: { state: 'unreadable', delivery, text: stringify(place.value, { aliasDuplicateObjects: false, lineWidth: 0 }), options },
      findings: [clusterFinding('policyNotText', 'block', place.path)]
    };
  }

  return distribution.deliveries.includes(delivery)
    ? { settings: { state: 'on', delivery, policy: place.value, options }, findings: [] }
    : { settings: { state: 'unreadable', delivery, text: place.value, options }, findings: [clusterFinding('k3sDropsInline', 'block', place.path)] };
}

/** The policy of the files that machines end up with. Each pool may get its own object, as long as all say the same. */
function readFile(common: Omit<Reading, 'settings' | 'findings'>, effective: readonly PolicyFile[], isBySelector: boolean, sources: Sources): Reading {
  const { options } = common;
  const readings = effective.map((file) => readSource(file, sources));
  // What stops Rancher, or can't be seen, is said of the object that it is true of.
  const shown = readings.findLast(({ policy }) => policy === undefined) ?? readings.at(-1);

  if (!shown) {
    return { ...common, settings: { state: 'unread', reason: 'onNodes', delivery: undefined, options }, findings: [] };
  }
  const { file, source, refused, policy } = shown;
  const delivery = deliveryOf(file, isBySelector);

  if (refused) {
    const severity = refused === 'notFound' ? 'block' : refused === 'forbidden' ? 'warn' : 'info';

    return { ...common, source, settings: { state: 'unread', reason: refused, delivery, options }, findings: [sourceFinding(refused, severity, source, [])] };
  }
  if (policy === undefined) {
    return { ...common, source, settings: { state: 'unreadable', delivery, text: '', options }, findings: [] };
  }

  return readings.every((other) => other.policy === policy)
    ? { ...common, source, settings: { state: 'on', delivery, policy, options, ...(shown.expectations === undefined ? {} : { expectations: shown.expectations }) }, findings: [] }
    : { ...common, settings: { state: 'elsewhere', canTurnOff: true }, findings: effective.map(({ path }) => clusterFinding('policyDiffers', 'info', path)) };
}

interface SourceReading {
  readonly file: PolicyFile;
  readonly source: SourceRef & { readonly key: string };
  /** Why the object can't be looked at. */
  readonly refused?: Exclude<Lookup, object>;
  /** Undefined where the object does not hold it as text. */
  readonly policy: string | undefined;
  readonly expectations: string | undefined;
}

function readSource(file: PolicyFile, sources: Sources): SourceReading {
  const source = { ...file.source, key: keyOf(file) };
  const object = sources(source);

  return typeof object === 'string' ? { file, source, refused: object, policy: undefined, expectations: undefined } : { file, source, policy: textIn(object, source.key), expectations: expectationsIn(object, source.key) };
}

function deliveryOf({ source }: PolicyFile, isBySelector: boolean): Delivery {
  const plain = source.kind === 'Secret' ? 'secret' : 'configmap';

  return isBySelector ? `${ plain }-selector` : plain;
}

const MEGABYTE = 1024 * 1024;
const LUMBERJACK_MEGABYTES = 100;
const UNROTATED_MINOR = 36;

/** Flags that the log's page always shows. */
const SHOWN = ['audit-policy-file', 'audit-log-path', 'audit-log-maxage', 'audit-log-maxbackup', 'audit-log-maxsize', 'audit-log-format', 'audit-log-compress', 'audit-log-mode'];

function flagsOf(distribution: CaprTraits, cluster: RancherCluster, given: readonly EffectiveFlag[]): EffectiveFlag[] {
  const own = distribution.flags(cluster);
  const inline = effectivePlace(cluster, POLICY_FLAG);
  const fromCluster = new Map<string, EffectiveFlag>();

  if (distribution.deliveries.includes('inline') && inline && typeof inline.value === 'string') {
    fromCluster.set(POLICY_FLAG, { name: POLICY_FLAG, value: inlinePolicyPath(distribution, cluster), from: 'cluster', path: inline.path });
  }
  given.forEach((flag) => fromCluster.set(flag.name, flag));

  return [...new Set([...SHOWN, ...fromCluster.keys()])].filter((name) => isAuditFlag(name)).map((name) => fromCluster.get(name)
    ?? (own[name] === undefined ? { name, value: defaultOf(name, cluster.spec?.kubernetesVersion) ?? '', from: 'kubernetes' } : { name, value: own[name], from: 'distribution' }));
}

function flagOfArg({ name, value, index }: ApiServerArg, args: Located | undefined): EffectiveFlag {
  return { name, value, from: 'cluster', path: [...args?.path ?? [], ...(index === undefined ? [] : [index])] };
}

/** The value in effect of one flag. */
export function flagIn({ flags }: Reading, name: string): string {
  return flags.find((flag) => flag.name === name)?.value ?? '';
}

/**
 * The most disk space, in bytes, that the log takes on a control-plane node; undefined where nothing bounds it.
 *
 * Source: lumberjack, with which kube-apiserver rotates: the file in use and `maxbackup` old ones of `maxsize` megabytes each; a
 * size of 0 is 100 MB to it, and from Kubernetes 1.36 no rotation at all.
 */
export function diskBoundOf(reading: Reading, kubernetesVersion: string | undefined): number | undefined {
  const [size = NaN, backups = NaN] = ['audit-log-maxsize', 'audit-log-maxbackup'].map((name) => Number(flagIn(reading, name)));
  const isUnrotated = size === 0 && minorVersion(kubernetesVersion) >= UNROTATED_MINOR;

  return backups > 0 && size >= 0 && !isUnrotated ? (size || LUMBERJACK_MEGABYTES) * (backups + 1) * MEGABYTE : undefined;
}
