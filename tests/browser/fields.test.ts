// The fields of a rule: suggestions by keyboard, what the cluster itself serves, findings beside the field, and nothing lost.
import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';

import { expect, test } from './dashboard';
import { onlyOn } from './hosts';

const ONE_HOST = onlyOn('2.15', 'what is inside the policy parts is the same code on every host');
const HEAD = 'apiVersion: audit.k8s.io/v1\nkind: Policy\n';

/** Those of the list that is open: a select of the browser's own has options too. */
function suggestions(page: Page): Locator {
  return page.getByRole('listbox').getByRole('option');
}

test('a rule for a custom resource of the cluster, by keyboard alone', ONE_HOST, async ({ dashboard, page }, testInfo) => {
  await page.setViewportSize({ width: 1600, height: 1000 });
  await dashboard.openTab('prod-custom');
  await dashboard.tab.getByTestId('audit-turn-on').click();
  await dashboard.typeYaml(`${ HEAD }rules:\n# ours\n- level: Metadata # all of it\n  note: mine\n`);
  await dashboard.tab.getByTestId('audit-rule-0').locator('.sentence').click();
  await expect(dashboard.tab.getByTestId('audit-kept')).toContainText('no field note');

  await dashboard.tab.getByTestId('audit-add-group').press('Enter');
  const group = dashboard.tab.getByTestId('audit-group');
  const resources = dashboard.tab.getByTestId('audit-resources').getByRole('combobox');

  await group.focus();
  await group.fill('cert-m');
  await expect(page.getByRole('listbox').getByRole('option', { name: 'cert-manager.io' })).toContainText('in this cluster: certificates');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(group).toHaveValue('cert-manager.io');
  await resources.focus();
  await page.keyboard.type('cert');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(suggestions(page).first()).toContainText('certificates/status');
  await expect(dashboard.tab.getByTestId('audit-meanings')).toContainText('certificates: only the resource itself. It does not match certificates/status.');
  await page.screenshot({ path: testInfo.outputPath('open-list.png') });
  const { violations } = await new AxeBuilder({ page }).include('[data-testid="audit-rules-pane"]').analyze();

  expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('listbox')).toHaveCount(0);

  // What is typed and left becomes an item.
  await dashboard.tab.getByTestId('audit-namespaces').getByRole('combobox').focus();
  await page.keyboard.type('web-shop');
  await page.keyboard.press('Tab');
  await dashboard.addToList('audit-verbs', 'approve');
  await expect(dashboard.tab.getByTestId('audit-verbs')).toContainText('No request has the verb “approve”.');
  await dashboard.tab.getByTestId('audit-rule-omitManagedFields').selectOption({ index: 1 });
  await expect.poll(() => dashboard.yaml()).toBe(`${ HEAD }rules:
# ours
- level: Metadata # all of it
  note: mine
  resources:
  - group: cert-manager.io
    resources: [certificates]
  namespaces: [web-shop]
  verbs: [approve]
  omitManagedFields: true
`);
  await page.screenshot({ path: testInfo.outputPath('fields.png'), fullPage: true });
});

test('a cluster that is down leaves Kubernetes’ own names, in the dark and where there is little room', ONE_HOST, async ({ dashboard, page }, testInfo) => {
  await page.setViewportSize({ width: 1280, height: 900 });
  await dashboard.setPreference('theme', JSON.stringify('ui-dark'));
  await dashboard.fail({ method: 'GET', path: '/k8s/clusters/c-m-7fkq2wzd', status: 500, count: 10 });
  await dashboard.openTab('prod-custom');
  await dashboard.tab.getByTestId('audit-turn-on').click();
  await dashboard.typeYaml(`${ HEAD }rules:\n- level: Request\n  resources:\n  - group: ""\n    resources: [pods, deployments, "*/scale"]\n`);
  await dashboard.tab.getByTestId('audit-rule-0').locator('.sentence').click();
  await expect(dashboard.tab.getByTestId('audit-group')).toHaveValue('core');
  await expect(dashboard.tab.getByTestId('audit-resources')).toContainText('“deployments” is not in the group ""');
  const resources = dashboard.tab.getByTestId('audit-resources').getByRole('combobox');

  await resources.click();
  await expect(suggestions(page).first()).toContainText('pods/attach');
  await page.screenshot({ path: testInfo.outputPath('narrow-dark.png') });
  const list = await page.getByRole('listbox').boundingBox();

  expect((list?.x ?? 0) + (list?.width ?? Infinity)).toBeLessThanOrEqual(1280);
  const { violations } = await new AxeBuilder({ page }).include('[data-testid="audit-rules-pane"]').analyze();

  expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
  await page.getByRole('listbox').getByRole('option', { name: 'pods/exec' }).click();
  await expect.poll(() => dashboard.yaml()).toContain('resources: [pods, deployments, "*/scale", pods/exec]');
});
