/** A Rancher that is set up and served until somebody stops it. */
import { expectFree, portError, wantedPort } from './port';
import type { RancherOptions } from './rancher/server';
import { untilAborted } from './steps/interruption';
import { SERVERS } from './steps/servers';
import { setUp } from './steps/setUp';
import type { Step } from './steps/step';

type Served = Omit<RancherOptions, 'port' | 'backend'> & { readonly isReal: boolean };

/** Takes the steps, starts it on the port that is asked for, says that it is ready, and closes it when the signal aborts. */
export async function serve(steps: readonly Step[], { isReal, ...options }: Served, signal: AbortSignal): Promise<never> {
  const port = wantedPort();

  await expectFree(port);
  await setUp([...steps, ...(isReal ? [SERVERS] : [])], signal);

  // What these import is there only after the set-up.
  const { startRancher } = await import('./rancher/server');
  const { realBackend } = await import('./real/backend');
  const rancher = await startRancher({ ...options, port, ...(isReal ? { backend: realBackend } : {}) }).catch((error: unknown) => {
    throw portError(port, error);
  });

  if (rancher.kubeconfig !== undefined) {
    console.log(`kubectl --kubeconfig ${ rancher.kubeconfig }`);
  }
  console.log(`ready ${ rancher.url }`);
  try {
    return await Promise.race([untilAborted(signal), rancher.failed]);
  } finally {
    await rancher.close();
  }
}
