/** `npm run demo [-- --host 2.10]`: sets up what the demo needs, serves it until it is stopped. */
import { wantedHost } from './options';
import { expectFree, portError, wantedPort } from './port';
import { untilAborted } from './steps/interruption';
import { extensionFolder } from './steps/places';
import { runProgram } from './steps/program';
import { setUp } from './steps/setUp';
import { demoSteps } from './steps/steps';

async function demo(signal: AbortSignal): Promise<never> {
  const host = wantedHost(process.argv.slice(2));
  const port = wantedPort();

  await expectFree(port);
  await setUp(demoSteps([host]), signal);

  // What it imports is there only after the set-up.
  const { startRancher } = await import('./rancher/server');
  const rancher = await startRancher({ port, dashboard: host.dashboard, extension: extensionFolder(), rancherVersion: host.rancherVersion }).catch((error: unknown) => {
    throw portError(port, error);
  });

  console.log(`ready ${ rancher.url }`);
  try {
    return await untilAborted(signal);
  } finally {
    await rancher.close();
  }
}

runProgram(demo);
