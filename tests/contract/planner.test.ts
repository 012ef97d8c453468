/** What the planner makes of a cluster for each of its machines. */
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';

import { POLICY, editConfig, nodeArguments, planOf, settled } from './plans';
import { CLUSTERS, CONFIG_MAPS, SECRETS, WORKSPACE, at, eventually, listAt, objectAt, uniqueName, useRancher, type Json } from './target';

const rancher = useRancher({ machineRollout: 5 });
const CLUSTER = 'docs-inline';
const INLINE = '/var/lib/rancher/rke2/etc/config-files/audit-policy-file';
const AUTHORIZED = 'rke.cattle.io/object-authorized-for-clusters';

/** Gives the cluster this rkeConfig and waits for the plan of its machine. */
async function planned(rkeConfig: Record<string, Json>, cluster = CLUSTER): Promise<Json | undefined> {
  const admin = rancher.as('admin');
  const marker = uniqueName('marker');
  const machineGlobalConfig = { ...(rkeConfig['machineGlobalConfig'] === undefined ? {} : objectAt(rkeConfig, 'machineGlobalConfig')), 'cluster-domain': marker };

  const answer = await editConfig(admin, cluster, (before) => {
    Object.keys(before).forEach((key) => delete before[key]);
    Object.assign(before, rkeConfig, { machineGlobalConfig });
  });

  expect(answer.status).toBe(200);

  return settled(admin, cluster, (plan) => at(plan, 'config', 'cluster-domain') === marker);
}

async function source(kind: 'secret' | 'configMap', content: Record<string, Json>): Promise<string> {
  const name = uniqueName('source');

  await rancher.as('admin').post(kind === 'secret' ? SECRETS : CONFIG_MAPS, { metadata: { name, namespace: WORKSPACE, annotations: { [AUTHORIZED]: `other,${ CLUSTER }` } }, ...content });

  return name;
}

test('what the demo starts with counts as delivered, and says so on the nodes', async () => {
  const admin = rancher.as('admin');

  expect(await planOf(admin, 'docs-secret')).toMatchObject({
    applied: true,
    config: { 'kube-apiserver-arg': ['audit-policy-file=/etc/rancher/rke2/dev-audit-policy.yaml', 'audit-log-path=/etc/rancher/rke2/dev-audit.logs'] },
    files: [{ path: '/etc/rancher/rke2/dev-audit-policy.yaml', permissions: '', dynamic: false }]
  });
  expect(listAt((await admin.get(`/demo/plans/${ WORKSPACE }/prod-custom`)).body, 'machines')).toHaveLength(5);
  expect(await nodeArguments(admin, 'docs-secret')).toEqual(expect.arrayContaining(['server', '--kube-apiserver-arg', 'audit-log-path=/etc/rancher/rke2/dev-audit.logs', '--disable-kube-proxy', 'false']));
  expect(await nodeArguments(admin, 'k3s', 'k3s.io/node-args')).toEqual(expect.arrayContaining(['server', '--secrets-encryption', 'false']));
  for (const name of ['prod-custom', 'pools', 'hardened', 'docs-secret', 'k3s']) {
    const conditions = listAt((await admin.get(`${ CLUSTERS }/${ WORKSPACE }/${ name }`)).body, 'status', 'conditions');

    expect(new Set(conditions.map((condition) => at(condition, 'lastUpdateTime')))).toEqual(new Set(['2025-09-01T08:00:00Z']));
  }
});

test('there is no plan for a cluster without machines, nor for one that was imported', async () => {
  const admin = rancher.as('admin');
  const name = uniqueName('empty');

  await admin.post(CLUSTERS, { metadata: { name, namespace: WORKSPACE }, spec: { kubernetesVersion: 'v1.34.2+rke2r1', rkeConfig: {} } });
  for (const cluster of [name, 'imported', 'nobodys']) {
    expect(await admin.get(`/demo/plans/${ WORKSPACE }/${ cluster }`)).toMatchObject({ status: 404 });
  }
});

test('an inline policy becomes a file, trimmed, and its key the path', async () => {
  expect(await planned({ machineGlobalConfig: { 'audit-policy-file': `\n  ${ POLICY }\n\n` } })).toMatchObject({
    config: { 'audit-policy-file': INLINE }, files: [{ path: INLINE, content: POLICY, permissions: '', dynamic: false }]
  });
});

test.each([['an empty policy', 'an empty file', ''], ['a path', 'the content of a file', '/etc/policy.yaml']])('%s becomes %s', async (_what, _which, value) => {
  const admin = rancher.as('admin');

  await editConfig(admin, CLUSTER, (rkeConfig) => {
    objectAt(rkeConfig, 'machineGlobalConfig')['audit-policy-file'] = value;
  });

  const plan = await eventually(() => planOf(admin, CLUSTER), (body) => at(body, 'files', 0, 'content') === value);

  expect(plan).toMatchObject({ config: { 'audit-policy-file': INLINE }, files: [{ path: INLINE }] });
});

test('the files of the configuration lie in the directory of the distribution', async () => {
  const plan = await planned({ dataDirectories: { k8sDistro: '/data/rke2' }, machineGlobalConfig: { 'audit-policy-file': POLICY } });

  expect(plan).toMatchObject({ config: { 'data-dir': '/data/rke2', 'audit-policy-file': '/data/rke2/etc/config-files/audit-policy-file' } });
});

test('maps and numbers are dropped, and so is what the version has no argument for', async () => {
  const plan = await planned({ machineGlobalConfig: { 'audit-policy-file': { kind: 'Policy' }, 'audit-log-maxage': '30', 'kubelet-arg': 5, 'tls-san': [], 'pause-image': '', 'etcd-expose-metrics': 'true' } });

  expect(Object.keys(objectAt(plan, 'config'))).toEqual(['cluster-domain', 'cni', 'etcd-expose-metrics', 'node-name']);
  expect(at(plan, 'config', 'etcd-expose-metrics')).toBe(true);
  expect(at(plan, 'files')).toEqual([]);
});

test('a later machineSelectorConfig replaces a key, and adds to no list', async () => {
  const selecting = (role: string, value: string): Json => ({ config: { 'kube-apiserver-arg': [value] }, machineLabelSelector: { matchLabels: { [`rke.cattle.io/${ role }-role`]: 'true' } } });
  const plan = await planned({
    machineGlobalConfig: { 'kube-apiserver-arg': ['v=1'], 'kube-scheduler-arg': ['v=1'] },
    machineSelectorConfig: [selecting('control-plane', 'v=2'), selecting('nobodys', 'v=3'), { config: { 'kube-scheduler-arg': ['v=4'] } }, { config: { 'kubelet-arg': ['v=5'] }, machineLabelSelector: {} }]
  });

  expect(at(plan, 'config')).toMatchObject({ 'kube-apiserver-arg': ['v=2'], 'kube-scheduler-arg': ['v=4'], 'kubelet-arg': ['v=5'] });
});

test('a selector\'s expressions are obeyed', async () => {
  const label = 'rke.cattle.io/control-plane-role';
  const where = (operator: string, values: string[] | undefined, key: string): Json => ({
    config: { [key]: ['v=2'] }, machineLabelSelector: { matchExpressions: [{ key: label, operator, ...(values ? { values } : {}) }] }
  });
  const plan = await planned({
    machineSelectorConfig: [
      where('In', ['true'], 'kubelet-arg'), where('NotIn', ['true'], 'etcd-arg'), where('Exists', undefined, 'kube-proxy-arg'), where('DoesNotExist', undefined, 'kube-scheduler-arg')
    ]
  });

  expect(Object.keys(objectAt(plan, 'config'))).toEqual(['cluster-domain', 'cni', 'kube-proxy-arg', 'kubelet-arg', 'node-name']);
});

test('the authorized cluster endpoint adds its argument after those of the user', async () => {
  const admin = rancher.as('admin');

  await admin.patch(`${ CLUSTERS }/${ WORKSPACE }/${ CLUSTER }`, { spec: { localClusterAuthEndpoint: { enabled: true } } });

  const plan = await planned({ machineGlobalConfig: { 'kube-apiserver-arg': ['v=2'] } });
  const path = '/var/lib/rancher/rke2/kube-api-authn-webhook.yaml';

  expect(plan).toMatchObject({ config: { 'kube-apiserver-arg': ['v=2', `authentication-token-webhook-config-file=${ path }`] }, files: [{ path }] });
  await admin.patch(`${ CLUSTERS }/${ WORKSPACE }/${ CLUSTER }`, { spec: { localClusterAuthEndpoint: { enabled: false } } });
});

test('workers get a global policy, but no arguments for kube-apiserver', async () => {
  await planned({ machineGlobalConfig: { 'audit-policy-file': POLICY, 'kube-apiserver-arg': ['v=2'] } }, 'hardened');

  const machines = listAt((await rancher.as('admin').get(`/demo/plans/${ WORKSPACE }/hardened`)).body, 'machines');

  expect(machines.map((plan) => [at(plan, 'config', 'audit-policy-file'), at(plan, 'config', 'kube-apiserver-arg')])).toEqual([[INLINE, ['v=2']], [INLINE, undefined]]);
});

test('K3s gets no policy file, only arguments', async () => {
  const plan = await planned({ machineGlobalConfig: { 'audit-policy-file': POLICY, 'kube-apiserver-arg': ['v=2'] } }, 'k3s');

  expect(at(plan, 'config', 'audit-policy-file')).toBeUndefined();
  expect(at(plan, 'files')).toEqual([]);
  expect(await nodeArguments(rancher.as('admin'), 'k3s', 'k3s.io/node-args')).toEqual(expect.arrayContaining(['--kube-apiserver-arg', 'v=2']));
});

test('files come from Secrets and ConfigMaps of the cluster\'s namespace that authorize it', async () => {
  const secret = await source('secret', { stringData: { policy: 'of the Secret' } });
  const configMap = await source('configMap', { data: { policy: 'of the ConfigMap' } });
  const hash = createHash('sha256').update('of the Secret').digest('base64');
  const plan = await planned({
    machineSelectorFiles: [
      { fileSources: [{ secret: { name: secret, defaultPermissions: '640', items: [{ key: 'policy', path: '/etc/a', hash }, { key: 'policy', path: '/etc/b', permissions: '600', dynamic: true }] }, configMap: { name: '' } }] },
      { fileSources: [{ configMap: { name: configMap, items: [{ key: 'policy', path: '/etc/c' }] } }], machineLabelSelector: { matchLabels: { 'rke.cattle.io/control-plane-role': 'true' } } },
      { fileSources: [{ secret: { name: 'nobodys', items: [{ key: 'policy', path: '/etc/d' }] } }], machineLabelSelector: { matchLabels: { 'rke.cattle.io/control-plane-role': 'false' } } }
    ]
  });

  expect(at(plan, 'files')).toEqual([
    { path: '/etc/a', content: 'of the Secret', permissions: '640', dynamic: false },
    { path: '/etc/b', content: 'of the Secret', permissions: '600', dynamic: true },
    { path: '/etc/c', content: 'of the ConfigMap', permissions: '', dynamic: false }
  ]);
});

test('a key that is not there gives an empty file, and so does binary data', async () => {
  const configMap = await source('configMap', { binaryData: { policy: 'cG9saWN5' } });
  const secret = await source('secret', { stringData: { other: 'policy' } });
  const plan = await planned({
    machineSelectorFiles: [{
      fileSources: [
        { configMap: { name: configMap, items: [{ key: 'policy', path: '/etc/a' }] } },
        { secret: { name: secret, items: [{ key: 'policy', path: '/etc/b' }] } }
      ]
    }]
  });

  expect(listAt(plan, 'files').map((file) => [at(file, 'path'), at(file, 'content')])).toEqual([['/etc/a', ''], ['/etc/b', '']]);
});
