/** The port that a demo is served on. */
import { once } from 'node:events';
import { createServer } from 'node:net';

import { SetUpError } from './steps/step';

const DEFAULT = '8005';
const ADDRESS = '127.0.0.1';

/** The port that PORT asks for. */
export function wantedPort(): number {
  const wanted = process.env['PORT'] ?? DEFAULT;
  const port = /^\d{1,5}$/.test(wanted) ? Number(wanted) : 0;

  if (port < 1 || port > 65_535) {
    throw new SetUpError(`PORT is ${ JSON.stringify(wanted) }, but must be a number from 1 to 65535`);
  }

  return port;
}

/** Rejects unless a server could listen on the port now. */
export async function expectFree(port: number): Promise<void> {
  const probe = createServer();

  probe.listen({ port, host: ADDRESS });
  try {
    await once(probe, 'listening');
  } catch (error) {
    throw portError(port, error);
  }
  probe.close();
  await once(probe, 'close');
}

/** What to say about a port that can't be listened on. */
export function portError(port: number, error: unknown): Error {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const reason = { EADDRINUSE: 'is taken', EACCES: 'is not allowed' }[code];

  return reason === undefined ? error as Error : new SetUpError(`port ${ port } ${ reason }: name another one in PORT, as in PORT=${ port < 1024 ? DEFAULT : Math.min(port + 1, 65_535) }`);
}
