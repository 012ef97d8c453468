/** Measured times as the bench prints them. */

/** The middle of some times. */
export function medianOf(times: readonly number[]): string {
  return shown([...times].sort((one, other) => one - other)[Math.floor(times.length / 2)]);
}

/** What some work takes, in milliseconds: the middle of so many times. */
export function millisecondsOf(times: number, work: (time: number) => unknown): string {
  return medianOf(Array.from({ length: times }, (_, time) => {
    const start = performance.now();

    work(time);

    return performance.now() - start;
  }));
}

/** The longest of some times. */
export function longestOf(times: readonly number[]): string {
  return shown(times.length ? Math.max(...times) : undefined);
}

function shown(time: number | undefined): string {
  return time === undefined ? '-' : time.toFixed(1);
}
