// The policy in a Secret: what the form writes, when, and what it does when that fails or someone else was quicker.
import { afterEach, describe, expect, it } from 'vitest';

import type { RancherCluster } from '../../audit/cluster/rancherCluster';
import { METADATA } from '../../audit/presets/metadata';
import type { ApiRequest } from '../../rancher/store';
import { mountForm, partsOf, type MountedForm } from './host';

const ARGS = 'kube-apiserver-arg';
const K3S: RancherCluster = { metadata: { name: 'demo', namespace: 'fleet-default', resourceVersion: '1' }, spec: { kubernetesVersion: 'v1.34.2+k3s1', rkeConfig: { machineGlobalConfig: { [ARGS]: ['a=1'] } } } };

let form: MountedForm;
const { press } = partsOf(() => form);
const config = () => form.model.spec?.rkeConfig?.machineGlobalConfig as Record<string, string[]>;
const files = () => form.model.spec?.rkeConfig?.machineSelectorFiles ?? [];

/** An API that keeps what is posted, and fails as often as it is told to. */
function api(failures: { readonly status: number }[] = []) {
  const written: ApiRequest[] = [];

  return {
    written,
    request: async (asked: ApiRequest): Promise<unknown> => {
      if (asked.method === undefined) {
        throw Object.assign(new Error('not found'), { status: 404 });
      }
      written.push(asked);
      const failure = failures.shift();

      if (failure) {
        throw Object.assign(new Error('refused'), failure);
      }

      return asked.data;
    }
  };
}

afterEach(() => form.wrapper.unmount());

describe('a policy in a Secret', () => {
  it('is written by Save, and not before', async () => {
    const server = api();

    form = mountForm({ cluster: K3S, request: server.request });
    await press('audit-turn-on');
    expect(server.written).toEqual([]);
    await form.save(form.model);
    expect(server.written).toMatchObject([{ url: '/v1/secrets', method: 'POST', data: { metadata: { annotations: { 'rke.cattle.io/object-authorized-for-clusters': 'demo' } }, type: 'Opaque' } }]);
    expect(files()[0]?.fileSources?.[0]?.secret?.name).toBe((server.written[0]?.data as { metadata: { name: string } }).metadata.name);
  });

  it('stops the form where it can’t be written, and is written by the next try', async () => {
    const server = api([{ status: 500 }]);

    form = mountForm({ cluster: K3S, request: server.request });
    await press('audit-turn-on');
    await expect(form.save(form.model)).rejects.toThrow('could not be written: refused');
    await form.save(form.model);
    expect(server.written).toHaveLength(2);
  });

  it('is fine where it is there already', async () => {
    const server = api([{ status: 409 }]);

    form = mountForm({ cluster: K3S, request: server.request });
    await press('audit-turn-on');
    await form.save(form.model);
  });

  it('gets the cluster’s right back in a Secret that is there from before', async () => {
    const server = api();
    const before = (asked: ApiRequest) => ({ metadata: { name: asked.url.split('/').at(-1), namespace: 'fleet-default', resourceVersion: '3' }, data: { 'audit-policy': btoa(METADATA.policy) } });

    form = mountForm({ cluster: K3S, request: async (asked) => asked.method === undefined ? before(asked) : server.request(asked) });
    await press('audit-turn-on');
    await form.save(form.model);
    expect(server.written).toMatchObject([{ method: 'PUT', data: { metadata: { resourceVersion: '3', annotations: { 'rke.cattle.io/object-authorized-for-clusters': 'demo' } } } }]);
  });

  it('gets its name from a cluster that is named last', async () => {
    const server = api();

    form = mountForm({ cluster: { ...K3S, metadata: { namespace: 'fleet-default' } }, mode: 'create', request: server.request });
    await press('audit-turn-on');
    (form.model.metadata as { name: string }).name = 'late';
    await form.save(form.model);
    expect(files()[0]?.fileSources?.[0]?.secret?.name).toMatch(/^late-audit-policy-/);
    expect(server.written).toMatchObject([{ data: { metadata: { annotations: { 'rke.cattle.io/object-authorized-for-clusters': 'late' } } } }]);
  });

  it('survives the host’s merge by index with an argument that someone else put first', async () => {
    form = mountForm({ cluster: K3S, request: api().request });
    await press('audit-turn-on');
    await form.save(form.model);
    const wanted = [...config()[ARGS] ?? []];

    // As the host merges [x=0, a=1] of the server into the form's list.
    config()[ARGS] = ['x=0', 'a=1', ...wanted.slice(2)];
    (form.model.metadata as { resourceVersion: string }).resourceVersion = '2';
    await form.save(form.model);
    expect(config()[ARGS]).toEqual(expect.arrayContaining(['x=0', ...wanted]));
    expect(config()[ARGS]).toHaveLength(wanted.length + 1);
  });

  it('is a conflict where someone else has made it impossible', async () => {
    form = mountForm({ cluster: K3S, request: api().request });
    await press('audit-turn-on');
    await form.save(form.model);
    Object.assign(form.model.spec?.rkeConfig ?? {}, { machineSelectorConfig: [{ config: { [ARGS]: ['event-ttl=2h'] } }] });
    (form.model.metadata as { resourceVersion: string }).resourceVersion = '2';
    await expect(form.save(form.model)).rejects.toThrow('someone else has changed it meanwhile');
  });

  it('shows the policy that the server has', async () => {
    const name = 'dev';
    const cluster: RancherCluster = { ...K3S, spec: { ...K3S.spec, rkeConfig: { machineGlobalConfig: { [ARGS]: ['audit-policy-file=/p'] }, machineSelectorFiles: [{ fileSources: [{ secret: { name, items: [{ key: 'audit-policy', path: '/p' }] } }] }] } } };
    const secret = { id: 'fleet-default/dev', type: 'secret', _type: 'Opaque', metadata: { name, namespace: 'fleet-default', annotations: { 'rke.cattle.io/object-authorized-for-clusters': 'demo' } }, data: { 'audit-policy': btoa(METADATA.policy) } };

    form = mountForm({ cluster, request: async () => secret });
    await form.wrapper.vm.$nextTick();
    await new Promise((resolve) => setTimeout(resolve));
    expect(form.wrapper.get('[data-testid="audit-status"]').text()).toContain('Everything, metadata · Secret');
    await form.save(form.model);
    expect(JSON.stringify(form.model)).toBe(JSON.stringify(cluster));
  });

  it('is not taken for off where the user may not read it', async () => {
    const cluster: RancherCluster = { ...K3S, spec: { ...K3S.spec, rkeConfig: { machineGlobalConfig: { [ARGS]: ['audit-policy-file=/p'] }, machineSelectorFiles: [{ fileSources: [{ secret: { name: 'dev', items: [{ key: 'audit-policy', path: '/p' }] } }] }] } } };

    form = mountForm({
      cluster,
      request: async () => {
        throw Object.assign(new Error('forbidden'), { status: 403 });
      }
    });
    await new Promise((resolve) => setTimeout(resolve));
    expect(form.wrapper.get('[data-testid="audit-status"]').text()).toContain('no permission to read');
  });
});
