// The actions in a cluster's menu: one dialog, one click, and the way back.
import { METADATA } from '../../audit/presets/metadata';
import { expect, test, type Dashboard } from './dashboard';
import { ON_REAL_SERVERS, onlyOn } from './hosts';

const AUDIT_LOG = ['rancherKubernetesEngineConfig', 'services', 'kubeApi', 'auditLog'] as const;

async function open(dashboard: Dashboard, cluster: string, action: string): Promise<void> {
  await dashboard.openList();
  await dashboard.openRowMenu(cluster);
  await dashboard.menuItem(action).click();
  await expect(dashboard.dialog.getByTestId('audit-planned').or(dashboard.dialog.getByTestId('audit-node-config'))).toBeVisible();
}

async function apply(dashboard: Dashboard): Promise<void> {
  await dashboard.dialog.getByTestId('audit-dialog-apply').click();
}

async function expectState(dashboard: Dashboard, state: string): Promise<void> {
  await expect(dashboard.dialog.getByTestId('audit-outcome')).toHaveAttribute('data-state', state);
}

async function globalConfig(dashboard: Dashboard, cluster: string): Promise<Readonly<Record<string, unknown>>> {
  return (await dashboard.cluster(cluster)).spec.rkeConfig.machineGlobalConfig;
}

async function auditLogOf(dashboard: Dashboard): Promise<unknown> {
  const { spec } = await dashboard.object('management.cattle.io.clusters/c-rk1dm') as unknown as { readonly spec: Readonly<Record<string, unknown>> };

  return AUDIT_LOG.reduce<unknown>((value, key) => (value as Readonly<Record<string, unknown>>)[key], spec);
}

test('one click enables the audit log of an RKE2 cluster, and Rancher brings it to the machines', ON_REAL_SERVERS, async ({ dashboard }) => {
  const before = await globalConfig(dashboard, 'prod-custom');

  await open(dashboard, 'prod-custom', 'Enable audit log…');
  await apply(dashboard);
  await expectState(dashboard, 'done');

  expect(await globalConfig(dashboard, 'prod-custom')).toEqual({ ...before, 'audit-policy-file': METADATA.policy });
  await expect.poll(async () => (await dashboard.plan('prod-custom')).machines.every(({ applied, config }) => applied && config['audit-policy-file'] !== undefined)).toBe(true);
});

test('K3s gets a Secret in the same click', async ({ dashboard }) => {
  await open(dashboard, 'k3s', 'Enable audit log…');
  await expect(dashboard.dialog.getByTestId('audit-planned')).toContainText('New Secret k3s-audit-policy-');
  await apply(dashboard);
  await expectState(dashboard, 'done');

  expect(await globalConfig(dashboard, 'k3s')).toMatchObject({ 'kube-apiserver-arg': expect.arrayContaining(['audit-policy-file=/etc/rancher/k3s/kubernetes-audit/policy.yaml']) });
  expect((await dashboard.plan('k3s')).error).toBe('');
});

test('policy, delivery and log are one level down', async ({ dashboard }) => {
  const { dialog } = dashboard;

  await open(dashboard, 'prod-custom', 'Enable audit log…');
  await dialog.getByTestId('audit-preset-cisMinimal').first().check();
  await dialog.getByTestId('audit-dialog-customize').locator('summary').first().click();
  await dialog.getByTestId('audit-delivery-configmap').check();
  await dialog.getByTestId('audit-log-maxage').fill('45');
  await dialog.getByTestId('audit-log-maxage').press('Enter');
  await apply(dashboard);
  await expectState(dashboard, 'done');

  expect(await globalConfig(dashboard, 'prod-custom')).toMatchObject({ 'kube-apiserver-arg': expect.arrayContaining(['audit-log-maxage=45']) });
  await expect.poll(async () => (await dashboard.plan('prod-custom')).machines.some(({ files }) => files.some(({ path }) => path === '/etc/rancher/rke2/kubernetes-audit/policy.yaml'))).toBe(true);
});

test('what was disabled comes back by a revert, through the Secret that was kept', async ({ dashboard }) => {
  const before = await dashboard.cluster('docs-secret');

  await open(dashboard, 'docs-secret', 'Disable audit log…');
  await apply(dashboard);
  await expectState(dashboard, 'done');
  expect(JSON.stringify((await dashboard.cluster('docs-secret')).spec)).not.toContain('audit');

  await open(dashboard, 'docs-secret', 'Revert last audit change…');
  await apply(dashboard);
  await expectState(dashboard, 'done');
  expect(JSON.stringify((await dashboard.cluster('docs-secret')).spec)).toContain('dev-audit-policy');
  expect((await dashboard.cluster('docs-secret')).spec.rkeConfig.machineGlobalConfig['kube-apiserver-arg']).toEqual(before.spec.rkeConfig.machineGlobalConfig['kube-apiserver-arg']);
  expect((await dashboard.plan('docs-secret')).error).toBe('');
});

test('an object that only this cluster uses is deleted when that is asked', async ({ dashboard, page, rancher }) => {
  await open(dashboard, 'docs-secret', 'Disable audit log…');
  await dashboard.dialog.getByTestId('audit-delete-source').check();
  await expect(dashboard.dialog.getByTestId('audit-planned')).toContainText('Secret dev-audit-policy, deleted');
  await apply(dashboard);
  await expectState(dashboard, 'done');

  expect((await page.request.get(`${ rancher.url }/v1/secrets/fleet-default/dev-audit-policy`)).status()).toBe(404);
});

test('a failure says what was written, and the second try goes on', async ({ dashboard, page, rancher }) => {
  await page.request.post(`${ rancher.url }/demo/faults`, { data: { method: 'PUT', path: '/v1/provisioning.cattle.io.clusters', status: 500, count: 1 } });
  await open(dashboard, 'k3s', 'Enable audit log…');
  await apply(dashboard);
  await expectState(dashboard, 'failed');
  await expect(dashboard.dialog.getByTestId('audit-outcome')).toContainText('New Secret k3s-audit-policy-');

  await apply(dashboard);
  await expectState(dashboard, 'done');
  expect((await dashboard.plan('k3s')).error).toBe('');
});

test('a change of the audit log by someone else is shown before anything is written', ON_REAL_SERVERS, async ({ dashboard }) => {
  await open(dashboard, 'docs-inline', 'Disable audit log…');
  await dashboard.setGlobalConfig('docs-inline', { 'audit-policy-file': 'apiVersion: audit.k8s.io/v1\nkind: Policy\nrules: [{ level: None }]\n' });
  await apply(dashboard);
  await expectState(dashboard, 'conflict');
  expect(await globalConfig(dashboard, 'docs-inline')).toHaveProperty('audit-policy-file');

  await apply(dashboard);
  await expectState(dashboard, 'done');
  expect(await globalConfig(dashboard, 'docs-inline')).not.toHaveProperty('audit-policy-file');
});

test('the same is in the menu of a cluster’s own page', async ({ dashboard }) => {
  await dashboard.openDetail('prod-custom');
  await dashboard.openDetailMenu();
  await dashboard.menuItem('Enable audit log…').click();
  await apply(dashboard);
  await expectState(dashboard, 'done');
});

test('an imported cluster says why nothing can be enabled, and gives the nodes’ own configuration', async ({ dashboard }) => {
  await open(dashboard, 'imported', 'Enable audit log…');
  await expect(dashboard.dialog.getByTestId('audit-node-config')).toContainText('audit-policy-file=/etc/rancher/k3s/kubernetes-audit/policy.yaml');
  await expect(dashboard.dialog.getByTestId('audit-dialog-apply')).toBeDisabled();
});

test('who may only read is told so', async ({ dashboard }) => {
  await dashboard.signIn('readonly');
  await open(dashboard, 'prod-custom', 'Enable audit log…');
  await expect(dashboard.dialog.getByTestId('audit-dialog-reason')).toContainText('no permission');
  await expect(dashboard.dialog.getByTestId('audit-dialog-apply')).toBeDisabled();
});

test('a standard user enables their own cluster with a Secret that they can’t read', ON_REAL_SERVERS, async ({ dashboard }) => {
  await dashboard.signIn('standard');
  await open(dashboard, 'docs-inline', 'Enable audit log…');
  await dashboard.dialog.getByTestId('audit-delivery-secret').check();
  await apply(dashboard);
  await expectState(dashboard, 'done');

  await dashboard.signIn('admin');
  expect((await dashboard.plan('docs-inline')).error).toBe('');
  expect(await globalConfig(dashboard, 'docs-inline')).not.toHaveProperty('audit-policy-file');
});

test('RKE1 is edited in the dialog, through Norman', onlyOn('2.10', 'later Ranchers have no RKE1'), async ({ dashboard }) => {
  await open(dashboard, 'rke1', 'Disable audit log…');
  await apply(dashboard);
  await expectState(dashboard, 'done');
  expect(await auditLogOf(dashboard)).toEqual({ enabled: false, configuration: null });

  await open(dashboard, 'rke1', 'Enable audit log…');
  await dashboard.dialog.getByTestId('audit-preset-cisMinimal').first().check();
  await apply(dashboard);
  await expectState(dashboard, 'done');
  expect(await auditLogOf(dashboard)).toMatchObject({ enabled: true, configuration: { maxAge: 30, maxBackup: 10, maxSize: 100, path: '/var/log/kube-audit/audit-log.json', format: 'json', policy: { kind: 'Policy' } } });

  await open(dashboard, 'rke1', 'Revert last audit change…');
  await apply(dashboard);
  await expectState(dashboard, 'done');
  expect(await auditLogOf(dashboard)).toEqual({ enabled: false, configuration: null });
});

test('RKE1 keeps a policy that is typed, but for its comments', onlyOn('2.10', 'later Ranchers have no RKE1'), async ({ dashboard, page }) => {
  await open(dashboard, 'rke1', 'Enable audit log…');
  await dashboard.dialog.locator('.CodeMirror').click();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.insertText('# ours\napiVersion: audit.k8s.io/v1\nkind: Policy\nrules: [{ level: Request, users: [jane] }]\n');
  await expect(dashboard.dialog.getByTestId('audit-yaml')).toContainText('# ours');
  await expect(dashboard.dialog).toContainText('its comments are lost');
  await apply(dashboard);
  await expectState(dashboard, 'done');

  expect(await auditLogOf(dashboard)).toMatchObject({ configuration: { policy: { rules: [{ level: 'Request', users: ['jane'] }] } } });
});

test('a preset is previewed, and what was changed in the dialog is not lost without a question', async ({ dashboard, page }) => {
  const { dialog } = dashboard;
  const cancel = dialog.getByTestId('audit-dialog-close');

  await open(dashboard, 'prod-custom', 'Enable audit log…');
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);

  await open(dashboard, 'prod-custom', 'Enable audit log…');
  await dialog.getByTestId('audit-preset-cisMinimal').check();
  await dialog.getByTestId('audit-start-preview').locator('summary').click();
  await expect(dialog.getByTestId('audit-start-preview')).toContainText('level: Metadata');

  await page.mouse.click(5, 5);
  await expect(dialog).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.locator(':focus')).toHaveText('Stay here');
  await page.keyboard.press('Escape');
  await expect(cancel).toBeFocused();
  await expect(dialog.getByTestId('audit-preset-cisMinimal')).toBeChecked();
  await cancel.click();
  await dialog.getByTestId('audit-leave-go').click();
  await expect(dialog).toHaveCount(0);
});
