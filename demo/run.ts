/** `npm run demo [-- --host 2.10] [-- --real]`: sets up what the demo needs, serves it until it is stopped. */
import { demoOptions } from './options';
import { serve } from './serve';
import { extensionFolder } from './steps/places';
import { runProgram } from './steps/program';
import { demoSteps } from './steps/steps';

runProgram(async (signal) => {
  const { host, isReal } = demoOptions(process.argv.slice(2));

  return serve(demoSteps([host]), { isReal, dashboard: host.dashboard, extension: extensionFolder(), rancherVersion: host.rancherVersion }, signal);
});
