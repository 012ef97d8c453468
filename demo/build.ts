/** Brings up some steps of the demo without serving it: `build.ts extension`, with what it is built from; `build.ts host 2.10`. */
import { DEFAULT_HOST, hostNamed } from './steps/hosts';
import { runProgram } from './steps/program';
import { setUp } from './steps/setUp';
import { SetUpError, type Step } from './steps/step';
import { COMMAND_LINE_BUILD, EXTENSION_BUILD, PACKAGES, hostSteps } from './steps/steps';

const TARGETS: Readonly<Record<string, (rest: readonly string[]) => readonly Step[]>> = {
  packages:  () => [PACKAGES],
  extension: () => [PACKAGES, EXTENSION_BUILD],
  cli:       () => [PACKAGES, COMMAND_LINE_BUILD],
  host:      (names) => hostSteps(names.length > 0 ? names.map(hostNamed) : [DEFAULT_HOST])
};

runProgram(async (signal) => {
  const [name = '', ...rest] = process.argv.slice(2);
  const steps = TARGETS[name]?.(rest);

  if (!steps) {
    throw new SetUpError(`there is nothing to build by the name ${ JSON.stringify(name) }, only ${ Object.keys(TARGETS).join(', ') }`);
  }
  await setUp(steps, signal);

  return 0;
});
