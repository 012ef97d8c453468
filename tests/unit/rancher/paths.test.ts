// Names come from manifests that others write: no name leads a request to another object than the one that it names.
import { describe, expect, it } from 'vitest';

import { clusterStore } from '../../../rancher/clusterStore';
import { sourceStore } from '../../../rancher/sourceStore';
import type { ApiRequest, RancherApi } from '../../../rancher/store';

function recordingApi(asked: string[]): RancherApi {
  return {
    warn:      () => undefined,
    mayCreate: () => true,
    mayList:   () => true,
    request:   ({ url }: ApiRequest) => {
      asked.push(new URL(url, 'https://rancher').pathname);

      return Promise.resolve({ metadata: {}, data: [] });
    }
  };
}

describe('the name of an object', () => {
  it.each(['../cattle-system/tls-rancher', '..', '.', '', 's?link=x', 's#', 's/log', 'S', 's.', 's'.repeat(254)])('that Kubernetes would refuse is not asked for: %s', async (name) => {
    const asked: string[] = [];
    const store = sourceStore(recordingApi(asked));

    await store.load([{ kind: 'Secret', namespace: 'fleet-default', name }, { kind: 'ConfigMap', namespace: name, name: 's' }]);

    expect(asked).toEqual([]);
    expect(store.onServer({ kind: 'Secret', namespace: 'fleet-default', name })).toBe('notFound');
  });

  it.each(['s', 'a-1.b', '0'])('that Kubernetes takes is asked for: %s', async (name) => {
    const asked: string[] = [];

    await sourceStore(recordingApi(asked)).load([{ kind: 'Secret', namespace: 'fleet-default', name }]);

    expect(asked).toEqual([`/v1/secrets/fleet-default/${ name }`]);
  });

  it('stays one part of the path', async () => {
    const asked: string[] = [];
    const api = recordingApi(asked);

    await sourceStore(api).apply({ action: 'delete', kind: 'Secret', namespace: 'a/b', name: '../c', before: { kind: 'Secret', metadata: { namespace: 'a/b', name: '../c' } }, after: null });
    await sourceStore(api).list('ConfigMap', 'a/../b');
    await clusterStore(api, { namespace: 'a/b', name: '../c?' }).load();

    expect(asked).toEqual(['/v1/secrets/a%2Fb/..%2Fc', '/v1/configmaps/a%2F..%2Fb', '/v1/provisioning.cattle.io.clusters/a%2Fb/..%2Fc%3F']);
  });
});
