// The documentation's method 2: the policy in a Secret or a ConfigMap that Rancher brings to the control plane.
import { METADATA } from '../../audit/presets/metadata';
import { expect, test, type ApiCluster } from './dashboard';
import { ON_REAL_SERVERS } from './hosts';

interface FileEntry { readonly fileSources: readonly { readonly secret?: { readonly name: string }; readonly configMap?: { readonly name: string } }[] }

const EDITED = METADATA.policy.replace('level: Metadata', 'level: Request');

function filesOf(cluster: ApiCluster): readonly FileEntry[] {
  return (cluster.spec.rkeConfig as unknown as { readonly machineSelectorFiles?: readonly FileEntry[] }).machineSelectorFiles ?? [];
}

test('K3s: one click and Save make the Secret, the file and the arguments', ON_REAL_SERVERS, async ({ dashboard }) => {
  await dashboard.openTab('k3s');
  await dashboard.tab.getByTestId('audit-turn-on').click();
  await expect(dashboard.tab.getByTestId('audit-source')).toContainText('k3s-audit-policy-');
  await (await dashboard.save()).response();

  await expect.poll(async () => filesOf(await dashboard.cluster('k3s')).length).toBe(1);
  const cluster = await dashboard.cluster('k3s');
  const name = filesOf(cluster)[0]?.fileSources[0]?.secret?.name ?? '';

  expect(cluster.spec.rkeConfig.machineGlobalConfig['kube-apiserver-arg']).toEqual(expect.arrayContaining(['audit-policy-file=/etc/rancher/k3s/kubernetes-audit/policy.yaml', 'audit-log-maxage=30']));
  expect(await dashboard.object(`secrets/fleet-default/${ name }`)).toMatchObject({
    metadata: { annotations: { 'rke.cattle.io/object-authorized-for-clusters': 'k3s' }, labels: { 'resources.cattle.io/backup': 'true' } },
    data:     { 'audit-policy': Buffer.from(METADATA.policy).toString('base64') }
  });
  await expect.poll(async () => (await dashboard.plan('k3s')).machines.map(({ applied, files }) => applied && files.some(({ path, content }) => path === '/etc/rancher/k3s/kubernetes-audit/policy.yaml' && content === METADATA.policy))).toContain(true);
  expect((await dashboard.plan('k3s')).error).toBe('');
});

test('an edit makes the next Secret and keeps the one before', async ({ dashboard }) => {
  await dashboard.openTab('docs-secret');
  await expect(dashboard.tab.getByTestId('audit-status')).toContainText('Secret');
  await expect(dashboard.tab.getByTestId('audit-review')).toHaveCount(0);
  await dashboard.typeYaml(EDITED);
  await dashboard.tab.getByTestId('audit-changes').locator('summary').click();
  await expect(dashboard.tab.getByTestId('audit-changes').locator('ins').filter({ hasText: 'name: docs-secret-audit-policy-' })).not.toHaveCount(0);
  await (await dashboard.save()).response();

  await expect.poll(async () => filesOf(await dashboard.cluster('docs-secret')).at(-1)?.fileSources[0]?.secret?.name).toMatch(/^docs-secret-audit-policy-[\da-f]{8}$/);
  expect(await dashboard.object('secrets/fleet-default/dev-audit-policy')).toMatchObject({ metadata: { name: 'dev-audit-policy' } });
});

test('from inline to a ConfigMap and the log’s options, the old way’s parts go', ON_REAL_SERVERS, async ({ dashboard }) => {
  await dashboard.openTab('docs-inline');
  await dashboard.tab.getByTestId('audit-delivery-configmap').check();
  await dashboard.tab.getByTestId('audit-log-maxage').fill('45');
  await dashboard.tab.getByTestId('audit-log-maxage').press('Enter');
  await (await dashboard.save()).response();

  await expect.poll(async () => filesOf(await dashboard.cluster('docs-inline')).at(-1)?.fileSources[0]?.configMap?.name).toMatch(/^docs-inline-audit-policy-/);
  const { machineGlobalConfig } = (await dashboard.cluster('docs-inline')).spec.rkeConfig;

  expect(machineGlobalConfig['audit-policy-file']).toBeUndefined();
  expect(machineGlobalConfig['kube-apiserver-arg']).toEqual(expect.arrayContaining(['audit-log-maxage=45']));
  expect((await dashboard.plan('docs-inline')).error).toBe('');
});

test('a new cluster’s Secret carries the name that the cluster gets last', async ({ dashboard, page }) => {
  await dashboard.openCreateForm();
  await dashboard.tab.getByTestId('audit-turn-on').click();
  await dashboard.tab.getByTestId('audit-delivery-secret').check();
  await page.getByTestId('name-ns-description-name').locator('input').fill('named-last');
  await (await dashboard.save()).response();

  const name = filesOf(await dashboard.cluster('named-last'))[0]?.fileSources[0]?.secret?.name ?? '';

  expect(name).toMatch(/^named-last-audit-policy-/);
  expect(await dashboard.object(`secrets/fleet-default/${ name }`)).toMatchObject({ metadata: { annotations: { 'rke.cattle.io/object-authorized-for-clusters': 'named-last' } } });
});

test('turning off takes the cluster’s right to the Secret once the cluster is saved', ON_REAL_SERVERS, async ({ dashboard }) => {
  await dashboard.openTab('docs-secret');
  await dashboard.tab.getByTestId('audit-turn-off').click();
  await (await dashboard.save()).response();

  await expect.poll(async () => filesOf(await dashboard.cluster('docs-secret'))).toEqual([]);
  await expect.poll(async () => JSON.stringify((await dashboard.object('secrets/fleet-default/dev-audit-policy')).metadata)).not.toContain('docs-secret"');
});

test('a Secret of another cluster is shared, with the policy that it holds, and both clusters are planned', async ({ dashboard }) => {
  await dashboard.openTab('docs-inline');
  await dashboard.tab.getByTestId('audit-delivery-secret').check();
  await dashboard.tab.getByTestId('audit-picker').locator('summary').click();
  await dashboard.tab.locator('select[data-testid="audit-picker-name"]').selectOption('dev-audit-policy');
  await expect(dashboard.tab.getByTestId('audit-adoption-others')).toContainText('docs-secret');
  await dashboard.tab.getByTestId('audit-adoption-use').click();
  await expect(dashboard.tab.getByTestId('audit-source-name')).toHaveText('dev-audit-policy');
  await (await dashboard.save()).response();

  await expect.poll(async () => filesOf(await dashboard.cluster('docs-inline')).at(-1)?.fileSources[0]?.secret?.name).toBe('dev-audit-policy');
  expect(await dashboard.object('secrets/fleet-default/dev-audit-policy')).toMatchObject({ metadata: { annotations: { 'rke.cattle.io/object-authorized-for-clusters': 'docs-secret,docs-inline' } } });
  for (const cluster of ['docs-inline', 'docs-secret']) {
    await expect.poll(async () => (await dashboard.plan(cluster)).machines.map(({ applied, files }) => applied && files.some(({ content }) => content.includes('Log all requests at the Metadata level')))).toEqual([true]);
    expect((await dashboard.plan(cluster)).error).toBe('');
  }
});

test('a Secret is edited itself where the user chose so', async ({ dashboard }) => {
  await dashboard.openTab('docs-secret');
  await dashboard.tab.getByTestId('audit-in-place').check();
  await dashboard.typeYaml(EDITED);
  await (await dashboard.save()).response();

  await expect.poll(async () => (await dashboard.object('secrets/fleet-default/dev-audit-policy') as unknown as { readonly data: Readonly<Record<string, string>> }).data['audit-policy']).toBe(Buffer.from(EDITED).toString('base64'));
  expect(filesOf(await dashboard.cluster('docs-secret')).map(({ fileSources }) => fileSources[0]?.secret?.name)).toEqual(['dev-audit-policy']);
  await expect.poll(async () => (await dashboard.plan('docs-secret')).machines.map(({ applied, files }) => applied && files.some(({ content }) => content === EDITED))).toEqual([true]);
});

test('what earlier edits left is removed after a question', async ({ dashboard, page, rancher }) => {
  const names = [1, 2, 3].map((digit) => `docs-secret-audit-policy-0000000${ digit }`);

  for (const name of names) {
    await page.request.post(`${ rancher.url }/v1/secrets`, { data: { metadata: { name, namespace: 'fleet-default', annotations: { 'rke.cattle.io/object-authorized-for-clusters': 'docs-secret' } }, data: {} } });
  }
  await dashboard.openTab('docs-secret');
  await dashboard.tab.getByTestId('audit-older').locator('summary').click();
  await expect(dashboard.tab.getByTestId('audit-older-state')).toContainText('2 older objects');
  await dashboard.tab.getByTestId('audit-older-remove').click();
  await dashboard.tab.getByTestId('audit-older-confirm').click();
  await expect(dashboard.tab.getByTestId('audit-older-state')).toContainText('no older objects');

  const left = await Promise.all(names.map(async (name) => (await page.request.get(`${ rancher.url }/v1/secrets/fleet-default/${ name }`)).status()));

  expect(left.toSorted()).toEqual([200, 404, 404]);
  expect(await dashboard.object('secrets/fleet-default/dev-audit-policy')).toMatchObject({ metadata: { name: 'dev-audit-policy' } });
});

test('what someone else has brought into use meanwhile is kept, and that is said', async ({ dashboard, page, rancher }) => {
  const names = [1, 2, 3].map((digit) => `docs-secret-audit-policy-0000000${ digit }`);
  const url = `${ rancher.url }/v1/provisioning.cattle.io.clusters/fleet-default/docs-secret`;

  for (const name of names) {
    await page.request.post(`${ rancher.url }/v1/secrets`, { data: { metadata: { name, namespace: 'fleet-default', annotations: { 'rke.cattle.io/object-authorized-for-clusters': 'docs-secret' } }, data: { 'audit-policy': Buffer.from(EDITED).toString('base64') } } });
  }
  await dashboard.openTab('docs-secret');
  await dashboard.tab.getByTestId('audit-older').locator('summary').click();
  await dashboard.tab.getByTestId('audit-older-remove').click();
  const [offered, other] = await Promise.all([0, 1].map((index) => dashboard.tab.getByTestId('audit-older').getByRole('listitem').nth(index).locator('code').innerText()));
  const used = offered?.replace('Secret ', '') ?? '';
  const saved = await (await page.request.put(url, { data: JSON.parse(JSON.stringify(await dashboard.cluster('docs-secret')).replace('"name":"dev-audit-policy"', `"name":"${ used }"`)) as object })).json() as ApiCluster;

  expect(filesOf(saved)[0]?.fileSources[0]?.secret?.name).toBe(used);
  await dashboard.tab.getByTestId('audit-older-confirm').click();
  await expect(dashboard.tab.getByTestId('audit-older-kept')).toHaveText(`Secret ${ used } stays: the cluster uses it by now.`);

  const status = async (name: string): Promise<number> => (await page.request.get(`${ rancher.url }/v1/secrets/fleet-default/${ name }`)).status();

  expect(await status(used)).toBe(200);
  expect(await status(other?.replace('Secret ', '') ?? '')).toBe(404);
  await expect.poll(async () => (await dashboard.plan('docs-secret')).machines.map(({ applied, files }) => applied && files.some(({ content }) => content === EDITED))).toEqual([true]);
  expect((await dashboard.plan('docs-secret')).error).toBe('');
});

test('turning off deletes the Secret, too, where the user asks for it', async ({ dashboard, page, rancher }) => {
  await dashboard.openTab('docs-secret');
  await dashboard.tab.getByTestId('audit-turn-off').click();
  await dashboard.tab.getByTestId('audit-delete-source').check();
  await (await dashboard.save()).response();

  await expect.poll(async () => (await page.request.get(`${ rancher.url }/v1/secrets/fleet-default/dev-audit-policy`)).status()).toBe(404);
  expect((await dashboard.plan('docs-secret')).error).toBe('');
});

test('a create that is refused can be tried again under another name, and leaves nothing of the first', async ({ dashboard, page, rancher }) => {
  const name = page.getByTestId('name-ns-description-name').locator('input');
  const secrets = async (): Promise<string[]> => (await (await page.request.get(`${ rancher.url }/v1/secrets/fleet-default`, { headers: { accept: 'application/json' } })).json() as { readonly data: readonly { readonly metadata: { readonly name: string } }[] }).data.map(({ metadata }) => metadata.name).filter((each) => each.includes('-audit-policy-'));

  await dashboard.openCreateForm();
  await dashboard.tab.getByTestId('audit-turn-on').click();
  await dashboard.tab.getByTestId('audit-delivery-secret').check();
  await name.fill('first');
  await dashboard.fail({ method: 'POST', path: '/v1/provisioning.cattle.io.clusters', status: 500, count: 1 });
  await (await dashboard.save()).response();
  expect(await secrets()).toEqual([expect.stringMatching(/^first-/)]);

  await name.fill('second');
  await expect(dashboard.tab.getByTestId('audit-source-name')).toContainText('second-audit-policy-');
  await (await dashboard.save()).response();
  await expect.poll(secrets).toEqual([expect.stringMatching(/^second-/)]);
  expect(filesOf(await dashboard.cluster('second'))[0]?.fileSources[0]?.secret?.name).toBe((await secrets())[0]);
});
