// The main job: a cluster administrator turns on the audit log of an RKE2 cluster and makes the policy their own.
import { METADATA } from '../../audit/presets/metadata';
import { expect, test } from './dashboard';
import { INSIDE_POLICY, ON_REAL_SERVERS, onlyOn } from './hosts';

const WITH_OWN_RULE = METADATA.policy.replace('rules:\n', `rules:
- level: Request
  resources:
  - group: apps
    resources: [deployments, daemonsets]
  verbs: [create, update]
`);

test('from the list to the cluster in the API: turn on, add a rule, preview, save', ON_REAL_SERVERS, async ({ dashboard }) => {
  const before = await dashboard.cluster('prod-custom');

  await dashboard.openList();
  await dashboard.openRowMenu('prod-custom');
  await dashboard.menuItem('Edit Config').click();
  await dashboard.showTab();
  await expect(dashboard.tab.getByTestId('audit-status')).toContainText('Off');

  await dashboard.tab.getByTestId('audit-turn-on').click();
  await expect(dashboard.tab.getByTestId('audit-status')).toContainText('Everything, metadata');
  await expect.poll(() => dashboard.yaml()).toBe(METADATA.policy);

  await dashboard.tab.getByTestId('audit-add-rule').click();
  await dashboard.tab.getByTestId('audit-level').selectOption('Request');
  await dashboard.tab.getByTestId('audit-add-group').click();
  await dashboard.tab.getByTestId('audit-group').fill('apps');
  await dashboard.addToList('audit-resources', 'deployments', 'daemonsets');
  await dashboard.addToList('audit-verbs', 'create', 'update');
  await expect(dashboard.tab.getByTestId('audit-rule-0')).toContainText('create, update: deployments, daemonsets (apps)');
  await expect.poll(() => dashboard.yaml()).toBe(WITH_OWN_RULE);

  await (await dashboard.save()).response();
  await expect.poll(async () => (await dashboard.cluster('prod-custom')).spec.rkeConfig.machineGlobalConfig).toEqual({
    ...before.spec.rkeConfig.machineGlobalConfig,
    'audit-policy-file': WITH_OWN_RULE
  });
});

test('the PUT keeps the order of all other keys and adds ours as the last', async ({ dashboard }) => {
  const before = Object.keys((await dashboard.cluster('prod-custom')).spec.rkeConfig.machineGlobalConfig);

  await dashboard.openTab('prod-custom');
  await dashboard.tab.getByTestId('audit-turn-on').click();
  const { spec } = (await dashboard.save()).postDataJSON() as Awaited<ReturnType<typeof dashboard.cluster>>;

  expect(Object.keys(spec.rkeConfig.machineGlobalConfig)).toEqual([...before, 'audit-policy-file']);
});

test('turning off takes out exactly the key', ON_REAL_SERVERS, async ({ dashboard }) => {
  const { 'audit-policy-file': policy, ...others } = (await dashboard.cluster('docs-inline')).spec.rkeConfig.machineGlobalConfig;

  expect(policy).toBeTruthy();
  await dashboard.openTab('docs-inline');
  await expect(dashboard.tab.getByTestId('audit-status')).toContainText('Rancher documentation');
  await dashboard.tab.getByTestId('audit-turn-off').click();
  await expect(dashboard.tab.getByTestId('audit-pending')).toContainText('stay on the machines');
  await (await dashboard.save()).response();

  await expect.poll(async () => (await dashboard.cluster('docs-inline')).spec.rkeConfig.machineGlobalConfig).toEqual(others);
});

test('turning off and on again in the form brings the policy back', async ({ dashboard }) => {
  const custom = 'apiVersion: audit.k8s.io/v1\nkind: Policy\nrules: # mine\n- level: None\n';

  await dashboard.openTab('docs-inline');
  await dashboard.typeYaml(custom);
  await dashboard.tab.getByTestId('audit-turn-off').click();
  await expect(dashboard.tab.getByTestId('audit-preset-previous')).toBeChecked();
  await dashboard.tab.getByTestId('audit-turn-on').click();

  await expect.poll(() => dashboard.yaml()).toBe(custom);
});

test('a new cluster is created with the policy', ON_REAL_SERVERS, async ({ dashboard, page }) => {
  await dashboard.openCreateForm();
  await dashboard.tab.getByTestId('audit-preset-rancherDocs').check();
  await dashboard.tab.getByTestId('audit-turn-on').click();
  await page.getByTestId('name-ns-description-name').locator('input').fill('new-cluster');
  await (await dashboard.save()).response();

  const policy = (await dashboard.cluster('new-cluster')).spec.rkeConfig.machineGlobalConfig['audit-policy-file'];

  expect(policy).toBe((await dashboard.cluster('docs-inline')).spec.rkeConfig.machineGlobalConfig['audit-policy-file']);
});

test('rules are added, moved, opened and removed by keyboard alone', INSIDE_POLICY, async ({ dashboard, page }) => {
  const focused = page.locator(':focus');

  await dashboard.openTab('prod-custom');
  await dashboard.tab.getByTestId('audit-turn-on').press('Enter');
  await expect(focused).toHaveText('Turn off');
  await dashboard.tab.getByTestId('audit-add-rule').press('Enter');
  await expect(focused).toHaveText('every request');

  await page.keyboard.press('Enter');
  await expect(dashboard.tab.getByTestId('audit-rule-editor')).toHaveCount(0);
  await page.keyboard.press('Tab');
  await expect(focused).toHaveAccessibleName('Move rule 1 down');
  await page.keyboard.press('Enter');
  await expect(focused).toHaveAccessibleName('Move rule 2 up');

  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await expect(focused).toHaveAccessibleName('Remove rule 2');
  await page.keyboard.press('Enter');
  await expect(focused).toHaveAccessibleName('Remove rule 1');
  await page.keyboard.press('Enter');
  await expect(focused).toHaveAttribute('data-testid', 'audit-rules');
  await expect(dashboard.tab).toContainText('The policy has no rules');
});

test('a preset replaces a policy of one’s own only after a question', INSIDE_POLICY, async ({ dashboard }) => {
  await dashboard.openTab('docs-inline');
  await dashboard.typeYaml('apiVersion: audit.k8s.io/v1\nkind: Policy\nrules: [{ level: None }]\n');
  await dashboard.tab.getByTestId('audit-presets-replace').click();
  await dashboard.tab.getByTestId('audit-preset-metadata').check();
  await dashboard.tab.getByTestId('audit-replace-keep').click();
  expect(await dashboard.yaml()).toContain('level: None');

  await dashboard.tab.getByTestId('audit-presets-replace').click();
  await dashboard.tab.getByTestId('audit-preset-metadata').check();
  await dashboard.tab.getByTestId('audit-replace-confirm').click();
  await expect.poll(() => dashboard.yaml()).toBe(METADATA.policy);
});

test('a new cluster takes over the audit log of an RKE1 cluster', onlyOn('2.10', 'later Ranchers have no RKE1'), async ({ dashboard, page }) => {
  await dashboard.openCreateForm();
  await page.getByTestId('audit-from-rke1-cluster').selectOption('rke1');
  await expect(page.getByTestId('audit-from-rke1')).toContainText('The log was at RKE1’s own place');
  await page.getByTestId('audit-from-rke1-take').click();
  await page.getByTestId('name-ns-description-name').locator('input').fill('after-rke1');
  await (await dashboard.save()).response();

  expect((await dashboard.cluster('after-rke1')).spec.rkeConfig.machineGlobalConfig['audit-policy-file']).toContain('level: Metadata');
});
