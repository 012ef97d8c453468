/** How a program of ours ends: with what a signal asks for, or with one line about what went wrong. */
import { Interrupted, interruption } from './interruption';
import { SetUpError } from './step';

/** Runs a program that gives its exit code; the signal aborts when somebody stops it. */
export function runProgram(program: (signal: AbortSignal) => Promise<number>): void {
  const signal = interruption();

  program(signal).then(
    (code) => process.exit(code),
    (error: unknown) => {
      if (signal.reason instanceof Interrupted) {
        process.exit(signal.reason.exitCode);
      }
      console.error(error instanceof SetUpError ? error.message : error);
      process.exit(1);
    }
  );
}
