/**
 * kube-apiserver's flags for auditing: their types, defaults, and the values that it refuses at start.
 *
 * Source: k8s.io/apiserver pkg/server/options/audit.go, v0.36; older releases differ where a flag says so.
 */
import { minorVersion } from '../policy/kubernetesVersion';

type FlagType = 'text' | 'integer' | 'count' | 'boolean' | 'duration' | 'float';

interface AuditFlag {
  readonly type: FlagType;
  /** What Kubernetes takes where the flag is not given. */
  readonly value: string;
  /** The same before a minor version. */
  readonly before?: readonly [minor: number, value: string];
  readonly allowed?: readonly string[];
  /** What kube-apiserver calls it when it refuses a value. */
  readonly refusal?: (value: string) => string;
}

const MODES = ['batch', 'blocking', 'blocking-strict'];
const FORMATS = ['legacy', 'json'];
/** kube-apiserver's own words. */
const notPositive = (what: string) => (value: string): string => `invalid audit ${ what } ${ value }, must be a positive number`;
const notAllowed = (what: string, allowed: readonly string[]) => (value: string): string => `invalid audit ${ what } ${ value }, allowed ${ what.split(' ').at(-1) ?? '' }s are "${ allowed.join(',') }"`;

/** Of a backend: `log` writes a file, `webhook` sends. */
function backend(name: 'log' | 'webhook'): Record<string, AuditFlag> {
  const isLog = name === 'log';

  return {
    [`audit-${ name }-mode`]:                      { type: 'text', value: isLog ? 'blocking' : 'batch', allowed: MODES, refusal: notAllowed(`${ name } mode`, MODES) },
    [`audit-${ name }-version`]:                   { type: 'text', value: 'audit.k8s.io/v1', allowed: ['audit.k8s.io/v1'], refusal: () => 'invalid group version, allowed versions are ["audit.k8s.io/v1"]' },
    [`audit-${ name }-batch-buffer-size`]:         { type: 'integer', value: '10000' },
    [`audit-${ name }-batch-max-size`]:            { type: 'integer', value: isLog ? '1' : '400' },
    [`audit-${ name }-batch-max-wait`]:            { type: 'duration', value: isLog ? '0s' : '30s' },
    [`audit-${ name }-batch-throttle-enable`]:     { type: 'boolean', value: String(!isLog) },
    [`audit-${ name }-batch-throttle-qps`]:        { type: 'float', value: isLog ? '0' : '10' },
    [`audit-${ name }-batch-throttle-burst`]:      { type: 'integer', value: isLog ? '0' : '15' },
    [`audit-${ name }-truncate-enabled`]:          { type: 'boolean', value: 'false' },
    [`audit-${ name }-truncate-max-batch-size`]:   { type: 'integer', value: '10485760', refusal: notPositive(`truncate ${ name } max batch size`) },
    [`audit-${ name }-truncate-max-event-size`]:   { type: 'integer', value: '102400', refusal: notPositive(`truncate ${ name } max event size`) }
  };
}

export const AUDIT_FLAGS: Readonly<Record<string, AuditFlag>> = {
  'audit-policy-file':                   { type: 'text', value: '' },
  'audit-log-path':                      { type: 'text', value: '' },
  'audit-log-maxage':                    { type: 'count', value: '366', before: [36, '0'] },
  'audit-log-maxbackup':                 { type: 'count', value: '100', before: [36, '0'] },
  'audit-log-maxsize':                   { type: 'count', value: '100', before: [36, '0'] },
  'audit-log-format':                    { type: 'text', value: 'json', allowed: FORMATS, refusal: notAllowed('log format', FORMATS) },
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

/** Why kube-apiserver does not start with a value, in its own words; undefined where it does. */
export function refusalOf(flag: string, value: string): string | undefined {
  const known = Object.hasOwn(AUDIT_FLAGS, flag) ? AUDIT_FLAGS[flag] : undefined;

  if (!known) {
    return `unknown flag: --${ flag }`;
  }
  if (!isOfType(known.type, value)) {
    return `invalid argument "${ value }" for "--${ flag }" flag: ${ GO_PARSERS[known.type] }: parsing "${ value }": invalid syntax`;
  }
  if (known.type === 'count' && value.startsWith('-')) {
    return `--${ flag } ${ value } can't be a negative number`;
  }
  if (known.allowed && !known.allowed.includes(value)) {
    return known.refusal?.(value);
  }

  return known.type === 'integer' && known.refusal && !(Number(value) > 0) ? known.refusal(value) : undefined;
}

const GO_PARSERS: Readonly<Record<FlagType, string>> = {
  text: '', integer: 'strconv.ParseInt', count: 'strconv.ParseInt', boolean: 'strconv.ParseBool', float: 'strconv.ParseFloat', duration: 'time: invalid duration'
};

function isOfType(type: FlagType, value: string): boolean {
  switch (type) {
    // strconv.ParseInt with base 0: other bases by prefix, and `_` between digits there.
    case 'integer':
    case 'count': return /^[+-]?(?:0[xX][\da-fA-F_]+|0[bB][01_]+|0[oO]?[0-7_]+|[1-9]\d*(?:_\d+)*|0)$/.test(value);
    case 'boolean': return /^(?:1|t|T|TRUE|true|True|0|f|F|FALSE|false|False)$/.test(value);
    case 'float': return value.trim() === value && value !== '' && !Number.isNaN(Number(value));
    case 'duration': return /^[+-]?(?:0|(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+)$/.test(value);
    case 'text': return true;
  }
}
