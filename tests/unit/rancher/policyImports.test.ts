// The policies of other clusters, on the embedded Rancher, as users with more and fewer rights.
import { afterEach, describe, expect, it } from 'vitest';

import { startRancher, type Rancher } from '../../../demo/rancher/server';
import { otherClusters, policyOfCluster } from '../../../rancher/policyImports';
import { sourceStore } from '../../../rancher/sourceStore';
import { apiAs } from './api';

const OWN = { metadata: { name: 'prod-custom', namespace: 'fleet-default' } };

let rancher: Rancher;

/** What each cluster that a user sees gives, by its name. */
async function found(user: 'admin' | 'standard' | 'readonly', rancherVersion?: string): Promise<Record<string, string>> {
  rancher = await startRancher({ port: 0, machineRollout: 0, ...(rancherVersion === undefined ? {} : { rancherVersion }) });
  const api = await apiAs(user, rancher.url);
  const store = sourceStore(api);
  const policies = await Promise.all((await otherClusters(api, OWN) ?? []).map(async ({ name, cluster }) => [name, await policyOfCluster(cluster, store)] as const));

  expect(api.writes).toEqual([]);

  return Object.fromEntries(policies.map(([name, policy]) => [name, 'text' in policy ? policy.text.includes('audit.k8s.io/v1') ? 'a policy' : 'a text' : policy.reason]));
}

afterEach(() => rancher.close());

describe('the policies of other clusters', () => {
  it('are those of all that Rancher configures, and for the others there is a reason', async () => {
    expect(await found('admin')).toEqual({ 'docs-inline': 'a policy', 'docs-secret': 'a policy', 'hardened': 'off', 'imported': 'notConfigured', 'k3s': 'off', 'local': 'notConfigured', 'pools': 'off' });
  });

  it('are RKE1’s too, by the names that people know', async () => {
    expect(await found('admin', 'v2.10.0')).toMatchObject({ rke1: 'a policy' });
  });

  it('are no more than the user may read', async () => {
    expect(await found('standard')).toEqual({ 'docs-inline': 'a policy' });
  });
});
