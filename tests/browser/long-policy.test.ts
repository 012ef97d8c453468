// A policy of a thousand rules: read in a worker of its own, edited in both panes, and saved as it was typed last.
import { expect, test } from './dashboard';

const RULES = Array.from({ length: 1_000 }, (_, index) => `# Rule ${ index }.\n- level: None\n  users: [user-${ index }]\n  verbs: [get]\n`);
const LONG = `apiVersion: audit.k8s.io/v1\nkind: Policy\nrules:\n${ RULES.join('') }`;

test('a policy of 1,000 rules is read by a worker and saved as it was typed last', async ({ dashboard, page }) => {
  await dashboard.setGlobalConfig('docs-inline', { 'audit-policy-file': LONG });
  const started = page.waitForEvent('worker', (worker) => worker.url().includes('/plugin/cluster-audit-log-'));

  await dashboard.openTab('docs-inline');
  await started;
  await expect(dashboard.tab.getByTestId('audit-rule-0')).toContainText('user-0');
  await expect.poll(() => dashboard.yaml()).toBe(LONG);

  await dashboard.typeYaml(LONG.replace('level: None', 'level: Nothing'));
  await expect(dashboard.tab.locator('[data-code="policy.levelUnknown"]').first()).toBeVisible();
  await dashboard.typeYaml(LONG.replace('users: [user-0]', 'users: [someone]'));
  await expect(dashboard.tab.locator('[data-code="policy.levelUnknown"]')).toHaveCount(0);
  await expect(dashboard.tab.getByTestId('audit-rule-0')).toContainText('someone');

  await dashboard.tab.getByRole('button', { name: 'Move rule 1 down' }).click();
  await expect(dashboard.tab.getByTestId('audit-rule-0')).toContainText('user-1');
  await dashboard.typeYaml(LONG.replace('users: [user-0]', 'users: [nobody]'));
  const { spec } = (await dashboard.save()).postDataJSON() as Awaited<ReturnType<typeof dashboard.cluster>>;

  expect(spec.rkeConfig.machineGlobalConfig['audit-policy-file']).toBe(LONG.replace('users: [user-0]', 'users: [nobody]'));
});
