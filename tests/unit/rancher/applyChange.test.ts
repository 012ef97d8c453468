// Applying a plan outside the host's form, on the embedded Rancher: order, conflicts, failures, and a second try.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { startRancher, type Rancher } from '../../../demo/rancher/server';
import { configuredBy } from '../../../audit/cluster/configuredBy';
import { neededSources, readAuditSettings } from '../../../audit/cluster/distributions';
import { PREVIOUS_ANNOTATION, previousSettings, previousSource, revertOf } from '../../../audit/cluster/previous';
import type { RancherCluster } from '../../../audit/cluster/rancherCluster';
import type { Delivery } from '../../../audit/cluster/settings';
import { METADATA } from '../../../audit/presets/metadata';
import { applyRest, applySettings, type Wish } from '../../../rancher/applyChange';
import { clusterStore, type ClusterStore, type LoadedCluster } from '../../../rancher/clusterStore';
import { sourceStore, type SourceStore } from '../../../rancher/sourceStore';
import { apiAs, type RecordedApi } from './api';

const CLUSTERS = '/v1/provisioning.cattle.io.clusters';
const OFF: Wish = { wanted: { state: 'off' }, options: {} };

let rancher: Rancher;
let api: RecordedApi;
let clusters: ClusterStore;
let sources: SourceStore;
let seen: LoadedCluster;

const on = (delivery: Delivery, policy = METADATA.policy): Wish => ({ wanted: { state: 'on', delivery, policy }, options: {} });
const settingsNow = async () => {
  const { cluster } = await clusters.load();

  await sources.reload(neededSources(cluster));

  return readAuditSettings(cluster, sources.onServer).settings;
};

async function open(name: string, user: Parameters<typeof apiAs>[0] = 'admin'): Promise<void> {
  api = await apiAs(user, rancher.url);
  clusters = clusterStore(api, { namespace: 'fleet-default', name });
  sources = sourceStore(api);
  seen = await clusters.load();
  await sources.load(neededSources(seen.cluster));
}

async function fault(what: object): Promise<void> {
  await fetch(`${ rancher.url }/demo/faults`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(what) });
}

/** Someone else changes the cluster's machineGlobalConfig. */
async function meanwhile(name: string, config: object): Promise<void> {
  await fetch(`${ rancher.url }${ CLUSTERS }/fleet-default/${ name }`, { method: 'PATCH', headers: { 'content-type': 'application/merge-patch+json' }, body: JSON.stringify({ spec: { rkeConfig: { machineGlobalConfig: config } } }) });
}

beforeEach(async () => {
  rancher = await startRancher({ port: 0, rancherVersion: 'v2.11.3', machineRollout: 10 });
});
afterEach(() => rancher.close());

describe('a change of the audit log', () => {
  it('writes the Secret first, then the cluster that names it', async () => {
    await open('k3s');

    expect(await applySettings(seen.cluster, on('secret'), clusters, sources)).toMatchObject({ state: 'done' });
    expect(api.writes).toEqual(['POST /v1/secrets', `PUT ${ CLUSTERS }/fleet-default/k3s`]);
    expect(await settingsNow()).toMatchObject({ state: 'on', delivery: 'secret', policy: METADATA.policy });
  });

  it('has nothing to write the second time', async () => {
    await open('k3s');
    await applySettings(seen.cluster, on('secret'), clusters, sources);
    await open('k3s');

    expect(await applySettings(seen.cluster, on('secret'), clusters, sources)).toEqual({ state: 'done', done: [] });
    expect(api.writes).toEqual([]);
  });

  it('takes the cluster off the Secret before the Secret loses the cluster', async () => {
    await open('docs-secret');
    await applySettings(seen.cluster, OFF, clusters, sources);

    expect(api.writes).toEqual([`PUT ${ CLUSTERS }/fleet-default/docs-secret`, 'PUT /v1/secrets/fleet-default/dev-audit-policy']);
  });

  it('goes on after a conflict that is not about auditing, and keeps what the other one wrote', async () => {
    await open('prod-custom');
    await meanwhile('prod-custom', { 'tls-san': ['other'] });

    expect(await applySettings(seen.cluster, on('inline'), clusters, sources)).toMatchObject({ state: 'done' });
    expect((await clusters.load()).cluster.spec?.rkeConfig?.machineGlobalConfig).toMatchObject({ 'tls-san': ['other'], 'audit-policy-file': METADATA.policy });
  });

  it('stops at a conflict that is about auditing', async () => {
    await open('prod-custom');
    await meanwhile('prod-custom', { 'audit-policy-file': 'kind: Policy' });

    expect(await applySettings(seen.cluster, on('inline'), clusters, sources)).toMatchObject({ state: 'conflict', done: [], now: { cluster: { spec: { rkeConfig: { machineGlobalConfig: { 'audit-policy-file': 'kind: Policy' } } } } } });
    expect(api.writes).toEqual([]);
  });

  it('stops where a Secret has changed under an edit of it', async () => {
    await open('docs-secret');
    const ref = { kind: 'Secret', namespace: 'fleet-default', name: 'dev-audit-policy', key: 'audit-policy' } as const;

    await fetch(`${ rancher.url }/v1/secrets/fleet-default/dev-audit-policy`, { method: 'PATCH', headers: { 'content-type': 'application/merge-patch+json' }, body: JSON.stringify({ data: { 'audit-policy': btoa('kind: Policy') } }) });
    expect(await applySettings(seen.cluster, { ...on('secret'), options: { adopt: ref } }, clusters, sources)).toMatchObject({ state: 'conflict', done: [] });
    expect(api.writes).toEqual([]);
  });

  it('says what was written when it fails, and a second run continues', async () => {
    await open('k3s');
    await fault({ method: 'PUT', path: CLUSTERS, status: 500, count: 1 });
    const first = await applySettings(seen.cluster, on('secret'), clusters, sources);

    expect(first).toMatchObject({ state: 'failed', operation: { kind: 'Cluster', name: 'k3s' }, done: [{ action: 'create', kind: 'Secret' }], reason: expect.stringContaining('told to fail') as string });
    await open('k3s');
    expect(await applySettings(seen.cluster, on('secret'), clusters, sources)).toMatchObject({ state: 'done', done: [{ kind: 'Cluster' }] });
    expect(api.writes).toEqual([`PUT ${ CLUSTERS }/fleet-default/k3s`]);
  });

  it('writes nothing of a plan that a finding blocks', async () => {
    await open('prod-custom');

    expect(await applySettings(seen.cluster, on('inline', 'kind: Policy'), clusters, sources)).toMatchObject({ state: 'blocked', done: [] });
    expect(api.writes).toEqual([]);
  });

  it('is given up when the cluster keeps changing', async () => {
    await open('prod-custom');
    await fault({ method: 'PUT', path: CLUSTERS, status: 409 });

    expect(await applySettings(seen.cluster, on('inline'), clusters, sources)).toMatchObject({ state: 'failed', done: [] });
  });

  it('of a user who may create Secrets and not read them goes into a new one', async () => {
    await open('docs-inline', 'standard');

    expect(await applySettings(seen.cluster, on('secret'), clusters, sources)).toMatchObject({ state: 'done', done: [{ action: 'create', kind: 'Secret' }, { kind: 'Cluster' }] });
    await open('docs-inline');
    expect(await settingsNow()).toMatchObject({ state: 'on', delivery: 'secret', policy: METADATA.policy });
  });

  it('of a user who may not read Secrets gets a name of its own where an object of that name is there, whose right is not known', async () => {
    await open('docs-inline');
    await applySettings(seen.cluster, on('secret'), clusters, sources);
    await open('docs-inline');
    await applySettings(seen.cluster, OFF, clusters, sources);
    await open('docs-inline', 'standard');

    expect(await applySettings(seen.cluster, on('secret'), clusters, sources)).toMatchObject({ state: 'done', done: [{ action: 'create', kind: 'Secret' }, { kind: 'Cluster' }] });
    expect(await (await fetch(`${ rancher.url }/demo/plans/fleet-default/docs-inline`)).json()).toMatchObject({ error: '' });
    await open('docs-inline');
    expect(await settingsNow()).toMatchObject({ state: 'on', delivery: 'secret', policy: METADATA.policy });
  });

  it('gives the cluster its right back to an object that is there from before', async () => {
    await open('k3s');
    await applySettings(seen.cluster, on('secret'), clusters, sources);
    await open('k3s');
    await applySettings(seen.cluster, OFF, clusters, sources);
    await open('k3s');

    expect(await applySettings(seen.cluster, on('secret'), clusters, sources)).toMatchObject({ state: 'done', done: [{ action: 'update', kind: 'Secret' }, { kind: 'Cluster' }] });
    expect(await (await fetch(`${ rancher.url }/demo/plans/fleet-default/k3s`)).json()).toMatchObject({ error: '' });
  });

  it('that fails after the cluster keeps what is left for the second try', async () => {
    await open('docs-secret');
    await fault({ method: 'PUT', path: '/v1/secrets', status: 500, count: 1 });
    const first = await applySettings(seen.cluster, OFF, clusters, sources);

    expect(first).toMatchObject({ state: 'failed', done: [{ kind: 'Cluster' }], rest: [{ action: 'update', kind: 'Secret', name: 'dev-audit-policy' }] });
    expect(first.state === 'failed' && await applyRest(first.rest, 'docs-secret', sources)).toMatchObject({ state: 'done', done: [{ kind: 'Secret' }] });
    expect(JSON.stringify(await api.request({ url: '/v1/secrets/fleet-default/dev-audit-policy' }))).not.toContain('docs-secret"');
  });

  it('takes its right away from an object that someone has changed meanwhile, and keeps what they made of it', async () => {
    await open('docs-secret');
    await fetch(`${ rancher.url }/v1/secrets/fleet-default/dev-audit-policy`, { method: 'PATCH', headers: { 'content-type': 'application/merge-patch+json' }, body: JSON.stringify({ metadata: { labels: { mine: 'yes' } } }) });

    expect(await applySettings(seen.cluster, OFF, clusters, sources)).toMatchObject({ state: 'done' });
    expect(await api.request({ url: '/v1/secrets/fleet-default/dev-audit-policy' })).toMatchObject({ metadata: { labels: { mine: 'yes' } } });
  });

  it('is refused for a user who may not write the cluster', async () => {
    await open('prod-custom', 'readonly');

    expect(seen.mayUpdate).toBe(false);
    expect(await applySettings(seen.cluster, on('inline'), clusters, sources)).toMatchObject({ state: 'failed', done: [] });
  });
});

describe('the last change', () => {
  it.each(['inline', 'secret', 'configmap'] as const)('is reverted to %s by what the cluster remembers', async (delivery) => {
    await open('prod-custom');
    await applySettings(seen.cluster, on(delivery, 'apiVersion: audit.k8s.io/v1\nkind: Policy\nrules: [{ level: Request }]\n'), clusters, sources);
    const before = await settingsNow();

    await open('prod-custom');
    await applySettings(seen.cluster, { ...OFF, options: { remember: true } }, clusters, sources);
    await open('prod-custom');
    const previous = previousSettings(seen.cluster);
    const source = previousSource(seen.cluster);

    await sources.load(source ? [source] : []);
    const revert = previous && revertOf(previous, { cluster: seen.cluster, sources: sources.onServer });

    expect(revert && await applySettings(seen.cluster, { ...revert, options: { ...revert.options, remember: true } }, clusters, sources)).toMatchObject({ state: 'done' });
    expect(await settingsNow()).toEqual(before);
    // And back again.
    expect(previousSettings((await clusters.load()).cluster)).toEqual({ state: 'off' });
  });

  it('is forgotten with an edit in place, of which the text before is gone', async () => {
    const adopt = { kind: 'Secret', namespace: 'fleet-default', name: 'dev-audit-policy', key: 'audit-policy' } as const;

    await open('docs-secret');
    await applySettings(seen.cluster, { ...on('secret'), options: { remember: true } }, clusters, sources);
    await open('docs-secret');
    expect(previousSettings(seen.cluster)).toBeDefined();
    await applySettings(seen.cluster, { wanted: { state: 'on', delivery: 'secret', policy: METADATA.policy }, options: { adopt, remember: true } }, clusters, sources);
    await open('docs-secret');
    expect(await applySettings(seen.cluster, { ...on('secret', 'apiVersion: audit.k8s.io/v1\nkind: Policy\nrules: [{ level: Request }]\n'), options: { adopt, remember: true } }, clusters, sources)).toMatchObject({ state: 'done' });

    expect(await settingsNow()).toMatchObject({ state: 'on', policy: expect.stringContaining('Request') as string });
    expect(previousSettings((await clusters.load()).cluster)).toBeUndefined();
  });

  it('is not remembered where something was configured that no plan can make', async () => {
    await open('prod-custom');
    await meanwhile('prod-custom', { 'audit-policy-file': { kind: 'Policy' } });
    await open('prod-custom');
    await applySettings(seen.cluster, { ...OFF, options: { remember: true } }, clusters, sources);

    expect((await clusters.load()).cluster.metadata?.annotations).not.toHaveProperty([PREVIOUS_ANNOTATION]);
  });
});

describe('RKE1', () => {
  const put = (configuration: object): Promise<unknown> => api.request({ url: '/v3/clusters/c-rk1dm', method: 'PUT', data: { name: 'rke1', rancherKubernetesEngineConfig: { services: { kubeApi: { auditLog: { configuration } } } } } });

  it('is written through Norman, and all else of it stays', async () => {
    await open('c-rk1dm');
    const before = structuredClone(seen.cluster.spec) as { rancherKubernetesEngineConfig: { services: { kubeApi: { auditLog: unknown } } } };

    expect(seen).toMatchObject({ displayName: 'rke1', configuredBy: 'rke1', mayUpdate: true });
    expect(await applySettings(seen.cluster, { ...on('rke1', 'kind: Policy\napiVersion: audit.k8s.io/v1\nrules: [{ level: None }]\n'), options: { remember: true } }, clusters, sources)).toMatchObject({ state: 'done' });
    expect(api.writes).toEqual(['PUT /v3/clusters/c-rk1dm']);
    const { cluster } = await clusters.load();

    before.rancherKubernetesEngineConfig.services.kubeApi.auditLog = { enabled: true, configuration: { format: 'json', maxAge: 30, maxBackup: 10, maxSize: 100, path: '/var/log/kube-audit/audit-log.json', policy: { apiVersion: 'audit.k8s.io/v1', kind: 'Policy', rules: [{ level: 'None' }] } } };
    expect(cluster.spec).toEqual(before);
    expect(previousSettings(cluster)).toMatchObject({ state: 'on', delivery: 'rke1' });
    expect(cluster.metadata?.annotations).toMatchObject({ 'provisioner.cattle.io/ke-driver-update': 'updated' });
  });

  it('is turned off without a configuration', async () => {
    await open('c-rk1dm');
    await applySettings(seen.cluster, OFF, clusters, sources);

    expect((await clusters.load()).cluster.spec).toMatchObject({ rancherKubernetesEngineConfig: { services: { kubeApi: { auditLog: { enabled: false, configuration: null }, extraArgs: { 'event-ttl': '2h' } } } } });
    expect(await settingsNow()).toEqual({ state: 'off' });
  });

  it('has its conflicts found, which Norman retries by itself', async () => {
    await open('c-rk1dm');
    await put({ maxAge: 5 });
    api.writes.length = 0;

    expect(await applySettings(seen.cluster, OFF, clusters, sources)).toMatchObject({ state: 'conflict' });
    expect(api.writes).toEqual([]);
  });
});

describe('what configures a cluster’s nodes', () => {
  it('is nothing of Rancher’s where it was imported, and the version is the one that runs', async () => {
    await open('imported');

    expect(seen).toMatchObject({ configuredBy: 'none', mayUpdate: false, runningVersion: expect.stringContaining('+k3s') as string });
  });

  it.each([['k3s', 'rkeConfig', 'provisioning'], ['prod-custom', 'rkeConfig', 'provisioning'], ['c-rk1dm', 'rke1', 'rke1'], ['imported', 'none', 'none']])('is the same by the object that Rancher manages it by: %s', async (name, by, byManagement) => {
    await open(name);
    const { status } = await api.request({ url: `${ CLUSTERS }/fleet-default/${ name }` }) as { readonly status: { readonly clusterName: string } };
    const management = await api.request({ url: `/v1/management.cattle.io.clusters/${ status.clusterName }` }) as RancherCluster;

    expect([seen.configuredBy, configuredBy(management)]).toEqual([by, byManagement]);
  });
});
