// Clusters and users for which the tab can do less, and says why.
import { expect, test } from './dashboard';

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
  await (await dashboard.save()).response();

  await expect.poll(async () => (await dashboard.cluster('docs-inline')).spec.rkeConfig.machineGlobalConfig['audit-policy-file']).toContain('omitStages');
});
