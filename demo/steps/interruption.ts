/** Ctrl-C and its kin: the first one stops what is under way, and the process then ends as a shell expects. */

/** Exit codes of a process that a signal ended: 128 and the signal's number. */
const CODES = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

export class Interrupted extends Error {
  readonly exitCode: number;

  constructor(signal: keyof typeof CODES) {
    super(`stopped by ${ signal }`);
    this.exitCode = CODES[signal];
  }
}

/** Aborts with an Interrupted. npm passes on what the terminal has sent already, so a second signal changes nothing. */
export function interruption(): AbortSignal {
  const controller = new AbortController();

  for (const signal of Object.keys(CODES) as (keyof typeof CODES)[]) {
    process.on(signal, () => controller.abort(new Interrupted(signal)));
  }

  return controller.signal;
}

/** Rejects when the signal aborts. */
export function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const stop = (): void => reject(signal.reason as Error);

    if (signal.aborted) {
      stop();
    }
    signal.addEventListener('abort', stop);
  });
}
