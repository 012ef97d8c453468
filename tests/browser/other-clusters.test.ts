// Clusters and users for which the tab can do less, and says why.
import { expect, test } from './dashboard';

test('K3s offers nothing that Rancher would drop', async ({ dashboard }) => {
  await dashboard.openTab('k3s');
  await expect(dashboard.tab).toContainText('on K3s without a word');
  await expect(dashboard.tab.getByTestId('audit-turn-on')).toHaveCount(0);
});

test('a policy by the documentation’s method 2 is named and left alone', async ({ dashboard }) => {
  await dashboard.openTab('docs-secret');
  await expect(dashboard.tab.getByTestId('audit-status')).toContainText('Configured elsewhere');
  await expect(dashboard.tab).toContainText('spec.rkeConfig.machineGlobalConfig.kube-apiserver-arg[0]');
  await expect(dashboard.tab.getByRole('button')).toHaveCount(0);
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
