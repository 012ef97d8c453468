/**
 * How Go prints values in the messages that kube-apiserver writes.
 *
 * Source: Go's strconv (Quote, FormatFloat) and encoding/json.
 */

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['"', '\\"'], ['\\', '\\\\'], ['\u0007', '\\a'], ['\b', '\\b'], ['\f', '\\f'], ['\n', '\\n'], ['\r', '\\r'], ['\t', '\\t'], ['\v', '\\v']
]);
/** As unicode.IsPrint: of all white space only the plain space. */
const PRINTABLE = /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u;

/** A string in double quotes, as `%q` prints it. */
export function goQuoted(text: string): string {
  return `"${ Array.from(text, (character) => ESCAPES.get(character) ?? (PRINTABLE.test(character) ? character : escaped(character))).join('') }"`;
}

/** A value as json.Marshal prints it: compact, with what HTML treats as special escaped. */
export function goJson(value: unknown): string {
  return JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, (character) => `\\u${ hex(character, 4) }`);
}

/** A number as FormatFloat(value, 'g', -1, 32) prints it: as few digits as a 32-bit float needs. */
export function goFloat32(value: number): string {
  const single = Math.fround(value);

  if (!Number.isFinite(single)) {
    return Number.isNaN(single) ? 'NaN' : single < 0 ? '-Inf' : '+Inf';
  }
  if (Object.is(single, -0)) {
    return '-0';
  }
  const digits = [1, 2, 3, 4, 5, 6, 7, 8].find((count) => Math.fround(Number(single.toExponential(count - 1))) === single) ?? 9;
  const [mantissa = '', exponent = ''] = single.toExponential(digits - 1).split('e');
  const power = Number(exponent);

  return power < -4 || power >= 6 ? `${ mantissa }e${ power < 0 ? '-' : '+' }${ String(Math.abs(power)).padStart(2, '0') }` : Number(`${ mantissa }e${ power }`).toString();
}

function escaped(character: string): string {
  const code = character.codePointAt(0) ?? 0;

  return code < 0x80 ? `\\x${ hex(character, 2) }` : code < 0x10000 ? `\\u${ hex(character, 4) }` : `\\U${ hex(character, 8) }`;
}

function hex(character: string, width: number): string {
  return (character.codePointAt(0) ?? 0).toString(16).padStart(width, '0');
}
