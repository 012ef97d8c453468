/** The browser tests, once for each host: one page at a time in the Chromium that is installed; a test that needs a second try has failed. */
import { defineConfig } from '@playwright/test';

import { HOSTS } from '../../demo/steps/hosts';
import { installedChromium } from '../steps/chromium';
import type { HostOption } from './dashboard';
import { notOn } from './hosts';

const QUIET = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

export default defineConfig<object, HostOption>({
  testDir:    '.',
  testMatch:  '*.test.ts',
  outputDir:  '../../test-results',
  workers:    1,
  retries:    0,
  forbidOnly: !!process.env['CI'],
  timeout:    60_000,
  expect:     { timeout: 15_000 },
  use:        { launchOptions: { executablePath: installedChromium() ?? 'chromium', args: QUIET } },
  projects:   HOSTS.map(({ name }) => ({ name, use: { host: name }, grepInvert: notOn(name) }))
});
