/** `npm run demo`: sets up what the demo needs, serves it until it is stopped. */
import { expectFree, portError, wantedPort } from './port';
import { Interrupted, interruption, untilAborted } from './steps/interruption';
import { HOST_DASHBOARD, extensionFolder } from './steps/places';
import { setUp } from './steps/setUp';
import { SetUpError } from './steps/step';
import { DEMO_STEPS } from './steps/steps';

const signal = interruption();

async function demo(): Promise<void> {
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
    await untilAborted(signal);
  } finally {
    await rancher.close();
  }
}

demo().catch((error: unknown) => {
  if (signal.reason instanceof Interrupted) {
    process.exit(signal.reason.exitCode);
  }
  console.error(error instanceof SetUpError ? error.message : error);
  process.exit(1);
});
