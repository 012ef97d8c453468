/** A profile of Chromium that the tests of a worker share for what it keeps of scripts, and for nothing else: reading 12 MB of them anew takes longer than most tests. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext, type LaunchOptions } from '@playwright/test';

export interface Profile {
  readonly context: BrowserContext;
  close(): Promise<void>;
}

export async function openProfile(options: LaunchOptions): Promise<Profile> {
  const folder = await mkdtemp(join(tmpdir(), 'audit-log-profile-'));
  const context = await chromium.launchPersistentContext(folder, { ...options, locale: 'en-US' });

  return {
    context,
    close: async () => {
      await context.close();
      await rm(folder, { recursive: true, force: true });
    }
  };
}

/** Closes all pages, and forgets what they have stored and what they were permitted. */
export async function forgetSite(context: BrowserContext, url: string): Promise<void> {
  // Without a page the browser would end.
  const blank = await context.newPage();

  await Promise.all(context.pages().filter((page) => page !== blank).map((page) => page.close()));
  await context.clearCookies();
  await context.clearPermissions();

  const session = await context.newCDPSession(blank);

  await session.send('Storage.clearDataForOrigin', { origin: new URL(url).origin, storageTypes: 'local_storage,indexeddb,websql,service_workers,cache_storage' });
  await session.detach();
}
