// The command line on files that are not there, and what it writes.
import { join } from 'node:path';

import type { ExportedFile } from '../../../audit/cluster/exports/exportedFile';
import { UsageError, type Output } from '../../../cli/io';
import { runCommandLine } from '../../../cli/program';

export interface Run {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  /** What was written into new directories, by path. */
  readonly written: Readonly<Record<string, string>>;
}

export interface Given {
  readonly files?: Readonly<Record<string, string>>;
  readonly stdin?: string;
  readonly language?: string;
}

class Text implements Output {
  text = '';
  readonly isTerminal = false;
  write = async (text: string): Promise<void> => {
    this.text += text;
  };
}

/** Runs a command line; a directory with a file among `files` is one that is not empty. */
export async function runCommand(args: readonly string[], { files = {}, stdin = '', language = 'C' }: Given = {}): Promise<Run> {
  const [out, err] = [new Text(), new Text()];
  const written: Record<string, string> = {};
  const readFile = async (path: string): Promise<string> => {
    const text = files[path];

    if (text === undefined) {
      throw new Error('there is none');
    }

    return text;
  };
  const writeNewFiles = async (folder: string, exported: readonly ExportedFile[]): Promise<void> => {
    const present = Object.keys(files).find((path) => path.startsWith(`${ folder }/`));

    if (present !== undefined) {
      throw new UsageError('outNotEmpty', { folder, file: present });
    }
    exported.forEach(({ path, content }) => {
      written[join(folder, path)] = content;
    });
  };
  const code = await runCommandLine(args, { stdin: inPieces(stdin), out, err, readFile, writeNewFiles }, { LANG: language });

  return { code, out: out.text, err: err.text, written };
}

/** Chunks that end in the middle of lines, as pipes give them. */
async function *inPieces(text: string): AsyncGenerator<string> {
  for (let start = 0; start < text.length; start += 7) {
    yield text.slice(start, start + 7);
  }
}
