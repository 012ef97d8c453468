/** What stands on the demo's command line. */
import { parseArgs } from 'node:util';

import { DEFAULT_HOST, HOSTS, hostNamed, type Host } from './steps/hosts';
import { SetUpError } from './steps/step';

/** The host that `--host` names. */
export function wantedHost(args: readonly string[]): Host {
  const { tokens } = parseArgs({ args: [...args], options: { host: { type: 'string' } }, strict: false, tokens: true });
  const stranger = tokens.find((token) => token.kind !== 'option' || token.name !== 'host' || !token.value);

  if (stranger) {
    throw new SetUpError(`${ JSON.stringify(args[stranger.index]) } can't be understood: the one option is --host, as in npm run demo -- --host ${ HOSTS.at(-1)?.name }`);
  }

  return tokens.reduce((host, token) => token.kind === 'option' && token.value ? hostNamed(token.value) : host, DEFAULT_HOST);
}
