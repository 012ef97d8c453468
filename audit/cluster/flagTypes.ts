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
const FLOAT = /^(?:[+-]?(?:\d(?:_?\d)*\.?(?:\d(?:_?\d)*)?|\.\d(?:_?\d)*)(?:[eE][+-]?\d(?:_?\d)*)?|[+-]?inf(?:inity)?|nan)$/i;
const MAX_INTEGER = (1n << 63n) - 1n;
const MAX_FLOAT = 3.4028235e38;
const NANOSECONDS: ReadonlyMap<string, number> = new Map([['ns', 1], ['us', 1e3], ['µs', 1e3], ['μs', 1e3], ['ms', 1e6], ['s', 1e9], ['m', 6e10], ['h', 3.6e12]]);

/** What kube-apiserver says of a value that it can't parse; undefined where it can. */
export function parseProblem(flag: string, type: FlagType, value: string): string | undefined {
  const problem = PROBLEMS[type](value);

  return problem && `invalid argument ${ goQuoted(value) } for "--${ flag }" flag: ${ problem }`;
}

/** The number that an integer or a float stands for; only for a value that can be parsed. */
export function numberOf(value: string): number {
  if (INTEGER.test(value)) {
    return Number(integerOf(value));
  }

  if (isInf(value)) {
    return value.startsWith('-') ? -Infinity : Infinity;
  }

  return Number(value.replaceAll('_', ''));
}

const PROBLEMS: Readonly<Record<FlagType, (value: string) => string | undefined>> = {
  text:     () => undefined,
  integer:  (value) => ofParser('ParseInt', value, !INTEGER.test(value) ? SYNTAX : isInRange(integerOf(value)) ? undefined : RANGE),
  boolean:  (value) => ofParser('ParseBool', value, BOOLEAN.test(value) ? undefined : SYNTAX),
  float:    (value) => ofParser('ParseFloat', value, !FLOAT.test(value) ? SYNTAX : isInf(value) || Math.abs(numberOf(value)) <= MAX_FLOAT || Number.isNaN(numberOf(value)) ? undefined : RANGE),
  duration: durationProblem
};

function ofParser(parser: string, value: string, problem: string | undefined): string | undefined {
  return problem && `strconv.${ parser }: parsing ${ goQuoted(value) }: ${ problem }`;
}

function isInRange(value: bigint): boolean {
  return value <= MAX_INTEGER && value >= -MAX_INTEGER - 1n;
}

function isInf(value: string): boolean {
  return /inf/i.test(value);
}

function integerOf(value: string): bigint {
  const digits = value.replace(/^[+-]/, '').replaceAll('_', '');
  // An octal number may do without its letter.
  const size = BigInt(/^0\d/.test(digits) ? `0o${ digits.slice(1) }` : digits);

  return value.startsWith('-') ? -size : size;
}

function durationProblem(value: string): string | undefined {
  const unsigned = value.replace(/^[+-]/, '');
  const invalid = `time: invalid duration ${ goQuoted(value) }`;
  let nanoseconds = 0;
  let rest = unsigned === '0' ? '' : unsigned;

  if (unsigned === '') {
    return invalid;
  }
  while (rest !== '') {
    const [number = ''] = /^\d*\.?\d*/.exec(rest) ?? [];
    const [unit = ''] = /^[^.\d]*/.exec(rest.slice(number.length)) ?? [];
    const size = NANOSECONDS.get(unit);

    if (number === '' || number === '.') {
      return invalid;
    }
    if (size === undefined) {
      return unit === '' ? `time: missing unit in duration ${ goQuoted(value) }` : `time: unknown unit ${ goQuoted(unit) } in duration ${ goQuoted(value) }`;
    }
    nanoseconds += Number(number) * size;
    rest = rest.slice(number.length + unit.length);
  }

  return nanoseconds < 2 ** 63 ? undefined : invalid;
}
