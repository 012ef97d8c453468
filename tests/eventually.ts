import { vi } from 'vitest';

/** In milliseconds: longer than a slow machine needs, and shorter than a test may take. */
const PATIENCE = 60_000;

/** What an assertion gives once it holds, however long that takes the machine. */
export function eventually<Result>(assertion: () => Result | Promise<Result>): Promise<Result> {
  return vi.waitFor(assertion, { timeout: PATIENCE });
}
