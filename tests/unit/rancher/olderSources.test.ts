// What a cluster left, on the embedded Rancher: after a save that nobody could clean up behind, and with others at work meanwhile.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { clusterAfter, draftAuditSettings, neededSources, readAuditSettings } from '../../../audit/cluster/distributions';
import type { OlderGroup } from '../../../audit/cluster/olderSources';
import type { RancherCluster } from '../../../audit/cluster/rancherCluster';
import { AUTHORIZED, base64Of } from '../../../audit/cluster/sources';
import { takesAway } from '../../../audit/cluster/sourceUse';
import { METADATA } from '../../../audit/presets/metadata';
import type { WantedSettings } from '../../../audit/cluster/settings';
import { startRancher, type Rancher } from '../../../demo/rancher/server';
import { clusterStore } from '../../../rancher/clusterStore';
import { olderIn, olderState, removeOlder, type OlderPlace } from '../../../rancher/olderSources';
import { sourceStore } from '../../../rancher/sourceStore';
import { eventually } from '../../eventually';
import { apiAs, type RecordedApi } from './api';

const CLUSTER = '/v1/provisioning.cattle.io.clusters/fleet-default/docs-secret';
const SHARED = '/v1/secrets/fleet-default/dev-audit-policy';
const OWN = '/v1/secrets/fleet-default/docs-secret-audit-policy-0000000a';
const OFF: WantedSettings = { state: 'off' };
const INLINE: WantedSettings = { state: 'on', delivery: 'inline', policy: METADATA.policy };

let rancher: Rancher;
let api: RecordedApi;
let place: OlderPlace;

const get = async (url: string) => await api.request({ url }) as { readonly metadata: { readonly annotations?: Record<string, string> }; readonly data?: Record<string, string> };
const planError = async () => (await (await fetch(`${ rancher.url }/demo/plans/fleet-default/docs-secret`)).json() as { readonly error: string }).error;

/** Writes the cluster as a function makes it; Rancher itself writes its status at any time. */
async function write(change: (cluster: RancherCluster) => Promise<RancherCluster>): Promise<void> {
  await eventually(async () => api.request({ url: CLUSTER, method: 'PUT', data: await change(await get(CLUSTER) as RancherCluster) }));
}

/** What a host without hooks does: it saves the cluster, and nothing comes after. */
async function saveWithoutHooks(wanted: WantedSettings): Promise<void> {
  const sources = sourceStore(api);

  await write(async (cluster) => {
    await sources.load(neededSources(cluster));
    const { operations } = draftAuditSettings(cluster, sources.onServer, wanted);

    expect(operations.some((operation) => takesAway(operation, 'docs-secret'))).toBe(true);

    return clusterAfter(cluster, operations);
  });
}

/** Opens the cluster anew. */
async function open(): Promise<void> {
  const clusters = clusterStore(api, { namespace: 'fleet-default', name: 'docs-secret' });
  const { cluster } = await clusters.load();

  place = { store: sourceStore(api), clusters: () => [cluster], clusterNow: async () => (await clusters.load()).cluster };
  api.writes.length = 0;
}

async function offered(group: OlderGroup) {
  const state = await olderState(place);

  return state ? olderIn(state, place.clusters())[group] : [];
}

const namesOf = (objects: Awaited<ReturnType<typeof offered>>) => objects.map(({ metadata }) => metadata.name);

/** Someone else changes an object. */
async function meanwhile(url: string, patch: object): Promise<void> {
  await fetch(`${ rancher.url }${ url }`, { method: 'PATCH', headers: { 'content-type': 'application/merge-patch+json' }, body: JSON.stringify(patch) });
}

beforeEach(async () => {
  rancher = await startRancher({ port: 0, rancherVersion: 'v2.11.3', machineRollout: 10 });
  api = await apiAs('admin', rancher.url);
});
afterEach(() => rancher.close());

describe('an object that a cluster left without anybody to take its name out', () => {
  it.each([OFF, INLINE])('is offered by the next look, and loses the name, not what it holds: $state', async (wanted) => {
    await meanwhile(SHARED, { metadata: { annotations: { [AUTHORIZED]: 'docs-secret,other' } } });
    await saveWithoutHooks(wanted);
    const { data } = await get(SHARED);

    await open();
    expect(namesOf(await offered('older'))).toEqual([]);
    expect(namesOf(await offered('named'))).toEqual(['dev-audit-policy']);
    expect(await removeOlder('named', await offered('named'), place)).toEqual({ kept: [], problem: undefined });
    expect(await get(SHARED)).toMatchObject({ metadata: { annotations: { [AUTHORIZED]: 'other' } }, data });
    expect(await offered('named')).toEqual([]);
    expect(await planError()).toBe('');
  });

  it('is for nobody then, where it was for nobody else, and stays for whoever made it', async () => {
    await saveWithoutHooks(OFF);
    await open();
    await removeOlder('named', await offered('named'), place);
    expect((await get(SHARED)).metadata.annotations?.[AUTHORIZED]).toBeUndefined();
  });

  it.each([OFF, INLINE])('is offered and removed where it was made for the cluster alone, but for the last one: $state', async (wanted) => {
    const earlier = OWN.replace(/a$/, '9');

    for (const path of [earlier, OWN]) {
      await api.request({ url: '/v1/secrets', method: 'POST', data: { metadata: { name: path.split('/').at(-1), namespace: 'fleet-default', annotations: { [AUTHORIZED]: 'docs-secret' } }, data: { 'audit-policy': base64Of(METADATA.policy) } } });
    }
    await write(async (cluster) => JSON.parse(JSON.stringify(cluster).replace('"name":"dev-audit-policy"', `"name":"${ OWN.split('/').at(-1) }"`)) as RancherCluster);
    await saveWithoutHooks(wanted);
    await open();
    expect(await offered('older')).toHaveLength(1);
    expect(await removeOlder('older', await offered('older'), place)).toEqual({ kept: [], problem: undefined });
    expect((await Promise.allSettled([get(earlier), get(OWN)])).map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await offered('older')).toEqual([]);
    expect(await planError()).toBe('');
  });

  it('keeps the name where the cluster uses it again by then', async () => {
    const before = await get(CLUSTER) as object as { readonly spec: object };

    await saveWithoutHooks(OFF);
    await open();
    const asked = await offered('named');

    await meanwhile(CLUSTER, { spec: before.spec });
    expect(await removeOlder('named', asked, place)).toMatchObject({ kept: [{ source: { metadata: { name: 'dev-audit-policy' } }, reason: 'inUse' }] });
    expect(api.writes).toEqual([]);
    expect(readAuditSettings((await clusterStore(api, { namespace: 'fleet-default', name: 'docs-secret' }).load()).cluster).source?.name).toBe('dev-audit-policy');
    expect(await planError()).toBe('');
  });

  it('is none that holds no policy: its right is for something else', async () => {
    await api.request({ url: '/v1/secrets', method: 'POST', data: { metadata: { name: 'registry', namespace: 'fleet-default', annotations: { [AUTHORIZED]: 'docs-secret' } }, data: { config: base64Of('mirrors: {}') } } });
    await open();
    expect(await offered('named')).toEqual([]);
  });

  it('is left alone where the cluster can’t be read', async () => {
    await saveWithoutHooks(OFF);
    await open();
    const asked = await offered('named');

    await fetch(`${ rancher.url }/demo/faults`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ method: 'GET', path: CLUSTER, status: 500, count: 1 }) });
    await expect(removeOlder('named', asked, place)).rejects.toMatchObject({ status: 500 });
    expect(api.writes).toEqual([]);
  });
});
