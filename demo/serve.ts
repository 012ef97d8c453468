/** A Rancher that is served until somebody stops it. */
import type { RancherOptions } from './rancher/server';
import { portError } from './port';
import { untilAborted } from './steps/interruption';

/** Starts it, says that it is ready, and closes it when the signal aborts. */
export async function serve(options: Omit<RancherOptions, 'backend'> & { readonly isReal: boolean }, signal: AbortSignal): Promise<never> {
  // What these import is there only after the set-up.
  const { startRancher } = await import('./rancher/server');
  const { realBackend } = await import('./real/backend');
  const { isReal, ...rest } = options;
  const rancher = await startRancher({ ...rest, ...(isReal ? { backend: realBackend } : {}) }).catch((error: unknown) => {
    throw portError(options.port, error);
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
