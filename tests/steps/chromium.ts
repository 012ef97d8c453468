/** The browser that the tests drive: one that is installed, or Debian's, installed for them where that is allowed. */
import { spawnSync } from 'node:child_process';
import { delimiter, join } from 'node:path';

import { hashOf } from '../../demo/steps/fingerprint';
import { ROOT } from '../../demo/steps/places';
import { SetUpError, type Run, type Step } from '../../demo/steps/step';

/** The shell is the same engine without a window, and takes a fifth less of the processor for a page. */
const NAMES = ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
/** Debian's packages, the best first; not every release has it. */
const DEBIAN = ['chromium-headless-shell', 'chromium'];
/** Chinese in the pictures. */
const FONT = 'fonts-wqy-microhei';
const ADVICE = 'install the package "chromium", or name a Chromium in the environment variable CHROMIUM';

export const CHROMIUM: Step = {
  name:    'chromium',
  title:   'chromium',
  doing:   'looking',
  inputs:  () => hashOf(process.env['CHROMIUM'] ?? ''),
  outputs: () => {
    const browser = installedChromium();

    return browser === undefined ? undefined : hashOf(browser);
  },
  make: async (run) => {
    if (installedChromium() === undefined) {
      await install(run);
    }
  }
};

/** The path of the first Chromium that runs: Ubuntu's `chromium` may be a word about snap instead. */
export function installedChromium(): string | undefined {
  const named = process.env['CHROMIUM'];
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const paths = named ? [named] : NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));

  return paths.find((path) => spawnSync(path, ['--version'], { stdio: 'ignore' }).status === 0);
}

async function install(run: Run): Promise<void> {
  if (process.env['CHROMIUM']) {
    throw new SetUpError(`CHROMIUM names ${ process.env['CHROMIUM'] }, which does not run`);
  }
  if (process.getuid?.() !== 0 || spawnSync('apt-get', ['--version'], { stdio: 'ignore' }).status !== 0) {
    throw new SetUpError(`there is none: ${ ADVICE }`);
  }

  const options = { cwd: ROOT, env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };

  await run(['apt-get', 'update'], options);
  await run(['apt-get', 'install', '-y', '--no-install-recommends', DEBIAN.find(isServed) ?? 'chromium', FONT], options);
  if (installedChromium() === undefined) {
    throw new SetUpError(`the package that was installed does not run: ${ ADVICE }`);
  }
}

function isServed(debianPackage: string): boolean {
  return spawnSync('apt-cache', ['show', debianPackage], { stdio: 'ignore' }).status === 0;
}
