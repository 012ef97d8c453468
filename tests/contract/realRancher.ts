// One Rancher on real servers for all test files that don't need one of their own.
import type { TestProject } from 'vitest/node';

import { realBackend } from '../../demo/real/backend';
import { startRancher } from '../../demo/rancher/server';

declare module 'vitest' {
  interface ProvidedContext { realRancher: string }
}

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const rancher = await startRancher({ port: 0, backend: realBackend });

  project.provide('realRancher', rancher.url);

  return () => rancher.close();
}
