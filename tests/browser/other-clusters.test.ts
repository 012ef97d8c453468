// Clusters and users for which the tab can do less, and says why.
import { expect, test } from './dashboard';
import { onlyOn } from './hosts';

test('K3s offers only what Rancher does not drop', async ({ dashboard }) => {
  await dashboard.openTab('k3s');
  await dashboard.tab.getByTestId('audit-turn-on').click();
  await expect(dashboard.tab.getByTestId('audit-delivery-secret')).toBeChecked();
  await expect(dashboard.tab.getByTestId('audit-delivery-inline')).toHaveCount(0);
});

test('a CIS profile is told apart from a log that records something', async ({ dashboard }) => {
  await dashboard.openTab('hardened');
  await expect(dashboard.tab).toContainText('an audit policy of its own that records nothing');
});

test('a standard user turns on the audit log of their own cluster', async ({ dashboard }) => {
  await dashboard.signIn('standard');
  await dashboard.openTab('docs-inline');
  await dashboard.tab.getByTestId('audit-presets-replace').click();
  await dashboard.tab.getByTestId('audit-preset-metadata').check();
  await dashboard.tab.getByTestId('audit-replace-confirm').click();
  await (await dashboard.save()).response();

  await expect.poll(async () => (await dashboard.cluster('docs-inline')).spec.rkeConfig.machineGlobalConfig['audit-policy-file']).toContain('omitStages');
});

test('an RKE1 cluster is listed by its name, with its menu, and has a page', onlyOn('2.10', 'a Rancher from 2.12 on has no RKE1 clusters'), async ({ dashboard, page }) => {
  await dashboard.openList();
  await expect(dashboard.row('rke1')).toContainText('RKE1');
  await dashboard.openRowMenu('rke1');
  await expect(dashboard.menuItem('Edit Config')).toBeVisible();

  await dashboard.openDetail('c-rk1dm');
  await expect(page.getByRole('row').filter({ hasText: 'rke1-1' })).toBeVisible();
  await dashboard.openDetailMenu();
  await expect(dashboard.menuItem('Edit Config')).toBeVisible();
});
