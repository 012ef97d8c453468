/** How the planner's changes reach machine after machine, and what stops them. */
import { expect, test } from 'vitest';

import { POLICY, conditionOf, editConfig, nodeArguments, planOf, settled } from './plans';
import { CLUSTERS, CONFIG_MAPS, SECRETS, WORKSPACE, at, change, eventually, listAt, objectAt, uniqueName, useRancher, type Answer, type Json } from './target';

const rancher = useRancher({ machineRollout: 200 });
const AUTHORIZED = 'rke.cattle.io/object-authorized-for-clusters';
const PATH = '/etc/rancher/rke2/policy.yaml';

/** Everything that the condition Updated says, in order, while the test does something and until the cluster is well again. */
async function said(cluster: string, act: () => Promise<unknown>): Promise<string[]> {
  const socket = await rancher.as('admin').subscribe();
  const id = `${ WORKSPACE }/${ cluster }`;
  const updated = (message: Json): Json | undefined => at(message, 'name') === 'resource.change' && at(message, 'data', 'id') === id
    ? listAt(message, 'data', 'status', 'conditions').find((condition) => at(condition, 'type') === 'Updated')
    : undefined;
  const sayings = (): string[] => socket.messages.flatMap((message) => {
    const condition = updated(message);

    return condition === undefined ? [] : [at(condition, 'status') === 'True' ? 'done' : String(at(condition, 'message'))];
  });

  socket.say({ resourceType: 'provisioning.cattle.io.cluster' });
  await socket.started();
  await act();
  await socket.message(() => sayings().some((text) => text !== 'done') && sayings().at(-1) === 'done');

  const texts = sayings();

  await socket.close();

  return texts.filter((text, index) => text !== texts[index - 1]).filter((text, index) => !(index === 0 && text === 'done'));
}

async function secretFor(clusters: string, content = POLICY): Promise<string> {
  const name = uniqueName('policy');

  await rancher.as('admin').post(SECRETS, { metadata: { name, namespace: WORKSPACE, annotations: { [AUTHORIZED]: clusters } }, stringData: { policy: content } });

  return name;
}

function entry(secret: string, item: Record<string, Json> = {}): Json {
  return { fileSources: [{ secret: { name: secret, items: [{ key: 'policy', path: PATH, ...item }] } }] };
}

async function failure(cluster: string): Promise<Json | undefined> {
  const admin = rancher.as('admin');

  await eventually(() => conditionOf(admin, cluster, 'Updated'), (condition) => at(condition, 'reason') === 'Error');

  const conditions = await Promise.all(['Updated', 'Provisioned', 'Ready'].map((type) => conditionOf(admin, cluster, type)));
  const messages = new Set(conditions.map((condition) => at(condition, 'message')));

  expect(conditions.map((condition) => [at(condition, 'status'), at(condition, 'reason'), at(condition, 'error')])).toEqual(Array.from({ length: 3 }, () => ['False', 'Error', true]));
  expect(messages.size).toBe(1);

  return at(conditions[0], 'message');
}

test('machines change one after another: the init node, other etcd, workers', async () => {
  const admin = rancher.as('admin');
  const sayings = await said('prod-custom', () => editConfig(admin, 'prod-custom', (rkeConfig) => {
    objectAt(rkeConfig, 'machineGlobalConfig')['audit-policy-file'] = POLICY;
  }));

  expect(sayings).toEqual([
    'configuring bootstrap node(s) custom-72831ada6df0: waiting for plan to be applied',
    'configuring etcd node(s) custom-96ae4446018a,custom-a29f31f8a106',
    'configuring etcd node(s) custom-a29f31f8a106: waiting for plan to be applied',
    'configuring worker node(s) custom-5f5a9560351f,custom-c8ea54b4cf06',
    'configuring worker node(s) custom-c8ea54b4cf06: waiting for plan to be applied',
    'done'
  ]);
  expect(await nodeArguments(admin, 'prod-custom')).toEqual(expect.arrayContaining(['server', '--audit-policy-file', '/var/lib/rancher/rke2/etc/config-files/audit-policy-file']));
});

test('arguments of kube-apiserver change no worker', async () => {
  const sayings = await said('pools', () => editConfig(rancher.as('admin'), 'pools', (rkeConfig) => {
    objectAt(rkeConfig, 'machineGlobalConfig')['kube-apiserver-arg'] = ['v=2'];
  }));

  expect(sayings).toHaveLength(2);
  expect(sayings[0]).toMatch(/^configuring bootstrap node\(s\) \S+: waiting for plan to be applied$/);
});

test('as many workers change at once as the cluster allows', async () => {
  const admin = rancher.as('admin');
  const sayings = await said('pools', () => editConfig(admin, 'pools', (rkeConfig) => {
    objectAt(rkeConfig, 'upgradeStrategy')['workerConcurrency'] = '0';
    objectAt(rkeConfig, 'machineGlobalConfig')['kubelet-arg'] = ['v=2'];
  }));

  expect(sayings.filter((text) => text.includes('worker'))).toEqual([expect.stringMatching(/^configuring worker node\(s\) [^,]+,[^,]+$/)]);
});

test('while it changes, a cluster is updating, in its management cluster too', async () => {
  const admin = rancher.as('admin');
  const cluster = `${ CLUSTERS }/${ WORKSPACE }/hardened`;
  const edited = await editConfig(admin, 'hardened', (rkeConfig) => {
    objectAt(rkeConfig, 'machineGlobalConfig')['kubelet-arg'] = ['v=2'];
  });
  const management = `/v1/management.cattle.io.clusters/${ String(at(edited.body, 'status', 'clusterName')) }`;
  const state = async (path: string): Promise<Json | undefined> => at((await admin.get(path)).body, 'metadata', 'state', 'name');

  for (const path of [cluster, management]) {
    expect(await eventually(() => state(path), (name) => name !== 'active')).toBe('updating');
  }
  for (const path of [cluster, management]) {
    expect(await eventually(() => state(path), (name) => name !== 'updating')).toBe('active');
  }
});

test('an edited Secret reaches every cluster that it authorizes and that names it', async () => {
  const admin = rancher.as('admin');
  const name = await secretFor('docs-inline,docs-secret,nobodys', 'first');

  for (const cluster of ['docs-inline', 'docs-secret']) {
    await editConfig(admin, cluster, (rkeConfig) => Object.assign(rkeConfig, { machineSelectorFiles: [entry(name)] }));
    await settled(admin, cluster, (plan) => listAt(plan, 'files').some((file) => at(file, 'content') === 'first'));
  }

  const sayings = await said('docs-secret', () => admin.patch(`${ SECRETS }/${ WORKSPACE }/${ name }`, { stringData: { policy: 'second' } }));

  expect(sayings).toHaveLength(2);
  for (const cluster of ['docs-inline', 'docs-secret']) {
    await settled(admin, cluster, (plan) => listAt(plan, 'files').some((file) => at(file, 'content') === 'second'));
  }
});

test('an edited ConfigMap does too', async () => {
  const admin = rancher.as('admin');
  const name = uniqueName('map');

  await admin.post(CONFIG_MAPS, { metadata: { name, namespace: WORKSPACE, annotations: { [AUTHORIZED]: 'docs-secret' } }, data: { policy: 'first' } });
  await editConfig(admin, 'docs-secret', (rkeConfig) => Object.assign(rkeConfig, { machineSelectorFiles: [{ fileSources: [{ configMap: { name, items: [{ key: 'policy', path: PATH }] } }] }] }));
  await settled(admin, 'docs-secret', (plan) => at(plan, 'files', 0, 'content') === 'first');
  await admin.patch(`${ CONFIG_MAPS }/${ WORKSPACE }/${ name }`, { data: { policy: 'second' } });
  await settled(admin, 'docs-secret', (plan) => at(plan, 'files', 0, 'content') === 'second');
});

test('permissions and dynamic files reach a machine without a restart', async () => {
  const admin = rancher.as('admin');
  const name = await secretFor('docs-secret', 'first');
  const give = (item: Record<string, Json>): Promise<Answer> => editConfig(admin, 'docs-secret', (rkeConfig) => Object.assign(rkeConfig, { machineSelectorFiles: [entry(name, item)] }));

  await give({ dynamic: true });
  await settled(admin, 'docs-secret', (plan) => at(plan, 'files', 0, 'dynamic') === true);

  const before = await conditionOf(admin, 'docs-secret', 'Updated');

  await admin.patch(`${ SECRETS }/${ WORKSPACE }/${ name }`, { stringData: { policy: 'second' } });
  await give({ dynamic: true, permissions: '644' });
  expect(await eventually(() => planOf(admin, 'docs-secret'), (plan) => at(plan, 'files', 0, 'permissions') === '644')).toMatchObject({ applied: true, files: [{ content: 'second' }] });
  expect(await conditionOf(admin, 'docs-secret', 'Updated')).toEqual(before);
});

test.each([
  ['a Secret that is not there', () => entry('nobodys'), () => 'error retrieving secret fleet-default/nobodys while rendering files: secrets "nobodys" not found'],
  ['a ConfigMap that is not there', () => ({ fileSources: [{ configMap: { name: 'nobodys' } }] }), () => 'error retrieving configmap fleet-default/nobodys while rendering files: configmaps "nobodys" not found'],
  ['a Secret for others', (other: string) => entry(other), (other: string) => `error rendering files: cluster fleet-default/hardened was not authorized to access secret fleet-default/${ other }`],
  ['another hash', (_other: string, own: string) => entry(own, { hash: 'AAAA' }), (_other: string, own: string) => `secret ${ own } does not contain the expected content`],
  [
    'two sources in one',
    (other: string, own: string) => ({ fileSources: [{ secret: { name: own }, configMap: { name: other } }] }),
    (other: string, own: string) => `secret fleet-default/${ own } and configmap fleet-default/${ other } cannot both be defined at the same time for files, use separate entries`
  ]
])('%s stops everything, with Rancher\'s message, until it is put right', async (_what, fileFor, messageFor) => {
  const admin = rancher.as('admin');
  // A space belongs to the name of a cluster: the second is not authorized.
  const [other, own] = [await secretFor('docs-secret, hardened'), await secretFor('hardened')];
  const argument = uniqueName('v');

  await settled(admin, 'hardened', () => true);
  await editConfig(admin, 'hardened', (rkeConfig) => {
    rkeConfig['machineSelectorFiles'] = [fileFor(other, own)];
    objectAt(rkeConfig, 'machineGlobalConfig')['kubelet-arg'] = [argument];
  });

  const message = messageFor(other, own);

  expect(await failure('hardened')).toBe(message);
  expect(at((await admin.get(`${ CLUSTERS }/${ WORKSPACE }/hardened`)).body, 'metadata', 'state')).toMatchObject({ error: true, message });
  expect((await admin.get(`/demo/plans/${ WORKSPACE }/hardened`)).body).toMatchObject({ error: message });
  expect(at(await planOf(admin, 'hardened'), 'config', 'kubelet-arg')).not.toEqual([argument]);

  await editConfig(admin, 'hardened', (rkeConfig) => delete rkeConfig['machineSelectorFiles']);
  await settled(admin, 'hardened', (plan) => at(plan, 'config', 'kubelet-arg', 0) === argument);
  expect((await admin.get(`/demo/plans/${ WORKSPACE }/hardened`)).body).toMatchObject({ error: '' });
});

test('a Secret that is removed stops the clusters that need it, and one that comes back lets them go on', async () => {
  const admin = rancher.as('admin');
  const name = await secretFor('docs-inline');

  await editConfig(admin, 'docs-inline', (rkeConfig) => Object.assign(rkeConfig, { machineSelectorFiles: [entry(name)] }));
  await settled(admin, 'docs-inline', (plan) => listAt(plan, 'files').some((file) => at(file, 'path') === PATH));
  await admin.remove(`${ SECRETS }/${ WORKSPACE }/${ name }`);
  expect(await failure('docs-inline')).toContain('not found');
  await admin.post(SECRETS, { metadata: { name, namespace: WORKSPACE, annotations: { [AUTHORIZED]: 'docs-inline' } }, stringData: { policy: POLICY } });
  await settled(admin, 'docs-inline', () => true);
});

test('a version that Rancher does not know can not be planned', async () => {
  const admin = rancher.as('admin');
  const path = `${ CLUSTERS }/${ WORKSPACE }/k3s`;
  const version = (value: string): Promise<Answer> => change(admin, path, (cluster) => Object.assign(objectAt(cluster, 'spec'), { kubernetesVersion: value }));

  await version('v1.99.0+k3s1');
  expect(await failure('k3s')).toBe('could not find release data');
  await version('v1.34.2+k3s1');
  await settled(admin, 'k3s', () => true);
});

test.each([
  ['an empty policy', ''],
  ['a policy without rules', '{apiVersion: audit.k8s.io/v1, kind: Policy, rules: []}'],
  ['a rule with an unknown level', '{apiVersion: audit.k8s.io/v1, kind: Policy, rules: [{level: All}]}'],
  ['no apiVersion', '{kind: Policy, rules: [{level: None}]}'],
  ['no YAML', '{'],
  ['a path', '/etc/policy.yaml']
])('%s keeps kube-apiserver from coming up: the rollout stops at the first machine until it is put right', async (_what, policy) => {
  const admin = rancher.as('admin');
  const give = (value: string): Promise<Answer> => editConfig(admin, 'hardened', (rkeConfig) => {
    objectAt(rkeConfig, 'machineGlobalConfig')['audit-policy-file'] = value;
  });
  const corrected = `${ POLICY } # ${ uniqueName('corrected') }`;

  await settled(admin, 'hardened', () => true);
  await give(policy);
  await eventually(() => conditionOf(admin, 'hardened', 'Updated'), (condition) => /^configuring bootstrap node\(s\) \S+: waiting for probes: kube-apiserver$/.test(String(at(condition, 'message'))));

  const [first, second] = listAt((await admin.get(`/demo/plans/${ WORKSPACE }/hardened`)).body, 'machines');

  expect(at(first, 'files', 0, 'content')).toBe(policy);
  expect(at(second, 'files', 0, 'content')).not.toBe(policy);
  await give(corrected);
  await settled(admin, 'hardened', (plan) => at(plan, 'files', 0, 'content') === corrected);
});

test('the last argument decides which policy kube-apiserver reads, and files stay on a machine', async () => {
  const admin = rancher.as('admin');
  const name = await secretFor('docs-inline');
  const give = (rest: Record<string, Json>, value: string): Promise<Answer> => editConfig(admin, 'docs-inline', (rkeConfig) => {
    delete rkeConfig['machineSelectorFiles'];
    Object.assign(rkeConfig, rest);
    objectAt(rkeConfig, 'machineGlobalConfig')['kube-apiserver-arg'] = ['audit-policy-file=/nowhere', `audit-policy-file=${ value }`];
  });
  const path = `/etc/${ name }`;

  await give({}, path);
  await eventually(() => conditionOf(admin, 'docs-inline', 'Updated'), (condition) => String(at(condition, 'message')).includes('waiting for probes'));
  await give({ machineSelectorFiles: [entry(name, { path })] }, path);
  await settled(admin, 'docs-inline', (plan) => listAt(plan, 'files').some((file) => at(file, 'path') === path));
  await give({}, path);
  await settled(admin, 'docs-inline', (plan) => !listAt(plan, 'files').some((file) => at(file, 'path') === path));
});
