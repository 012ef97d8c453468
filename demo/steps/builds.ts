/** Steps that build: the host dashboard without the extension, and the extension as Rancher would load it. */
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { hashOf, hashOfPaths } from './fingerprint';
import type { Host } from './hosts';
import { keep, takeKept } from './kept';
import { forgetInstall, hashOfPackages, install } from './packages';
import { EXTENSION_NAME, EXTENSION_SOURCE, ROOT, extensionBuild, extensionFolder, manifest } from './places';
import { readStamp } from './stamps';
import { SetUpError, type Run, type Step } from './step';

const PRODUCT = ['audit', 'rancher', 'components', 'l10n', 'pkg', 'tsconfig.json'].map((name) => join(ROOT, name));

/** A host dashboard with the packages that it is built from; where this user has built the same one before, that one. */
export function hostDashboardStep(name: string, host: Host): Step {
  const sources = [__filename, join(host.folder, 'vue.config.js'), join(host.folder, 'package.json')];
  const inputs = (): string => hashOf(hashOfPackages(host.folder), manifest(ROOT).devDependencies?.['esbuild'] ?? '', ...contentOf(sources));

  return {
    name,
    title:   `host dashboard (Rancher ${ host.name })`,
    doing:   'building',
    inputs,
    outputs: () => hashOfPaths([host.dashboard, join(host.dashboard, 'index.html')]),
    make:    async (run) => {
      if (takeKept(name, inputs(), host.dashboard)) {
        return;
      }
      forgetInstall(host.folder);
      await install(run, host.folder);
      await run([join(host.folder, 'node_modules/.bin/vue-cli-service'), 'build'], { cwd: host.folder, env: { ...buildEnvironment(), NODE_ENV: 'dev' } });
      await minify(join(host.dashboard, 'js'), run);
      keep(name, inputs(), host.dashboard);
    }
  };
}

/** A host that is built for development is small enough then, and still says what Vue has to complain about; its own minifier takes a minute more. */
function minify(folder: string, run: Run): Promise<void> {
  const files = readdirSync(folder).filter((name) => name.endsWith('.js'));

  return run([join(ROOT, 'node_modules/.bin/esbuild'), ...files, '--minify', '--legal-comments=none', '--log-level=error', '--outdir=.', '--allow-overwrite'], { cwd: folder, env: buildEnvironment() });
}

/** The extension; `packages` names the step that installs what it is built from. */
export function extensionStep(packages: string): Step {
  const bundle = (): string => join(extensionFolder(), `${ extensionBuild() }.umd.min.js`);

  return {
    name:    'extension',
    title:   'extension',
    doing:   'building',
    inputs:  () => hashOf(packagesOf(packages), ...contentOf(PRODUCT)),
    outputs: () => hashOfPaths([bundle(), extensionFolder()]),
    make:    async (run) => {
      // A build that was killed, or ran in a copy of the tree, leaves a link that makes the next one give up.
      rmSync(join(EXTENSION_SOURCE, '.shell'), { force: true });
      await run(['bash', join(ROOT, 'node_modules/@rancher/shell/scripts/build-pkg.sh'), EXTENSION_NAME], { cwd: ROOT, env: buildEnvironment() });
      if (hashOfPaths([bundle()]) === undefined) {
        throw new SetUpError(`the build gave no ${ bundle() }`);
      }
    }
  };
}

function packagesOf(step: string): string {
  return readStamp(step)?.outputs ?? 'not installed';
}

function contentOf(paths: readonly string[]): string[] {
  return paths.map((path) => hashOfPaths([path], ['.shell', 'node_modules']) ?? `no ${ path }`);
}

/** Shell's scripts take version, commit, folders and more from the environment; a build here depends on files alone. */
function buildEnvironment(): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR, NODE_OPTIONS } = process.env;

  return { PATH, HOME, TMPDIR, NODE_OPTIONS };
}
