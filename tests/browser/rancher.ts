/** A Rancher of its own for each test, and what a worker keeps from one test to the next. */
import { test as base } from '@playwright/test';

import { startRancher, type Rancher, type RancherOptions } from '../../demo/rancher/server';
import { DEFAULT_HOST, hostNamed } from '../../demo/steps/hosts';
import { extensionFolder } from '../../demo/steps/places';
import { forgetSite, openProfile, type Profile } from './profile';
import { realServersOfTests, type RealServersOfTests } from './realServers';

/** What a project of the configuration sets. */
export interface HostOption {
  /** The name of the host that its tests run on. */
  readonly host: string;
  /** Whether real servers keep the objects. */
  readonly isReal: boolean;
}

interface WorkerFixtures extends HostOption {
  readonly profile: Profile;
  readonly realServers: RealServersOfTests;
  /** Where this worker's Ranchers listen, one after the other: Chromium keeps scripts by their address. */
  readonly place: { port: number };
}

/** How long a machine takes to restart, in milliseconds. */
const ROLLOUT = 100;
/** How long a Rancher may take to start, in milliseconds. */
const START = 120_000;

export const testOnRancher = base.extend<{ readonly rancher: Rancher }, WorkerFixtures>({
  host:   [DEFAULT_HOST.name, { option: true, scope: 'worker' }],
  isReal: [false, { option: true, scope: 'worker' }],

  profile: [async ({ launchOptions }, use) => {
    const profile = await openProfile(launchOptions);

    await use(profile);
    await profile.close();
  }, { scope: 'worker' }],

  realServers: [async ({ isReal: _ }, use) => {
    const servers = realServersOfTests();

    await use(servers);
    await servers.close();
  }, { scope: 'worker' }],

  place: [({ host: _ }, use) => use({ port: 0 }), { scope: 'worker' }],

  context: ({ profile }, use) => use(profile.context),

  page: async ({ context }, use) => use(await context.newPage()),

  rancher: [async ({ page: _, context, place, realServers, host, isReal }, use) => {
    const { dashboard, rancherVersion } = hostNamed(host);
    const rancher = await startAt(place.port, { dashboard, extension: extensionFolder(), rancherVersion, machineRollout: ROLLOUT, ...(isReal ? { backend: realServers.backend } : {}) });

    place.port = Number(new URL(rancher.url).port);
    await use(rancher);
    await forgetSite(context, rancher.url);
    await rancher.close();
  }, { timeout: START }]
});

/** Starts a Rancher on a port, or on a free one where somebody has taken it meanwhile. */
async function startAt(port: number, options: Omit<RancherOptions, 'port'>): Promise<Rancher> {
  try {
    return await startRancher({ port, ...options });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') {
      throw error;
    }

    return startRancher({ port: 0, ...options });
  }
}
