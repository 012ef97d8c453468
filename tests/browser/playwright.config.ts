/** The browser tests, all of them on each host, in the Chromium that is installed; a test that needs a second try has failed. */
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { defineConfig, type Project } from '@playwright/test';

import { DEFAULT_HOST, HOSTS } from '../../demo/steps/hosts';
import { installedChromium } from '../steps/chromium';
import type { HostOption } from './rancher';
import { notOn } from './hosts';

const QUIET = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

/** A page keeps one processor busy; more of them than this only take memory. */
const MOST = 4;

/** The main journeys once more, where real servers keep the objects. */
const onRealServers: Project<object, HostOption> = { name: 'real', use: { host: DEFAULT_HOST.name, isReal: true }, grep: /@real(?!\S)/ };

export default defineConfig<object, HostOption>({
  testDir:       '.',
  testMatch:     '*.test.ts',
  outputDir:     `../../test-results/${ process.env['BROWSER_ON'] ?? 'embedded' }`,
  // Pictures are made on request alone, and compared where the fonts are the same (looks.test.ts).
  snapshotPathTemplate: resolve(__dirname, '../../docs/screenshots/{arg}{ext}'),
  updateSnapshots:      process.env['SCREENSHOTS'] ? 'all' : 'none',
  workers:       Math.min(availableParallelism(), MOST),
  fullyParallel: true,
  retries:       0,
  forbidOnly:    !!process.env['CI'],
  timeout:       180_000,
  expect:        { timeout: 30_000 },
  use:           { launchOptions: { executablePath: installedChromium() ?? 'chromium', args: QUIET } },
  projects:      process.env['BROWSER_ON'] === 'real' ? [onRealServers] : HOSTS.map(({ name }) => ({ name, use: { host: name }, grepInvert: notOn(name) }))
});
