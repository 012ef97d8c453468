/**
 * Kubernetes versions, as far as they decide what a policy may say.
 */

/** The newest minor version whose kube-apiserver we have compared with; a newer one is judged as this one. */
export const NEWEST_MINOR = 36;
/** An older kube-apiserver is judged as this one, and a finding says so. */
export const OLDEST_JUDGED_MINOR = 27;

/** The minor version in a version such as `v1.34.2+rke2r1`; the newest where there is none to read. */
export function minorVersion(version: string | undefined): number {
  const [, minor] = /^v?1\.(\d+)/.exec(version ?? '') ?? [];

  return minor === undefined ? NEWEST_MINOR : Number(minor);
}
