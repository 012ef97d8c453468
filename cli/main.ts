#!/usr/bin/env -S node --import tsx
/** The program `cluster-audit`. */
import { readFile } from 'node:fs/promises';

import type { Output } from './io';
import { writeNewFiles } from './newFiles';
import { runCommandLine } from './program';

function outputOf(stream: NodeJS.WriteStream): Output {
  // A reader that has gone away, such as `head`, wants no more: that is no fault of ours.
  stream.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 2));

  return {
    isTerminal: stream.isTTY,
    write:      (text) => new Promise((resolve) => {
      stream.write(text, () => resolve());
    })
  };
}

void runCommandLine(process.argv.slice(2), {
  stdin:    process.stdin,
  out:      outputOf(process.stdout),
  err:      outputOf(process.stderr),
  readFile: async (path) => new TextDecoder('utf-8', { ignoreBOM: true }).decode(await readFile(path)),
  writeNewFiles
}, process.env).then((code) => {
  process.exitCode = code;
});
