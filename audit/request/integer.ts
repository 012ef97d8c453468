/** Whether a text is an integer of 64 bits, as strconv.ParseInt of Go reads it with base 10. */
export function isInteger(text: string): boolean {
  const [, sign, digits] = /^([-+]?)0*(\d+)$/.exec(text) ?? [];

  // The length first: a number of a million digits takes long to read.
  return digits !== undefined && digits.length <= 19 && BigInt(digits) <= (sign === '-' ? 1n << 63n : (1n << 63n) - 1n);
}
