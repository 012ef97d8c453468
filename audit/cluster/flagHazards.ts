/** What is wrong with the audit flags that kube-apiserver gets, whoever sets them. */
import type { Finding, Severity } from '../policy/finding';
import { POLICY_FLAG } from './apiServerArgs';
import { defaultOf, problemOf } from './auditFlags';
import type { CommonCheck } from './check';
import { clusterFinding } from './clusterFinding';
import { refusalsOfFlags } from './flagRefusals';
import { flagIn, type EffectiveFlag } from './reading';

/** kube-apiserver does not start: it can't read a flag, be it overridden by a later one, or else refuses the value that counts. */
const argumentsAreRefused: CommonCheck = ({ reading, cluster }) => {
  const given = reading.flags.filter(({ from }) => from !== 'kubernetes');
  const unread = [...reading.overridden, ...given].flatMap((flag) => {
    const upstream = problemOf(flag.name, flag.value);

    return upstream === undefined ? [] : [ofFlag(upstream.startsWith('unknown flag') ? 'argUnknown' : 'argValue', 'block', flag, { upstream })];
  });

  return unread.length ? unread : refusalsOfFlags((name) => reading.flags.find((flag) => flag.name === name)?.value ?? defaultOf(name, cluster.spec?.kubernetesVersion) ?? '').flatMap(({ flags, upstream }) => {
    const flag = flags.flatMap((name) => given.find((candidate) => candidate.name === name) ?? [])[0];

    return flag ? [ofFlag('argValue', 'block', flag, { upstream })] : [];
  });
};

/** k8s.io/apiserver pkg/server/options/audit.go: no event is written without both. */
const oneIsMissing: CommonCheck = ({ reading }) => {
  const [policy, log, webhook] = [POLICY_FLAG, 'audit-log-path', 'audit-webhook-config-file'].map((name) => reading.flags.find((flag) => flag.name === name));
  const isPolicy = policy && policy.value !== '';
  const isLog = log && log.value !== '';

  if (isPolicy && !isLog && !webhook?.value) {
    return [ofFlag('policyWithoutLog', 'warn', policy)];
  }

  return !isPolicy && isLog && log.from === 'cluster' ? [ofFlag('logWithoutPolicy', 'warn', log)] : [];
};

/** k8s.io/apiserver: before 1.36 nothing is deleted unless a flag says so. */
const logGrowsForever: CommonCheck = ({ reading }) => {
  const [log, age, backups] = ['audit-log-path', 'audit-log-maxage', 'audit-log-maxbackup'].map((name) => reading.flags.find((flag) => flag.name === name));

  return log && log.value !== '' && log.value !== '-' && flagIn(reading, POLICY_FLAG) !== '' && Number(age?.value) === 0 && Number(backups?.value) === 0 ? [ofFlag('logGrows', 'warn', log)] : [];
};

/** A path that is relative, not in its shortest form, or a directory. */
export function findingsOfPath(flag: EffectiveFlag): Finding[] {
  return [
    ...(!flag.value.startsWith('/') ? [ofFlag('pathRelative', 'block', flag)] : isUnclean(flag.value) && !flag.value.endsWith('/') ? [ofFlag('pathUnclean', 'block', flag)] : []),
    ...(flag.value.endsWith('/') ? [ofFlag('logIsDirectory', 'block', flag)] : [])
  ];
}

/** A mount there hides the image's own files. */
export const IMAGE_FOLDERS = ['/bin', '/dev', '/etc', '/lib', '/lib64', '/proc', '/root', '/run', '/sbin', '/sys', '/usr', '/usr/bin', '/usr/lib', '/usr/local', '/usr/local/bin', '/usr/sbin'];
/** Others that each node has. Source: Filesystem Hierarchy Standard 3.0. */
const NODE_FOLDERS = ['/home', '/opt', '/srv', '/tmp', '/var', '/var/lib', '/var/log', '/var/tmp'];

/** Whether the nodes have a directory at a path: one of the system's, or one that holds a file we know of. */
export function isKnownDirectory(path: string, files: readonly string[]): boolean {
  return IMAGE_FOLDERS.includes(path) || NODE_FOLDERS.includes(path) || files.some((file) => file.startsWith(`${ path }/`));
}

/** Whether a path has a shorter form. */
export function isUnclean(path: string): boolean {
  return /\/\/|\/\.{1,2}(?:\/|$)|\/$/.test(path);
}

export const FLAG_CHECKS: readonly CommonCheck[] = [argumentsAreRefused, oneIsMissing, logGrowsForever];

/** The finding about a flag, with its name and value among the parameters. */
export function ofFlag(code: string, severity: Severity, { name, value, path }: EffectiveFlag, params: Finding['params'] = {}): Finding {
  return clusterFinding(code, severity, path ?? [], { argument: name, value, ...params });
}
