/** What a step of the set-up is: something made from inputs, and made again only when inputs or outputs have changed. */

/** Runs one command and waits for its end; its output goes to the log of the step. Rejects unless it ends with 0. */
export type Run = (command: readonly [string, ...string[]], options: RunOptions) => Promise<void>;

export interface RunOptions {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
}

export interface Step {
  /** Names the stamp and the log. */
  readonly name: string;
  readonly title: string;
  /** The word for progress lines: `installing`. */
  readonly doing: string;
  /** A hash of everything that the outputs depend on. */
  inputs(): string;
  /** A hash of the outputs; undefined when one is missing. */
  outputs(): string | undefined;
  /** Called before `make` when the outputs are not those that the step left. */
  discard?(): void;
  make(run: Run): Promise<void>;
}

/** A failure that its message says all about. */
export class SetUpError extends Error {}
