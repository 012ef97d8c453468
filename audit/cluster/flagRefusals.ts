/**
 * The audit flags that kube-apiserver can read and yet refuses at start: only those of a backend that is turned on are looked at.
 *
 * Source: k8s.io/apiserver pkg/server/options/audit.go (Validate), v0.28 to v0.36. The order and the words are its own.
 */
import { EVENT_VERSION, FORMATS, MODES, type Backend } from './auditFlags';
import { float32Of, numberOf } from './flagTypes';
import { goFloat32 } from '../policy/goText';

export interface FlagRefusal {
  /** The flags that it is about, the one to blame first. */
  readonly flags: readonly string[];
  readonly upstream: string;
}

/** The value of a flag as it counts, be it given or not. */
type ValueOf = (flag: string) => string;

const SWITCHES: Readonly<Record<Backend, string>> = { log: 'audit-log-path', webhook: 'audit-webhook-config-file' };

/** Why kube-apiserver would not start; empty where it would. */
export function refusalsOfFlags(valueOf: ValueOf): FlagRefusal[] {
  return (['log', 'webhook'] as const)
    .filter((backend) => valueOf(SWITCHES[backend]) !== '')
    .flatMap((backend) => [...refusalsOfBatch(backend, valueOf), ...refusalsOfTruncation(backend, valueOf), ...refusalsOfVersion(backend, valueOf), ...backend === 'log' ? refusalsOfFile(valueOf) : []]);
}

/** The first of several faults alone is named. */
function refusalsOfBatch(backend: Backend, valueOf: ValueOf): FlagRefusal[] {
  const mode = valueOf(`audit-${ backend }-mode`);
  const throttle = `audit-${ backend }-batch-throttle-enable`;
  const isThrottled = /^(?:1|t)/i.test(valueOf(throttle));
  const parts: readonly (readonly [part: string, words: string])[] = [['buffer-size', 'buffer size'], ['max-size', 'max batch size'], ...isThrottled ? [['throttle-qps', 'throttle QPS'], ['throttle-burst', 'throttle burst']] as const : []];

  if (!MODES.includes(mode)) {
    return [{ flags: [`audit-${ backend }-mode`], upstream: `invalid audit ${ backend } mode ${ mode }, allowed modes are "${ MODES.join(',') }"` }];
  }

  return mode !== 'batch' ? [] : parts.flatMap(([part, words]) => {
    const flag = `audit-${ backend }-batch-${ part }`;
    const text = valueOf(flag);
    const [value, printed] = part === 'throttle-qps' ? [float32Of(text), goFloat32(float32Of(text))] : [numberOf(text), String(numberOf(text))];

    return value <= 0 ? [{ flags: [flag, throttle], upstream: `invalid audit batch ${ backend } ${ words } ${ printed }, must be a positive number` }] : [];
  }).slice(0, 1);
}

function refusalsOfTruncation(backend: Backend, valueOf: ValueOf): FlagRefusal[] {
  const flags = ['batch', 'event'].map((what) => `audit-${ backend }-truncate-max-${ what }-size`);
  const [batch = 0, event = 0] = flags.map((flag) => numberOf(valueOf(flag)));

  if (event <= 0) {
    return [{ flags: flags.slice(1), upstream: `invalid audit truncate ${ backend } max event size ${ event }, must be a positive number` }];
  }

  return batch < event ? [{ flags, upstream: `invalid audit truncate ${ backend } max batch size ${ batch }, must be greater than max event size (${ event })` }] : [];
}

function refusalsOfVersion(backend: Backend, valueOf: ValueOf): FlagRefusal[] {
  const flag = `audit-${ backend }-version`;
  const version = valueOf(flag);
  const isGroupVersion = version.split('/').length <= 2;

  return version === EVENT_VERSION ? [] : [{ flags: [flag], upstream: isGroupVersion ? `invalid group version, allowed versions are ["${ EVENT_VERSION }"]` : `unexpected GroupVersion string: ${ version }` }];
}

function refusalsOfFile(valueOf: ValueOf): FlagRefusal[] {
  const format = valueOf('audit-log-format');

  return [
    ...FORMATS.includes(format) ? [] : [{ flags: ['audit-log-format'], upstream: `invalid audit log format ${ format }, allowed formats are "${ FORMATS.join(',') }"` }],
    ...['audit-log-maxage', 'audit-log-maxbackup', 'audit-log-maxsize'].flatMap((flag) => numberOf(valueOf(flag)) < 0 ? [{ flags: [flag], upstream: `--${ flag } ${ numberOf(valueOf(flag)) } can't be a negative number` }] : [])
  ];
}
