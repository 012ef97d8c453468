/** `npm run demo`: sets up what the demo needs, serves it until it is stopped. */
import { expectFree, portError, wantedPort } from './port';
import { untilAborted } from './steps/interruption';
import { HOST_DASHBOARD, extensionFolder } from './steps/places';
import { runProgram } from './steps/program';
import { setUp } from './steps/setUp';
import { DEMO_STEPS } from './steps/steps';

async function demo(signal: AbortSignal): Promise<never> {
  const port = wantedPort();

  await expectFree(port);
  await setUp(DEMO_STEPS, signal);

  // What it imports is there only after the set-up.
  const { startRancher } = await import('./rancher/server');
  const rancher = await startRancher({ port, dashboard: HOST_DASHBOARD, extension: extensionFolder() }).catch((error: unknown) => {
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
