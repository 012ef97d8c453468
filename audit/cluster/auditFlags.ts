/**
 * kube-apiserver's flags for auditing: their types and defaults.
 *
 * Source: k8s.io/apiserver pkg/server/options/audit.go, v0.36; older releases differ where a flag says so.
 */
import { minorVersion } from '../policy/kubernetesVersion';
import { parseProblem, type FlagType } from './flagTypes';

interface AuditFlag {
  readonly type: FlagType;
  /** What Kubernetes takes where the flag is not given. */
  readonly value: string;
  /** The same before a minor version. */
  readonly before?: readonly [minor: number, value: string];
  /** The values that it may have, where they are few. */
  readonly allowed?: readonly string[];
}

export const MODES = ['batch', 'blocking', 'blocking-strict'];
export const FORMATS = ['legacy', 'json'];
export const EVENT_VERSION = 'audit.k8s.io/v1';

export type Backend = 'log' | 'webhook';

/** Of a backend: `log` writes a file, `webhook` sends. */
function backend(name: Backend): Record<string, AuditFlag> {
  const isLog = name === 'log';

  return {
    [`audit-${ name }-mode`]:                    { type: 'text', value: isLog ? 'blocking' : 'batch', allowed: MODES },
    [`audit-${ name }-version`]:                 { type: 'text', value: EVENT_VERSION, allowed: [EVENT_VERSION] },
    [`audit-${ name }-batch-buffer-size`]:       { type: 'integer', value: '10000' },
    [`audit-${ name }-batch-max-size`]:          { type: 'integer', value: isLog ? '1' : '400' },
    [`audit-${ name }-batch-max-wait`]:          { type: 'duration', value: isLog ? '0s' : '30s' },
    [`audit-${ name }-batch-throttle-enable`]:   { type: 'boolean', value: String(!isLog) },
    [`audit-${ name }-batch-throttle-qps`]:      { type: 'float', value: isLog ? '0' : '10' },
    [`audit-${ name }-batch-throttle-burst`]:    { type: 'integer', value: isLog ? '0' : '15' },
    [`audit-${ name }-truncate-enabled`]:        { type: 'boolean', value: 'false' },
    [`audit-${ name }-truncate-max-batch-size`]: { type: 'integer', value: '10485760' },
    [`audit-${ name }-truncate-max-event-size`]: { type: 'integer', value: '102400' }
  };
}

export const AUDIT_FLAGS: Readonly<Record<string, AuditFlag>> = {
  'audit-policy-file':                   { type: 'text', value: '' },
  'audit-log-path':                      { type: 'text', value: '' },
  'audit-log-maxage':                    { type: 'integer', value: '366', before: [36, '0'] },
  'audit-log-maxbackup':                 { type: 'integer', value: '100', before: [36, '0'] },
  'audit-log-maxsize':                   { type: 'integer', value: '100', before: [36, '0'] },
  'audit-log-format':                    { type: 'text', value: 'json', allowed: FORMATS },
  'audit-log-compress':                  { type: 'boolean', value: 'false' },
  ...backend('log'),
  'audit-webhook-config-file':           { type: 'text', value: '' },
  'audit-webhook-initial-backoff':       { type: 'duration', value: '10s' },
  'audit-webhook-batch-initial-backoff': { type: 'duration', value: '10s' },
  ...backend('webhook')
};

/** The value that kube-apiserver takes where a flag is not given; undefined for a flag that it doesn't know. */
export function defaultOf(flag: string, kubernetesVersion: string | undefined): string | undefined {
  const known = Object.hasOwn(AUDIT_FLAGS, flag) ? AUDIT_FLAGS[flag] : undefined;

  return known?.before && minorVersion(kubernetesVersion) < known.before[0] ? known.before[1] : known?.value;
}

/** The values that a flag takes, where they are few; undefined for any other. */
export function choicesOf(flag: string): readonly string[] | undefined {
  const known = Object.hasOwn(AUDIT_FLAGS, flag) ? AUDIT_FLAGS[flag] : undefined;

  return known?.type === 'boolean' ? ['true', 'false'] : known?.allowed;
}

/** Why kube-apiserver can't read a flag, in its own words; undefined where it can. What it then says of the value is in flagRefusals.ts. */
export function problemOf(flag: string, value: string): string | undefined {
  const known = Object.hasOwn(AUDIT_FLAGS, flag) ? AUDIT_FLAGS[flag] : undefined;

  return known ? parseProblem(flag, known.type, value) : `unknown flag: --${ flag }`;
}
