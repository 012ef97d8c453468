// Policies side by side, a look at one before it is taken, and one from another cluster.
import { CIS } from '../../audit/presets/cis';
import { expect, test } from './dashboard';
import { onlyOn } from './hosts';

const ONLY = onlyOn('2.15', 'what is inside the policy parts is the same code on every host');

test('an edit is compared with what the cluster has, and with a preset', ONLY, async ({ dashboard }) => {
  await dashboard.openTab('docs-inline');
  await dashboard.tab.getByTestId('audit-compare').locator('> summary').press('Enter');
  const result = dashboard.tab.getByTestId('audit-decisions-result');

  await expect(result).toContainText('They decide the same');
  await dashboard.typeYaml('apiVersion: audit.k8s.io/v1\nkind: Policy\nrules:\n- level: None\n  verbs: [get]\n- level: RequestResponse\n  resources: [{ group: "", resources: [pods] }]\n');
  await expect(result).toContainText('1 log less');
  const row = dashboard.tab.getByTestId('audit-decisions').getByRole('row').nth(1);

  await expect(row).toContainText('get: pods (core), by anyone');
  await expect(row.getByRole('cell')).toHaveText([/RequestResponse\s*rule 1/, /None\s*rule 1/]);
  await expect(dashboard.tab.getByTestId('audit-compare').getByTestId('audit-diff').locator('ins')).toContainText(['- level: None']);

  await dashboard.tab.getByTestId('audit-compare-with').selectOption('cis');
  await expect(result).toContainText('log less');
  await dashboard.tab.getByTestId('audit-decisions-words').fill('clusterroles RequestResponse');
  await expect(dashboard.tab.getByTestId('audit-decisions-shown')).toContainText('1 of');
  await expect(row).toContainText('all of rbac.authorization.k8s.io');
});

test('a policy of another cluster is looked at, taken and called by what it is', ONLY, async ({ dashboard }) => {
  await dashboard.openTab('docs-inline');
  await expect(dashboard.tab.getByTestId('audit-presets-now')).toHaveText('Rancher documentation’s example');
  await dashboard.tab.getByTestId('audit-presets-replace').click();
  await dashboard.tab.getByTestId('audit-preset-cis').check();
  await expect(dashboard.tab.getByTestId('audit-summary')).toContainText('4 rules');
  await expect(dashboard.tab.getByTestId('audit-replace')).toContainText('log more');
  await dashboard.tab.getByTestId('audit-replace-confirm').click();
  await expect(dashboard.tab.getByTestId('audit-presets-now')).toHaveText('CIS 3.2.2');
  await dashboard.typeYaml(`# Ours\n${ CIS.policy }`);
  await expect(dashboard.tab.getByTestId('audit-presets-now')).toHaveText('Custom');

  await dashboard.tab.getByTestId('audit-presets-replace').click();
  await dashboard.tab.getByTestId('audit-presets-import').locator('> summary').click();
  await dashboard.tab.getByTestId('audit-import-name').selectOption('imported');
  await expect(dashboard.tab.getByTestId('audit-import-state')).toContainText('does not configure the nodes');
  await dashboard.tab.getByTestId('audit-import-name').selectOption('docs-secret');
  await dashboard.tab.getByTestId('audit-import-pick').click();
  await dashboard.tab.getByTestId('audit-replace-confirm').click();
  await expect.poll(() => dashboard.yaml()).toContain('kind: Policy');
  expect(await dashboard.yaml()).not.toContain('# Ours');
  await (await dashboard.save()).response();
  const { rkeConfig } = (await dashboard.cluster('docs-inline')).spec;

  expect(Object.keys(rkeConfig.machineGlobalConfig)).toContain('audit-policy-file');
  expect(JSON.stringify(rkeConfig)).not.toContain('fileSources');
});

test('an RKE1 cluster’s policy can be taken', onlyOn('2.10', 'later Ranchers have no RKE1'), async ({ dashboard }) => {
  await dashboard.openTab('prod-custom');
  await dashboard.tab.getByTestId('audit-start-import').locator('> summary').click();
  await dashboard.tab.getByTestId('audit-import-name').selectOption('rke1');
  await dashboard.tab.getByTestId('audit-import-pick').click();
  await dashboard.tab.getByTestId('audit-start-preview').locator('> summary').click();
  await expect(dashboard.tab.getByTestId('audit-start-preview')).toContainText('audit.k8s.io/v1');
  await dashboard.tab.getByTestId('audit-turn-on').click();
  await expect.poll(() => dashboard.yaml()).toContain('level: Metadata');
});
