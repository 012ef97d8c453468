/** `npm run demo [-- --host 2.10] [-- --real]`: sets up what the demo needs, serves it until it is stopped. */
import { demoOptions } from './options';
import { expectFree, wantedPort } from './port';
import { serve } from './serve';
import { extensionFolder } from './steps/places';
import { runProgram } from './steps/program';
import { SERVERS } from './steps/servers';
import { setUp } from './steps/setUp';
import { demoSteps } from './steps/steps';

runProgram(async (signal) => {
  const { host, isReal } = demoOptions(process.argv.slice(2));
  const port = wantedPort();

  await expectFree(port);
  await setUp([...demoSteps([host]), ...(isReal ? [SERVERS] : [])], signal);

  return serve({ port, isReal, dashboard: host.dashboard, extension: extensionFolder(), rancherVersion: host.rancherVersion }, signal);
});
