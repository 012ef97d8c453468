/** What stands on the demo's command line. */
import { parseArgs } from 'node:util';

import { DEFAULT_HOST, HOSTS, hostNamed, type Host } from './steps/hosts';
import { SetUpError } from './steps/step';

export interface DemoOptions {
  /** The dashboard to show, the one that `--host` names. */
  readonly host: Host;
  /** Whether its objects are to be kept by real servers: `--real`. */
  readonly isReal: boolean;
}

/** The options in the arguments of `npm run demo`. */
export function demoOptions(args: readonly string[]): DemoOptions {
  const { tokens } = parseArgs({ args: [...args], options: { host: { type: 'string' }, real: { type: 'boolean' } }, strict: false, tokens: true });
  const stranger = tokens.find((token) => token.kind !== 'option' || !(token.name === 'host' && token.value || token.name === 'real' && token.value === undefined));

  if (stranger) {
    throw new SetUpError(`${ JSON.stringify(args[stranger.index]) } can't be understood: the options are --real and --host, as in npm run demo -- --host ${ HOSTS.at(-1)?.name }`);
  }
  const options = tokens.filter((token) => token.kind === 'option');
  const host = options.reduce((found, { name, value }) => name === 'host' && value ? hostNamed(value) : found, DEFAULT_HOST);
  const isReal = options.some(({ name }) => name === 'real');

  if (isReal && host !== DEFAULT_HOST) {
    throw new SetUpError(`the real Steve is that of Rancher ${ DEFAULT_HOST.name }: --real goes with no other host`);
  }

  return { host, isReal };
}
