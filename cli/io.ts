/** What a command reads from and writes to: the process's own streams and files, or a test's. */
import type { ExportedFile } from '../audit/cluster/exports/exportedFile';

export interface Io {
  /** Chunks of standard input. */
  readonly stdin: AsyncIterable<string | Uint8Array>;
  readonly out: Output;
  readonly err: Output;
  /** The text of a file; rejects where there is none to read. */
  readonly readFile: (path: string) => Promise<string>;
  /** Writes files into a folder that is new or empty, all or none; rejects with a UsageError otherwise. */
  readonly writeNewFiles: (folder: string, files: readonly ExportedFile[]) => Promise<void>;
}

export interface Output {
  readonly isTerminal: boolean;
  /** Resolves when more may be written. */
  readonly write: (text: string) => Promise<void>;
}

/** What went wrong with the way a command was called, or with what it was to read: exit code 2. */
export class UsageError extends Error {
  /** @param key of l10n under `clusterAudit.cli.error` */
  constructor(readonly key: string, readonly params: Readonly<Record<string, string>> = {}) {
    super(key);
  }
}

export const EXIT = { done: 0, no: 1, usage: 2, hazard: 3 } as const;
export type ExitCode = typeof EXIT[keyof typeof EXIT];

/** The text of a file, or of standard input for `-`; throws a UsageError for what can't be read. */
export async function textOf(file: string, io: Io): Promise<string> {
  try {
    return file === '-' ? await readAll(io.stdin) : await io.readFile(file);
  } catch (error) {
    throw new UsageError('unreadable', { file, reason: error instanceof Error ? error.message : String(error) });
  }
}

/** Lines of standard input, one at a time, without their ends. */
export async function *linesOf(stdin: Io['stdin']): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';

  for await (const chunk of stdin) {
    const parts = (rest + (typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true }))).split('\n');

    rest = parts.pop() ?? '';
    yield* parts;
  }
  if (rest) {
    yield rest;
  }
}

async function readAll(stdin: Io['stdin']): Promise<string> {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  let text = '';

  for await (const chunk of stdin) {
    text += typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true });
  }

  return text + decoder.decode();
}
