/**
 * What a scalar of YAML stands for.
 *
 * Source: go.yaml.in/yaml/v2, resolve.go. It reads YAML 1.1 without base 60, and dates stay strings where nothing asks for one.
 */

export type Scalar =
  | { readonly type: 'null' }
  | { readonly type: 'bool'; readonly value: boolean }
  | { readonly type: 'int'; readonly value: bigint }
  | { readonly type: 'float'; readonly value: number }
  | { readonly type: 'string'; readonly value: string };

export const TAG_PREFIX = 'tag:yaml.org,2002:';

const NAMED: ReadonlyMap<string, Scalar> = new Map([
  ...entries({ type: 'bool', value: true }, 'y Y yes Yes YES true True TRUE on On ON'),
  ...entries({ type: 'bool', value: false }, 'n N no No NO false False FALSE off Off OFF'),
  ...entries({ type: 'null' }, '~ null Null NULL'),
  ['', { type: 'null' }],
  ...entries({ type: 'float', value: NaN }, '.nan .NaN .NAN'),
  ...entries({ type: 'float', value: Infinity }, '.inf .Inf .INF +.inf +.Inf +.INF'),
  ...entries({ type: 'float', value: -Infinity }, '-.inf -.Inf -.INF')
]);

const POINT_FLOAT = /^\.\d+([eE][-+]?\d+)?$/;
const FLOAT = /^[-+]?(\.\d+|\d+(\.\d*)?)([eE][-+]?\d+)?$/;
const INTEGERS = [/^0[xX]([\da-fA-F]+)$/, /^0[bB]([01]+)$/, /^0[oO]?([0-7]+)$/, /^(0|[1-9]\d*)$/] as const;
const PREFIXES = ['0x', '0b', '0o', ''] as const;
const MIN_INT64 = -(2n ** 63n);
const MAX_INT64 = 2n ** 63n - 1n;
const MAX_UINT64 = 2n ** 64n - 1n;
const TIMESTAMP = /^\d{4}-(\d{1,2})-(\d{1,2})(?:(?:[Tt](\d{1,2}):(\d{1,2}):(\d{1,2})(?:[.,]\d+)?(?:Z|[-+]\d\d:\d\d))|(?: +(\d{1,2}):(\d{1,2}):(\d{1,2})(?:[.,]\d+)?))?$/;

/** What a scalar without quotes and without a tag stands for. */
export function plainScalar(text: string): Scalar {
  return NAMED.get(text) ?? number(text) ?? { type: 'string', value: text };
}

/** What a scalar with a tag stands for, or why it can't be that. Tags of one's own are ignored. */
export function taggedScalar(tag: string, text: string): Scalar | { readonly error: string } {
  const wanted = tag.startsWith(TAG_PREFIX) ? tag.slice(TAG_PREFIX.length) : '';

  switch (wanted) {
    case 'binary':
      return binary(text);
    case 'bool':
    case 'int':
    case 'float':
    case 'null': {
      const found = plainScalar(text);

      return found.type === wanted ? found
        : wanted === 'float' && found.type === 'int' ? { type: 'float', value: Number(found.value) }
          : { error: `cannot decode !!${ found.type === 'string' ? isTimestamp(text) ? 'timestamp' : 'str' : found.type } \`${ text }\` as a !!${ wanted }` };
    }
    case 'timestamp':
      return isTimestamp(text) ? { type: 'string', value: text } : { error: `cannot decode !!str \`${ text }\` as a !!timestamp` };
    default:
      return { type: 'string', value: text };
  }
}

function number(text: string): Scalar | undefined {
  if (text.startsWith('.')) {
    return POINT_FLOAT.test(text) ? float(text) : undefined;
  }
  if (!/^[-+\d]/.test(text)) {
    return undefined;
  }
  const plain = text.replaceAll('_', '');

  return integer(plain) ?? (FLOAT.test(plain) ? float(plain) : undefined);
}

/** As ParseInt and then ParseUint read it; undefined where it fits neither. */
function integer(text: string): Scalar | undefined {
  const sign = /^[-+]/.exec(text)?.[0] ?? '';
  const digits = text.slice(sign.length);
  const base = INTEGERS.findIndex((pattern) => pattern.test(digits));

  if (base < 0) {
    return undefined;
  }
  const size = BigInt(`${ PREFIXES[base] ?? '' }${ INTEGERS[base]?.exec(digits)?.[1] ?? '' }`);
  const value = sign === '-' ? -size : size;

  return value >= MIN_INT64 && value <= (sign ? MAX_INT64 : MAX_UINT64) ? { type: 'int', value } : undefined;
}

/** Undefined for what is larger than a float: that stays a string. */
function float(text: string): Scalar | undefined {
  const value = Number(text);

  return Number.isFinite(value) ? { type: 'float', value } : undefined;
}

function isTimestamp(text: string): boolean {
  const parts = TIMESTAMP.exec(text);

  if (!parts) {
    return false;
  }
  const [month = 0, day = 0, hour = 0, minute = 0, second = 0] = [parts[1], parts[2], parts[3] ?? parts[6], parts[4] ?? parts[7], parts[5] ?? parts[8]].map((part) => Number(part ?? 0));

  return isDate(Number(text.slice(0, 4)), month, day) && hour < 24 && minute < 60 && second < 60;
}

/** Whether a day is in the calendar. */
export function isDate(year: number, month: number, day: number): boolean {
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;

  return day >= 1 && day <= days;
}

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Bytes of standard base64 as text; bytes that are no UTF-8 become U+FFFD, as in JSON. */
function binary(text: string): Scalar | { readonly error: string } {
  const digits = text.replace(/[\r\n]/g, '');

  if (digits.length % 4 || !/^[A-Za-z\d+/]*={0,2}$/.test(digits)) {
    return { error: '!!binary value contains invalid base64 data' };
  }
  const bytes: number[] = [];

  for (let index = 0; index < digits.length; index += 4) {
    const [first = 0, second = 0, third = 0, fourth = 0] = [...digits.slice(index, index + 4)].map((digit) => BASE64.indexOf(digit));

    bytes.push(first << 2 | second >> 4);
    if (third >= 0) {
      bytes.push((second & 15) << 4 | third >> 2);
    }
    if (third >= 0 && fourth >= 0) {
      bytes.push((third & 3) << 6 | fourth);
    }
  }

  return { type: 'string', value: new TextDecoder('utf-8', { ignoreBOM: true }).decode(Uint8Array.from(bytes)) };
}

function entries(scalar: Scalar, words: string): [string, Scalar][] {
  return words.split(' ').map((word) => [word, scalar]);
}
