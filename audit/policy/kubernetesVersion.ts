/**
 * Kubernetes versions, as far as they decide what a policy may say.
 */

/** The minor version in a version such as `v1.34.2+rke2r1`; Infinity, the newest, where there is none to read. */
export function minorVersion(version: string | undefined): number {
  const [, minor] = /^v?1\.(\d+)/.exec(version ?? '') ?? [];

  return minor === undefined ? Infinity : Number(minor);
}
