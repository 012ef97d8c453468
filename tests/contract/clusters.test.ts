/** The clusters of the demo, and what Rancher does when one is made or removed. */
import { expect, test } from 'vitest';

import { CLUSTERS, SECRETS, WORKSPACE, at, change, eventually, idsOf, listAt, objectAt, uniqueName, useRancher, type Answer, type Json } from './target';

const rancher = useRancher();
const MANAGEMENT = '/v1/management.cattle.io.clusters';
const MACHINES = '/v1/cluster.x-k8s.io.machines';

async function cluster(name: string, namespace = WORKSPACE): Promise<Json | undefined> {
  return (await rancher.as('admin').get(`${ CLUSTERS }/${ namespace }/${ name }`)).body;
}

async function created(name: string): Promise<{ id: string; management: Answer }> {
  const admin = rancher.as('admin');
  const made = await eventually(() => cluster(name), (body) => typeof at(body, 'status', 'clusterName') === 'string');
  const id = String(at(made, 'status', 'clusterName'));

  return { id, management: await admin.get(`${ MANAGEMENT }/${ id }`) };
}

async function create(name: string): Promise<Answer> {
  return rancher.as('admin').post(CLUSTERS, {
    type: 'provisioning.cattle.io.cluster',
    metadata: { name, namespace: WORKSPACE },
    spec: { kubernetesVersion: 'v1.34.2+rke2r1', rkeConfig: { machineGlobalConfig: { cni: 'calico' } } }
  });
}

test.each([
  ['prod-custom', WORKSPACE, 'rke2', 'imported', 5],
  ['pools', WORKSPACE, 'rke2', 'imported', 3],
  ['hardened', WORKSPACE, 'rke2', 'imported', 2],
  ['docs-inline', WORKSPACE, 'rke2', 'imported', 1],
  ['docs-secret', WORKSPACE, 'rke2', 'imported', 1],
  ['k3s', WORKSPACE, 'k3s', 'imported', 1],
  ['imported', WORKSPACE, 'k3s', 'k3s', 0],
  ['local', 'fleet-local', 'k3s', 'k3s', 0]
])('%s is active and ready, and has its management cluster and machines', async (name, namespace, provider, driver, machines) => {
  const admin = rancher.as('admin');
  const body = await cluster(name, namespace);
  const management = await admin.get(`${ MANAGEMENT }/${ String(at(body, 'status', 'clusterName')) }`);

  expect([at(body, 'metadata', 'state', 'name'), at(body, 'status', 'ready')]).toEqual(['active', true]);
  expect(objectAt(management.body)).toMatchObject({
    metadata: { state: { name: 'active' } }, spec: { displayName: name, fleetWorkspaceName: namespace, internal: name === 'local' }, status: { provider, driver }
  });
  expect(idsOf(await admin.get(`${ MACHINES }?filter=spec.clusterName=${ name }`))).toHaveLength(machines);
});

test('the machines of prod-custom have the roles that selectors look for', async () => {
  const { body } = await rancher.as('admin').get(`${ MACHINES }?filter=spec.clusterName=prod-custom`);
  const having = (role: string): Json[] => listAt(body, 'data').filter((machine) => at(machine, 'metadata', 'labels', `rke.cattle.io/${ role }-role`) === 'true');

  expect([having('control-plane').length, having('etcd').length, having('worker').length]).toEqual([3, 3, 2]);
});

test('prod-custom\'s machineGlobalConfig has many other keys', async () => {
  expect(Object.keys(objectAt(await cluster('prod-custom'), 'spec', 'rkeConfig', 'machineGlobalConfig'))).toEqual([
    'cluster-cidr', 'cni', 'disable', 'disable-kube-proxy', 'etcd-arg', 'etcd-expose-metrics', 'ingress-controller', 'kube-apiserver-arg',
    'kube-controller-manager-arg', 'service-cidr', 'tls-san'
  ]);
});

test('hardened has the CIS profile', async () => {
  expect(at(await cluster('hardened'), 'spec', 'rkeConfig', 'machineGlobalConfig', 'profile')).toBe('cis');
});

test('docs-inline audits as the documentation\'s method 1 says', async () => {
  expect(at(await cluster('docs-inline'), 'spec', 'rkeConfig', 'machineGlobalConfig', 'audit-policy-file')).toBe(
    'apiVersion: audit.k8s.io/v1\nkind: Policy\nrules:\n  - level: RequestResponse\n    resources:\n      - group: ""\n        resources:\n          - pods\n');
});

test('docs-secret audits as the documentation\'s method 2 says', async () => {
  const rkeConfig = objectAt(await cluster('docs-secret'), 'spec', 'rkeConfig');
  const secret = (await rancher.as('admin').get(`${ SECRETS }/${ WORKSPACE }/dev-audit-policy`)).body;

  expect(at(rkeConfig, 'machineGlobalConfig', 'kube-apiserver-arg')).toEqual(['audit-policy-file=/etc/rancher/rke2/dev-audit-policy.yaml', 'audit-log-path=/etc/rancher/rke2/dev-audit.logs']);
  expect(rkeConfig['machineSelectorFiles']).toEqual([{
    fileSources: [{ configMap: { name: '' }, secret: { items: [{ key: 'audit-policy', path: '/etc/rancher/rke2/dev-audit-policy.yaml' }], name: 'dev-audit-policy' } }],
    machineLabelSelector: { matchLabels: { 'rke.cattle.io/control-plane-role': 'true' } }
  }]);
  expect(at(secret, 'metadata', 'annotations', 'rke.cattle.io/object-authorized-for-clusters')).toBe('docs-secret');
  expect(Buffer.from(String(at(secret, 'data', 'audit-policy')), 'base64').toString()).toBe('# Log all requests at the Metadata level.\napiVersion: audit.k8s.io/v1\nkind: Policy\nrules:\n- level: Metadata');
});

test('the node pools have the machine configurations and the credential that they name', async () => {
  const admin = rancher.as('admin');
  const spec = objectAt(await cluster('pools'), 'spec');

  expect(spec['cloudCredentialSecretName']).toBe('cattle-global-data:cc-4hx9t');
  expect(await admin.get('/v3/cloudcredentials/cattle-global-data:cc-4hx9t')).toMatchObject({ status: 200 });
  for (const pool of listAt(spec, 'rkeConfig', 'machinePools')) {
    expect(await admin.get(`/v1/rke-machine-config.cattle.io.digitaloceanconfigs/${ WORKSPACE }/${ String(at(pool, 'machineConfigRef', 'name')) }`)).toMatchObject({ status: 200 });
  }
});

test('a new cluster gets a management cluster a moment later, and waits for its nodes', async () => {
  const admin = rancher.as('admin');
  const name = uniqueName('fresh');

  expect(await create(name)).toMatchObject({ status: 201 });

  const { id, management } = await created(name);

  expect(id).toMatch(/^c-m-[a-z0-9]{8}$/);
  expect(objectAt(management.body)).toMatchObject({ spec: { displayName: name }, status: { driver: 'imported', provider: 'rke2' }, metadata: { state: { name: 'updating', transitioning: true } } });
  expect(at(await cluster(name), 'metadata', 'state', 'name')).toBe('updating');
  expect(listAt((await admin.get('/v3/clusterregistrationtokens')).body, 'data').map((token) => at(token, 'clusterId'))).toContain(id);
});

test('the lists are told of a new cluster and of its removal', async () => {
  const admin = rancher.as('admin');
  const name = uniqueName('live');
  const socket = await admin.subscribe();

  socket.say({ resourceType: 'management.cattle.io.cluster' });
  await socket.started();
  await create(name);

  const { id } = await created(name);

  await socket.message((message) => at(message, 'name') === 'resource.create' && at(message, 'data', 'id') === id);
  await admin.remove(`${ CLUSTERS }/${ WORKSPACE }/${ name }`);
  await socket.message((message) => at(message, 'name') === 'resource.remove' && at(message, 'data', 'id') === id);
  await socket.close();
});

test('a removed cluster takes its machines and its management cluster with it', async () => {
  const admin = rancher.as('admin');
  const id = String(at(await cluster('k3s'), 'status', 'clusterName'));

  expect(await admin.remove(`${ CLUSTERS }/${ WORKSPACE }/k3s`)).toMatchObject({ status: 204 });
  await eventually(() => admin.get(`${ MANAGEMENT }/${ id }`), ({ status }) => status === 404);
  expect(idsOf(await admin.get(`${ MACHINES }?filter=spec.clusterName=k3s`))).toEqual([]);
});

test('who creates a cluster owns it, and is told of its removal', async () => {
  const standard = rancher.as('standard');
  const socket = await standard.subscribe();
  const name = uniqueName('owned');
  const path = `${ CLUSTERS }/${ WORKSPACE }/${ name }`;

  expect(await standard.post(CLUSTERS, { metadata: { name, namespace: WORKSPACE }, spec: { kubernetesVersion: 'v1.34.2+rke2r1', rkeConfig: {} } })).toMatchObject({ status: 201 });

  const { id } = await created(name);

  expect(idsOf(await standard.get(CLUSTERS))).toContain(`${ WORKSPACE }/${ name }`);
  expect(await standard.get(`${ MANAGEMENT }/${ id }`)).toMatchObject({ status: 200 });
  expect(await change(standard, path, (own) => Object.assign(objectAt(own, 'spec'), { kubernetesVersion: 'v1.34.1+rke2r1' }))).toMatchObject({ status: 200 });
  for (const resourceType of ['provisioning.cattle.io.cluster', 'management.cattle.io.cluster']) {
    socket.say({ resourceType });
    await socket.started(resourceType);
  }
  expect(await standard.remove(path)).toMatchObject({ status: 204 });
  await socket.message((message) => at(message, 'name') === 'resource.remove' && at(message, 'data', 'id') === `${ WORKSPACE }/${ name }`);
  await socket.message((message) => at(message, 'name') === 'resource.remove' && at(message, 'data', 'id') === id);
  await socket.close();
});

test('an ordinary write does not reach the status of a cluster', async () => {
  const answer = await change(rancher.as('admin'), `${ CLUSTERS }/${ WORKSPACE }/hardened`, (body) => Object.assign(objectAt(body, 'status'), { ready: false }));

  expect([answer.status, at(answer.body, 'status', 'ready')]).toEqual([200, true]);
});
