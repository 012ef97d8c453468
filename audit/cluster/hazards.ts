/**
 * What in a cluster's configuration would stop a kube-apiserver, the log, or Rancher itself.
 *
 * One check a hazard; a new one is a function and one line in CHECKS. Source: each check names its own.
 */
import type { Finding } from '../policy/finding';
import { minorVersion } from '../policy/kubernetesVersion';
import { argsOf, ARGS_KEY, effectiveArgs, isAuditFlag, POLICY_FLAG } from './apiServerArgs';
import { clusterFinding, sourceFinding } from './clusterFinding';
import { effectivePlace, placesOf } from './controlPlaneConfig';
import type { Check, Configured } from './check';
import { dataDirectory, RETENTION, type CaprTraits } from './caprTraits';
import { findingsOfPath, FLAG_CHECKS, IMAGE_FOLDERS, isKnownDirectory, isUnclean, ofFlag } from './flagHazards';
import { GLOBAL_CONFIG, nameOf, SELECTOR_FILES, type RancherCluster } from './rancherCluster';
import { flagIn } from './reading';
import { ROLLOUT_CHECKS } from './rolloutHazards';
import { controlPlaneFiles, isOnEveryMachine, keyOf } from './policyFiles';
import { AUTHORIZED, authorizedClusters, BACKUP_LABEL, fileHash, isAuthorized, textIn, trimmedClusters } from './sources';

/** A Secret costs about 2.7 times its size on each node, in a plan that may hold 1 MiB. Source: rancher pkg/capr/planner. */
const LARGEST_POLICY = 64 * 1024;

/** Findings of every check, for a cluster that asks for auditing in some way. */
export function findingsOfHazards(configured: Configured): Finding[] {
  return CHECKS.flatMap((check) => check(configured));
}

/** Webhook mutator.go: any update with such a value fails with HTTP 500. */
const argumentsAreNoList: Check = ({ cluster }) => {
  const config = cluster.spec?.rkeConfig?.machineGlobalConfig;
  const value = config?.[ARGS_KEY];

  return value !== undefined && typeof value !== 'string' && !(Array.isArray(value) && value.length > 0) ? [clusterFinding('argsNotList', 'block', [...GLOBAL_CONFIG, ARGS_KEY])] : [];
};

/** rancher pkg/capr/planner/config.go: an inline value is the file's content, whatever it looks like. */
const inlineIsPath: Check = ({ reading, cluster }) => {
  const { settings } = reading;
  const place = effectivePlace(cluster, POLICY_FLAG);

  return settings.state === 'on' && settings.delivery.startsWith('inline') && place && /^\s*[/.~]\S*\s*$/.test(settings.policy) ? [clusterFinding('policyIsPath', 'block', place.path, { path: settings.policy.trim() })] : [];
};

/** rancher pkg/capr/planner/config.go: a selector's list replaces the global one, and with it all that others put there. */
const argumentsAreShadowed: Check = ({ cluster }) => {
  const places = placesOf(cluster, ARGS_KEY);
  const isOurs = places.some(({ value }) => argsOf(value).some(({ name }) => isAuditFlag(name)));
  const hiding = places.findLast(({ selector }) => selector !== undefined);
  const kept = new Set(argsOf(hiding?.value).map(({ name }) => name));
  const hidden = places.find(({ selector, value }) => selector === undefined && argsOf(value).some(({ name }) => !kept.has(name)));

  return isOurs && hidden && hiding ? [clusterFinding('argsShadowed', 'block', hiding.path)] : [];
};

/** rancher pkg/capr/planner/planner.go (renderFiles): what makes it stop, or write an empty file. */
const sourcesAreRefused: Check = ({ reading, sources, cluster }) => reading.files.flatMap((file) => {
  const { source, item, path, isTwofold } = file;
  const object = sources(source);
  const key = keyOf(file);
  const findings: Finding[] = [
    ...(isTwofold ? [clusterFinding('sourceTwofold', 'block', path.slice(0, -3))] : []),
    ...(item.dynamic ? [clusterFinding('fileDynamic', 'block', [...path, 'dynamic'])] : []),
    ...(item.permissions !== undefined && typeof item.permissions !== 'string' ? [clusterFinding('permissionsNumber', 'block', [...path, 'permissions'])] : [])
  ];

  if (typeof object === 'string') {
    return findings;
  }
  const text = textIn(object, key);
  const isMeant = trimmedClusters(object).includes(nameOf(cluster));

  return [
    ...findings,
    ...(text === undefined && object.binaryData?.[key] !== undefined ? [sourceFinding('binaryData', 'block', source, ['binaryData', key])] : []),
    ...(text === undefined && object.binaryData?.[key] === undefined ? [sourceFinding('keyMissing', 'block', source, ['data', key])] : []),
    // A cluster that has no name yet gets its right with it.
    ...(!nameOf(cluster) || isAuthorized(object, nameOf(cluster)) ? [] : [sourceFinding(isMeant ? 'authorizedWithSpaces' : 'unauthorized', 'block', source, ['metadata', 'annotations', AUTHORIZED], { cluster: nameOf(cluster) })]),
    ...(text !== undefined && item.hash && item.hash !== fileHash(text) ? [clusterFinding('hashStale', 'block', [...path, 'hash'], { name: source.name })] : []),
    ...(authorizedClusters(object).length > 1 ? [sourceFinding('shared', 'warn', source, ['metadata', 'annotations', AUTHORIZED], { clusters: trimmedClusters(object).filter((name) => name !== nameOf(cluster)).join(', ') })] : []),
    ...(object.metadata.labels?.[BACKUP_LABEL] === 'true' ? [] : [sourceFinding('notInBackups', 'warn', source, ['metadata', 'labels', BACKUP_LABEL])])
  ];
});

/** rancher pkg/capr/planner: no path is checked, and kube-apiserver does not start without its file. */
const policyPathIsWrong: Check = ({ reading, distribution, cluster }) => {
  const flag = reading.flags.find(({ name }) => name === POLICY_FLAG);
  const path = reading.policyPath;

  if (path === undefined || !flag) {
    return [];
  }
  const log = flagIn(reading, 'audit-log-path');
  const watched = [`/etc/rancher/${ distribution.id }/config.yaml.d/`, `${ dataDirectory(distribution, cluster) }/server/manifests/`, `${ dataDirectory(distribution, cluster) }/agent/pod-manifests/`].find((folder) => path.startsWith(folder));

  return [
    ...(!isOnEveryMachine(cluster, reading.files) ? [ofFlag('policyNotDelivered', 'block', flag)] : []),
    ...(!path.startsWith('/') ? [ofFlag('pathRelative', 'block', flag)] : isUnclean(path) ? [ofFlag('pathUnclean', 'block', flag)] : []),
    ...(log === path ? [ofFlag('policyIsLog', 'block', flag)] : []),
    ...(watched === undefined ? [] : [ofFlag('policyWatched', 'block', flag, { folder: watched })])
  ];
};

/** rke2 pkg/executor/staticpod/staticpod.go: the log's directory becomes a mount, and mounts at one path are refused. */
const logPathIsWrong: Check = ({ reading, distribution, cluster }) => {
  const flag = reading.flags.find(({ name, from }) => name === 'audit-log-path' && from === 'cluster');

  if (!flag || flag.value === '' || flag.value === '-') {
    return [];
  }
  const directory = flag.value.slice(0, Math.max(flag.value.lastIndexOf('/'), 1));
  const isRke2 = distribution.id === 'rke2';
  const others = controlPlaneFiles(cluster).filter(({ item }) => item.path !== undefined && item.path.slice(0, item.path.lastIndexOf('/')) === directory);
  const selinux = effectivePlace(cluster, 'selinux')?.value;
  const isCustom = directory !== `${ dataDirectory(distribution, cluster) }/server/logs`;

  return [
    ...findingsOfPath(flag),
    ...(isKnownDirectory(flag.value, filesOnNodes(distribution, cluster)) ? [ofFlag('logIsDirectory', 'block', flag)] : []),
    ...(isRke2 && flag.value.startsWith('/') && isMasking(directory) ? [ofFlag('logDirectorySystem', 'block', flag, { directory })] : []),
    ...(isRke2 && [`${ dataDirectory(distribution, cluster) }/server`, ...CERTIFICATE_FOLDERS, ...extraMounts(cluster)].includes(directory) ? [ofFlag('logDirectoryMounted', 'block', flag, { directory })] : []),
    ...(others.length ? [ofFlag('logDirectoryShared', 'warn', flag, { directory, file: others[0]?.item.path ?? '' })] : []),
    ...(isRke2 && isCustom && (selinux === true || selinux === 'true') ? [ofFlag('selinuxDirectory', 'warn', flag, { directory })] : []),
    ...(isRke2 && isCustom && isBeforeLogMounts(cluster) ? [ofFlag('rke2WithoutLogMount', 'warn', flag, { directory, version: cluster.spec?.kubernetesVersion ?? '' })] : [])
  ];
};

const CERTIFICATE_FOLDERS = ['/etc/ssl/certs', '/etc/pki/tls/certs', '/etc/ca-certificates', '/usr/local/share/ca-certificates', '/usr/share/ca-certificates'];
/** rke2#4026: the fixed patch releases of each minor version. */
const LOG_MOUNT_FIXES: Readonly<Record<number, number>> = { 24: 16, 25: 12, 26: 7, 27: 4 };

/** Files that the nodes have, as far as we know. */
function filesOnNodes(distribution: CaprTraits, cluster: RancherCluster): string[] {
  return [`${ dataDirectory(distribution, cluster) }/server/logs/audit.log`, `/etc/rancher/${ distribution.id }/config.yaml`, ...controlPlaneFiles(cluster).map(({ item }) => item.path ?? '')];
}

function isMasking(directory: string): boolean {
  return directory === '/' || IMAGE_FOLDERS.includes(directory);
}

function isBeforeLogMounts(cluster: RancherCluster): boolean {
  const [, patch] = /^v?1\.\d+\.(\d+)/.exec(cluster.spec?.kubernetesVersion ?? '') ?? [];
  const minor = minorVersion(cluster.spec?.kubernetesVersion);

  return minor < 24 || Number(patch) < (LOG_MOUNT_FIXES[minor] ?? 0);
}

/** Destinations of `source:destination[:options]`. */
function extraMounts(cluster: RancherCluster): string[] {
  const value = effectivePlace(cluster, 'kube-apiserver-extra-mount')?.value;

  return (Array.isArray(value) ? value : [value]).flatMap((mount: unknown) => typeof mount === 'string' ? mount.split(':')[1] ?? [] : []);
}

/** rke2 staticpod.go: mounts at one path are refused. */
const policyIsMounted: Check = ({ reading, cluster, distribution }) => {
  const flag = reading.flags.find(({ name }) => name === POLICY_FLAG);

  return flag && distribution.id === 'rke2' && flag.value !== '' && extraMounts(cluster).includes(flag.value) ? [ofFlag('policyMounted', 'block', flag)] : [];
};

/** k3s pkg/util/args.go and kube-apiserver: the last one counts. */
const argumentIsRepeated: Check = ({ cluster }) => {
  const place = effectivePlace(cluster, ARGS_KEY);
  const args = argsOf(place?.value).filter(({ name }) => isAuditFlag(name));
  const effective = effectiveArgs(args);

  return args.flatMap((arg) => {
    const path = [...place?.path ?? [], ...(arg.index === undefined ? [] : [arg.index])];
    const last = effective.get(arg.name);

    return [
      ...(arg === last ? [] : [clusterFinding('argRepeated', 'warn', path, { argument: arg.name, value: last?.value ?? '' })]),
      ...(arg.change === '' ? [] : [clusterFinding('argAppends', 'warn', path, { argument: arg.name })])
    ];
  });
};

/** kube-bench takes the first of several flags, kube-apiserver the last; RKE2 puts its own first. */
const scansSeeAnother: Check = ({ reading, distribution, cluster }) => {
  const own = distribution.flags(cluster);

  return reading.flags.filter(({ name, value, from }) => from === 'cluster' && RETENTION[name] !== undefined && own[name] !== undefined && own[name] !== value)
    .map((flag) => ofFlag('scanSeesFirst', 'warn', flag, { first: own[flag.name] ?? '' }));
};

const policyIsLarge: Check = ({ reading, cluster }) => {
  const { settings } = reading;
  const bytes = settings.state === 'on' ? new TextEncoder().encode(settings.policy).length : 0;

  return bytes > LARGEST_POLICY ? [clusterFinding('policyLarge', 'block', reading.source ? SELECTOR_FILES : effectivePlace(cluster, POLICY_FLAG)?.path ?? [], { bytes, limit: LARGEST_POLICY })] : [];
};

const CHECKS: readonly Check[] = [
  argumentsAreNoList, argumentsAreShadowed, inlineIsPath, sourcesAreRefused, policyPathIsWrong, logPathIsWrong, policyIsMounted, policyIsLarge, ...FLAG_CHECKS,
  argumentIsRepeated, scansSeeAnother, ...ROLLOUT_CHECKS
];
