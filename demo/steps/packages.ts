/**
 * Steps that install packages: yarn 1 with a committed lock file.
 *
 * Tens of thousands of files are too many to read at each start, so what is installed is known by the name and size of
 * each file and by the content of each package.json.
 */
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';

import { filesUnder, hashOf, hashOfPaths } from './fingerprint';
import { ROOT, manifest } from './places';
import type { Run, Step } from './step';

/** Written by yarn as the last thing of an install. */
const INTEGRITY = '.yarn-integrity';

/** The step that installs what a folder's package.json asks for. */
export function packagesStep(name: string, title: string, folder: string): Step {
  const installed = join(folder, 'node_modules');

  return {
    name,
    title,
    doing:   'installing',
    inputs:  () => hashOfPackages(folder),
    outputs: () => (existsSync(join(installed, INTEGRITY)) ? hashOfInstalled(installed) : undefined),
    discard: () => forgetInstall(folder),
    make:    (run) => install(run, folder)
  };
}

/** A hash of what a folder's package.json and lock file ask for on this machine. */
export function hashOfPackages(folder: string): string {
  const { dependencies, devDependencies, resolutions } = manifest(folder);
  const locked = hashOfPaths([join(folder, 'yarn.lock'), join(folder, '.yarnrc')]);

  return hashOf(JSON.stringify([dependencies, devDependencies, resolutions]), locked ?? 'no lock file', process.platform, process.arch);
}

/** Makes the next install look at every file instead of taking its own word. */
export function forgetInstall(folder: string): void {
  rmSync(join(folder, 'node_modules', INTEGRITY), { force: true });
}

/** Installs what a folder's package.json asks for. */
export function install(run: Run, folder: string): Promise<void> {
  return run([...yarn(), 'install', '--frozen-lockfile', '--non-interactive', '--production=false'], { cwd: folder, env: process.env });
}

/** The yarn that is installed here, or on a fresh machine the same version through npm. */
function yarn(): readonly [string, ...string[]] {
  const own = join(ROOT, 'node_modules/yarn/bin/yarn.js');

  return existsSync(own) ? [process.execPath, own] : ['npx', '--yes', `yarn@${ manifest(ROOT).resolutions?.['yarn'] ?? '' }`];
}

function hashOfInstalled(folder: string): string {
  const hash = createHash('sha256');

  // Tools keep their caches in entries with a dot.
  const caches = readdirSync(folder).filter((name) => name.startsWith('.') && name !== '.bin');

  for (const file of filesUnder(folder, caches)) {
    hash.update(`${ file.slice(folder.length) } ${ lstatSync(file).size }\n`);
    if (basename(file) === 'package.json') {
      hash.update(readFileSync(file));
    }
  }

  return hash.update(readFileSync(join(folder, INTEGRITY))).digest('hex');
}
