/** Stamps: what a step was made from and what it left, kept from run to run. There is none while a step is at work. */
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { CACHE } from './places';

export interface Stamp {
  readonly inputs: string;
  readonly outputs: string;
}

const FOLDER = join(CACHE, 'steps');

/** The stamp of a step; undefined when it never succeeded, or its file is damaged. */
export function readStamp(step: string): Stamp | undefined {
  try {
    return JSON.parse(readFileSync(fileOf(step), 'utf8')) as Stamp;
  } catch {
    return undefined;
  }
}

export function writeStamp(step: string, stamp: Stamp): void {
  const unfinished = `${ fileOf(step) }.new`;

  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(unfinished, JSON.stringify(stamp));
  renameSync(unfinished, fileOf(step));
}

export function removeStamp(step: string): void {
  rmSync(fileOf(step), { force: true });
}

function fileOf(step: string): string {
  return join(FOLDER, `${ step }.json`);
}
