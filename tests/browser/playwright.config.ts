/** The browser tests: one page at a time in the Chromium that is installed; a test that needs a second try has failed. */
import { defineConfig } from '@playwright/test';

import { installedChromium } from '../steps/chromium';

const QUIET = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

export default defineConfig({
  testDir:    '.',
  testMatch:  '*.test.ts',
  outputDir:  '../../test-results',
  workers:    1,
  retries:    0,
  forbidOnly: !!process.env['CI'],
  timeout:    60_000,
  expect:     { timeout: 15_000 },
  use:        { launchOptions: { executablePath: installedChromium() ?? 'chromium', args: QUIET } }
});
