/**
 * Values of flags as kube-apiserver parses them, and what it says where it can't.
 *
 * Source: github.com/spf13/pflag (errors.go, InvalidValueError), Go's strconv (atoi.go, atof.go, atob.go) and time (ParseDuration).
 */
import { goQuoted } from '../policy/goText';

export type FlagType = 'text' | 'integer' | 'boolean' | 'duration' | 'float';

const SYNTAX = 'invalid syntax';
const RANGE = 'value out of range';

/** With a base of 0: other bases by prefix, and `_` between digits. */
const INTEGER = /^[+-]?(?:0[xX](?:_?[\da-fA-F])+|0[bB](?:_?[01])+|0[oO]?(?:_?[0-7])+|[1-9](?:_?\d)*|0)$/;
const BOOLEAN = /^(?:1|t|T|TRUE|true|True|0|f|F|FALSE|false|False)$/;
/** Underscores stand between digits, or between a base's prefix and a digit. */
const DECIMAL_FLOAT = /^[+-]?(?:\d(?:_?\d)*\.?(?:\d(?:_?\d)*)?|\.\d(?:_?\d)*)(?:e[+-]?\d(?:_?\d)*)?$/i;
const HEX_FLOAT = /^[+-]?0x(?=_?[\da-f]|\.[\da-f])((?:_?[\da-f])*)\.?((?:[\da-f](?:_?[\da-f])*)?)p([+-]?\d(?:_?\d)*)$/i;
const SPECIAL_FLOAT = /^(?:[+-]?inf(?:inity)?|nan)$/i;
const MAX_INTEGER = (1n << 63n) - 1n;
/** The size in nanoseconds of the least duration; the greatest is one less. */
const DURATION_BOUND = 1n << 63n;
const NANOSECONDS: ReadonlyMap<string, bigint> = new Map([['ns', 1n], ['us', 1_000n], ['µs', 1_000n], ['μs', 1_000n], ['ms', 1_000_000n], ['s', 1_000_000_000n], ['m', 60_000_000_000n], ['h', 3_600_000_000_000n]]);

/** What kube-apiserver says of a value that it can't parse; undefined where it can. */
export function parseProblem(flag: string, type: FlagType, value: string): string | undefined {
  const problem = PROBLEMS[type](value);

  return problem && `invalid argument ${ goQuoted(value) } for "--${ flag }" flag: ${ problem }`;
}

/** The number that an integer stands for; only for a value that can be parsed. */
export function numberOf(value: string): number {
  return Number(integerOf(value));
}

/** The 32-bit float that a value stands for, which is 0 for what is too small; only for a value that can be parsed. */
export function float32Of(value: string): number {
  if (SPECIAL_FLOAT.test(value)) {
    return /nan/i.test(value) ? NaN : value.startsWith('-') ? -Infinity : Infinity;
  }
  const unsigned = value.replaceAll('_', '').replace(/^[+-]/, '');
  const [, whole, fraction = '', power] = HEX_FLOAT.exec(unsigned) ?? [];
  const size = whole === undefined ? Number(unsigned) : hexSize(whole, fraction, Number(power));

  return Math.fround(value.startsWith('-') ? -size : size);
}

const PROBLEMS: Readonly<Record<FlagType, (value: string) => string | undefined>> = {
  text:     () => undefined,
  integer:  (value) => ofParser('ParseInt', value, !INTEGER.test(value) ? SYNTAX : isInRange(integerOf(value)) ? undefined : RANGE),
  boolean:  (value) => ofParser('ParseBool', value, BOOLEAN.test(value) ? undefined : SYNTAX),
  float:    (value) => ofParser('ParseFloat', value, floatProblem(value)),
  duration: durationProblem
};

function ofParser(parser: string, value: string, problem: string | undefined): string | undefined {
  return problem && `strconv.${ parser }: parsing ${ goQuoted(value) }: ${ problem }`;
}

function isInRange(value: bigint): boolean {
  return value <= MAX_INTEGER && value >= -MAX_INTEGER - 1n;
}

function floatProblem(value: string): string | undefined {
  if (SPECIAL_FLOAT.test(value)) {
    return undefined;
  }

  return !DECIMAL_FLOAT.test(value) && !HEX_FLOAT.test(value) ? SYNTAX : Number.isFinite(float32Of(value)) ? undefined : RANGE;
}

/** Digit by digit, since zeros before or after the point may be many. */
function hexSize(whole: string, fraction: string, power: number): number {
  return Array.from(whole + fraction).reduce((sum, digit, index) => digit === '0' ? sum : sum + Number(`0x${ digit }`) * 2 ** (power + 4 * (whole.length - 1 - index)), 0);
}

function integerOf(value: string): bigint {
  const digits = value.replace(/^[+-]/, '').replaceAll('_', '');
  // An octal number may do without its letter.
  const size = BigInt(/^0\d/.test(digits) ? `0o${ digits.slice(1) }` : digits);

  return value.startsWith('-') ? -size : size;
}

function durationProblem(value: string): string | undefined {
  const unsigned = value.replace(/^[+-]/, '');
  const invalid = `time: invalid duration ${ timeQuoted(value) }`;
  let nanoseconds = 0n;
  let rest = unsigned === '0' ? '' : unsigned;

  if (unsigned === '') {
    return invalid;
  }
  while (rest !== '') {
    const [number = '', whole = '', fraction = ''] = /^(\d*)\.?(\d*)/.exec(rest) ?? [];
    const [unit = ''] = /^[^.\d]*/.exec(rest.slice(number.length)) ?? [];
    const size = NANOSECONDS.get(unit);

    if (whole + fraction === '' || BigInt(whole) > DURATION_BOUND) {
      return invalid;
    }
    if (size === undefined) {
      return unit === '' ? `time: missing unit in duration ${ timeQuoted(value) }` : `time: unknown unit ${ timeQuoted(unit) } in duration ${ timeQuoted(value) }`;
    }
    const part = BigInt(whole) * size + nanosecondsOf(fraction, size);

    // Two parts of the greatest size make 0, as in 64 bits.
    nanoseconds = BigInt.asUintN(64, nanoseconds + part);
    if (part > DURATION_BOUND || nanoseconds > DURATION_BOUND) {
      return invalid;
    }
    rest = rest.slice(number.length + unit.length);
  }

  return nanoseconds === DURATION_BOUND && !value.startsWith('-') ? invalid : undefined;
}

/** What the digits after the point stand for: as many as 63 bits hold count, and the product is a float's. */
function nanosecondsOf(fraction: string, size: bigint): bigint {
  let part = 0n;
  let scale = 1;

  for (const digit of fraction) {
    const longer = part * 10n + BigInt(digit);

    if (longer > DURATION_BOUND) {
      break;
    }
    part = longer;
    scale *= 10;
  }

  return BigInt(Math.trunc(Number(part) * (Number(size) / scale)));
}

/** As time quotes: every byte that isn't ASCII, and every one below the space, by its number. */
function timeQuoted(text: string): string {
  return `"${ Array.from(new TextEncoder().encode(text), (byte) => byte < 0x20 || byte >= 0x80 ? `\\x${ byte.toString(16).padStart(2, '0') }` : String.fromCharCode(byte).replace(/["\\]/, '\\$&')).join('') }"`;
}
