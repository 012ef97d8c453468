// A policy that the page can't read is shown as text with the error, and never overwritten unless the user says so.
import { METADATA } from '../../audit/presets/metadata';
import { expect, test } from './dashboard';
import { INSIDE_POLICY } from './hosts';

const BROKEN = '# ours\napiVersion: audit.k8s.io/v1\nkind: Policy\nrules: [\n- level: Metadata\n';

test.beforeEach(({ dashboard }) => dashboard.setGlobalConfig('docs-inline', { 'audit-policy-file': BROKEN }));

test('it stays as it is through a save of something else', async ({ dashboard, page }) => {
  await dashboard.openTab('docs-inline');
  await expect(dashboard.tab.getByTestId('audit-gate')).toContainText('Line 5');
  expect(await dashboard.yaml()).toBe(BROKEN);
  await expect(dashboard.tab.getByTestId('audit-preset-metadata')).toHaveCount(0);

  await page.getByTestId('name-ns-description-description').locator('input').fill('new words');
  const { spec } = (await dashboard.save()).postDataJSON() as Awaited<ReturnType<typeof dashboard.cluster>>;

  expect(spec.rkeConfig.machineGlobalConfig['audit-policy-file']).toBe(BROKEN);
});

test('editing it saves only what kube-apiserver starts with', async ({ dashboard, page }) => {
  const mended = BROKEN.replace(' [', '');

  await dashboard.openTab('docs-inline');
  await dashboard.tab.getByTestId('audit-gate-edit').click();
  await dashboard.typeYaml(`${ BROKEN }# more\n`);
  await dashboard.pressSave();
  await expect(page.getByText('The cluster was not saved, because of its audit policy')).toBeVisible();
  expect((await dashboard.cluster('docs-inline')).spec.rkeConfig.machineGlobalConfig['audit-policy-file']).toBe(BROKEN);

  await dashboard.typeYaml(mended);
  await expect(dashboard.tab.getByTestId('audit-rule-0')).toContainText('Metadata');
  await (await dashboard.save()).response();
  await expect.poll(async () => (await dashboard.cluster('docs-inline')).spec.rkeConfig.machineGlobalConfig['audit-policy-file']).toBe(mended);
});

test('it is replaced after a question', INSIDE_POLICY, async ({ dashboard }) => {
  await dashboard.openTab('docs-inline');
  await dashboard.tab.getByTestId('audit-gate-replace').click();
  expect(await dashboard.yaml()).toBe(BROKEN);
  await dashboard.tab.getByTestId('audit-replace-confirm').click();
  await expect.poll(() => dashboard.yaml()).toBe(METADATA.policy);
});

test('a policy that is an object is shown, and becomes text when the user says so', INSIDE_POLICY, async ({ dashboard }) => {
  await dashboard.setGlobalConfig('docs-inline', { 'audit-policy-file': { apiVersion: 'audit.k8s.io/v1', kind: 'Policy', rules: [{ level: 'Metadata' }] } });
  await dashboard.openTab('docs-inline');
  await expect(dashboard.tab.getByTestId('audit-status')).toContainText('Not in effect');
  await expect(dashboard.tab.getByTestId('audit-gate')).toBeVisible();

  await dashboard.tab.getByTestId('audit-gate-edit').click();
  const { spec } = (await dashboard.save()).postDataJSON() as Awaited<ReturnType<typeof dashboard.cluster>>;

  expect(spec.rkeConfig.machineGlobalConfig['audit-policy-file']).toBe('apiVersion: audit.k8s.io/v1\nkind: Policy\nrules:\n  - level: Metadata\n');
});

test('while someone types, the last rules stay in sight and cannot be changed', INSIDE_POLICY, async ({ dashboard }) => {
  await dashboard.openTab('prod-custom');
  await dashboard.tab.getByTestId('audit-turn-on').click();
  await dashboard.typeYaml('rules: [');

  await expect(dashboard.tab.getByTestId('audit-rules-pane')).toContainText('Form shows the last valid version');
  await expect(dashboard.tab.getByTestId('audit-rule-0')).toContainText('every request');
  await expect(dashboard.tab.getByTestId('audit-add-rule')).toBeDisabled();
  await expect(dashboard.tab.getByTestId('audit-rule-0').getByRole('button')).toHaveCount(0);
});
