/** The step that packs the command line as an npm package that needs no other: `dist-cli/`. */
import { chmodSync, copyFileSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { hashOf, hashOfPaths } from './fingerprint';
import { ROOT } from './places';
import { readStamp } from './stamps';
import type { Step } from './step';

const PACKAGE = join(ROOT, 'dist-cli');
const PROGRAM = join(PACKAGE, 'bin/cluster-audit.js');
const SOURCES = ['audit', 'cli', 'l10n', 'package.json', 'tsconfig.json', 'LICENSE'].map((name) => join(ROOT, name));

/** The package; `packages` names the step that installs what it is built from. */
export function commandLineStep(packages: string): Step {
  return {
    name:    'command-line',
    title:   'command line',
    doing:   'packing',
    inputs:  () => hashOf(readStamp(packages)?.outputs ?? 'not installed', hashOfPaths(SOURCES) ?? ''),
    outputs: () => hashOfPaths([PROGRAM, PACKAGE]),
    make:    async (run) => {
      rmSync(PACKAGE, { recursive: true, force: true });
      await run([join(ROOT, 'node_modules/.bin/esbuild'), join(ROOT, 'cli/main.ts'), '--bundle', '--platform=node', '--target=node20', '--format=cjs', '--legal-comments=eof', `--outfile=${ PROGRAM }`], { cwd: ROOT, env: process.env });
      // In the repository tsx runs the sources; here Node runs what is built.
      writeFileSync(PROGRAM, readFileSync(PROGRAM, 'utf8').replace(/^#!.*/, '#!/usr/bin/env node'));
      chmodSync(PROGRAM, 0o755);
      mkdirSync(join(PACKAGE, 'l10n'), { recursive: true });
      cpSync(join(ROOT, 'l10n'), join(PACKAGE, 'l10n'), { recursive: true });
      copyFileSync(join(ROOT, 'LICENSE'), join(PACKAGE, 'LICENSE'));
      copyFileSync(join(ROOT, 'cli/README.md'), join(PACKAGE, 'README.md'));
      writeFileSync(join(PACKAGE, 'package.json'), `${ JSON.stringify(manifestOfPackage(), null, 2) }\n`);
    }
  };
}

function manifestOfPackage(): object {
  const { version, license, engines } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as Readonly<Record<string, unknown>>;

  return { name: 'cluster-audit', version, description: 'What a Kubernetes audit policy does: check it and explain its decisions, without a cluster', license, engines, bin: { 'cluster-audit': 'bin/cluster-audit.js' } };
}
