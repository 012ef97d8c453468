/** Measured times as the bench prints them. */

/** The middle of some times. */
export function medianOf(times: readonly number[]): string {
  return shown([...times].sort((one, other) => one - other)[Math.floor(times.length / 2)]);
}

/** The longest of some times. */
export function longestOf(times: readonly number[]): string {
  return shown(times.length ? Math.max(...times) : undefined);
}

function shown(time: number | undefined): string {
  return time === undefined ? '-' : time.toFixed(1);
}
