/** What a Rancher has by its version. */

/** Whether there are RKE1 clusters: a Rancher from 2.12 on does not start beside one. */
export function hasRke1(version: string): boolean {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number);

  return major === 2 && minor < 12;
}
