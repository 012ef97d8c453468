// A cluster that is being created: it gets its runtime and its name last, and the audit log follows.
import { METADATA } from '../../audit/presets/metadata';
import { expect, test } from './dashboard';

test('from RKE2 to K3s an inline policy becomes a Secret, and the key that Rancher would drop is not left', async ({ dashboard, page }) => {
  await dashboard.openCreateForm();
  await dashboard.tab.getByTestId('audit-turn-on').click();
  await expect(dashboard.tab.getByTestId('audit-delivery-inline')).toBeChecked();
  await dashboard.chooseVersion('+k3s');
  await expect(dashboard.tab.getByTestId('audit-delivery-secret')).toBeChecked();
  await expect(dashboard.tab.getByTestId('audit-review')).toContainText('The policy is in a Secret now');
  await page.getByTestId('name-ns-description-name').locator('input').fill('moved');
  await expect(dashboard.tab.getByTestId('audit-source-name')).toHaveText(/^moved-audit-policy-[\da-f]{8}$/);
  await (await dashboard.save()).response();

  const { machineGlobalConfig } = (await dashboard.cluster('moved')).spec.rkeConfig;

  expect(machineGlobalConfig).not.toHaveProperty('audit-policy-file');
  expect(machineGlobalConfig['kube-apiserver-arg']).toEqual(expect.arrayContaining(['audit-policy-file=/etc/rancher/k3s/kubernetes-audit/policy.yaml', 'audit-log-path=/var/lib/rancher/k3s/server/logs/audit.log']));
});

test('to K3s and back it is inline as before', async ({ dashboard, page }) => {
  await dashboard.openCreateForm();
  await dashboard.tab.getByTestId('audit-turn-on').click();
  await dashboard.chooseVersion('+k3s');
  await dashboard.chooseVersion('+rke2');
  await expect(dashboard.tab.getByTestId('audit-delivery-inline')).toBeChecked();
  await page.getByTestId('name-ns-description-name').locator('input').fill('back');
  const { spec } = (await dashboard.save()).postDataJSON() as Awaited<ReturnType<typeof dashboard.cluster>>;

  expect(spec.rkeConfig.machineGlobalConfig['audit-policy-file']).toBe(METADATA.policy);
  expect(spec.rkeConfig).not.toHaveProperty('machineSelectorFiles');
});

test('a user who may only create Secrets makes a K3s cluster with one', async ({ dashboard, page }) => {
  await dashboard.signIn('standard');
  await dashboard.openCreateForm();
  await dashboard.chooseVersion('+k3s');
  await dashboard.tab.getByTestId('audit-turn-on').click();
  await expect(dashboard.tab.getByTestId('audit-delivery-configmap')).toBeDisabled();
  await dashboard.tab.getByTestId('audit-picker').locator('summary').click();
  await expect(dashboard.tab.getByTestId('audit-picker').getByPlaceholder('no permission to list')).toBeVisible();
  await page.getByTestId('name-ns-description-name').locator('input').fill('theirs');
  expect((await (await dashboard.save()).response())?.status()).toBe(201);
});
