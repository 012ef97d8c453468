/** The command line: finds the command, and turns what goes wrong into words and an exit code. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { BATCH } from './batch';
import { CHECK } from './check';
import { argumentsOf, type Command } from './command';
import { EXPLAIN } from './explain';
import { EXIT, UsageError, type ExitCode, type Io } from './io';
import { PLAN } from './plan';
import { printProblem } from './print';
import { TEST } from './test';
import { wordsOf } from './words';

const COMMANDS: readonly Command[] = [CHECK, EXPLAIN, TEST, PLAN, BATCH];

/** Runs a command line without the program's own name, and gives its exit code. */
export async function runCommandLine(args: readonly string[], io: Io, environment: Readonly<Record<string, string | undefined>>): Promise<ExitCode> {
  const t = wordsOf(environment);
  const [name = '', ...rest] = args;
  const command = COMMANDS.find((candidate) => candidate.name === name);

  try {
    if (!command) {
      if (['--help', '-h', 'help'].includes(name)) {
        await io.out.write(t('cli.help.main'));

        return EXIT.done;
      }
      if (name === '--version') {
        await io.out.write(`${ versionOfPackage() }\n`);

        return EXIT.done;
      }
      throw new UsageError(name ? 'unknownCommand' : 'noCommand', { command: name, commands: COMMANDS.map((each) => each.name).join(', ') });
    }
    const { values, files } = argumentsOf(command, rest);

    if (values['help']) {
      await io.out.write(t(`cli.help.${ command.name }`, command.helpParams));

      return EXIT.done;
    }

    return await command.run({ values, files, io, t });
  } catch (error) {
    if (!(error instanceof UsageError)) {
      throw error;
    }
    await printProblem(io, t(`cli.error.${ error.key }`, error.params));

    return EXIT.usage;
  }
}

/** Its file is beside this folder, in the repository and in the package alike. */
function versionOfPackage(): string {
  return (JSON.parse(readFileSync(join(__dirname, '../package.json'), 'utf8')) as { readonly version: string }).version;
}
