/** Brings up some steps of the demo without serving it: `build.ts extension`, with what it is built from. */
import { runProgram } from './steps/program';
import { setUp } from './steps/setUp';
import { SetUpError, type Step } from './steps/step';
import { COMMAND_LINE_BUILD, EXTENSION_BUILD, HOST_DASHBOARD_BUILD, HOST_PACKAGES, PACKAGES } from './steps/steps';

const TARGETS: Readonly<Record<string, readonly Step[]>> = {
  packages:  [PACKAGES],
  extension: [PACKAGES, EXTENSION_BUILD],
  cli:       [PACKAGES, COMMAND_LINE_BUILD],
  host:      [PACKAGES, HOST_PACKAGES, HOST_DASHBOARD_BUILD]
};

runProgram(async (signal) => {
  const [name = ''] = process.argv.slice(2);
  const steps = TARGETS[name];

  if (!steps) {
    throw new SetUpError(`there is nothing to build by the name ${ JSON.stringify(name) }, only ${ Object.keys(TARGETS).join(', ') }`);
  }
  await setUp(steps, signal);

  return 0;
});
