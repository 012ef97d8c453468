// How the tab looks and reads: both themes, both languages, without accessibility problems. Makes the README's screenshots.
import AxeBuilder from '@axe-core/playwright';

import { expect, test } from './dashboard';

const SCREENSHOTS = `${ __dirname }/../../docs/screenshots`;

for (const theme of ['light', 'dark']) {
  test(`nothing keeps people out in the ${ theme } theme`, async ({ dashboard, page }) => {
    await page.setViewportSize({ width: 1920, height: 1080 });
    await dashboard.setPreference('theme', JSON.stringify(`ui-${ theme }`));
    await dashboard.openTab('prod-custom');
    await expect(page.locator('body')).toHaveClass(new RegExp(`theme-${ theme }`));
    await expectNoBarriers();

    await dashboard.tab.getByTestId('audit-turn-on').click();
    await dashboard.tab.getByTestId('audit-add-rule').click();
    await dashboard.tab.getByTestId('audit-level').selectOption('Request');
    await dashboard.tab.getByTestId('audit-add-group').click();
    await dashboard.addToList('audit-resources', 'secrets', 'configmaps');
    await dashboard.addToList('audit-verbs', 'create', 'update', 'patch', 'delete');
    await expect(dashboard.tab.locator('.CodeMirror-code')).toContainText('secrets');
    await dashboard.tab.getByTestId('audit-turn-off').focus();
    await page.screenshot({ path: `${ SCREENSHOTS }/tab-${ theme }.png` });
    await expectNoBarriers();

    async function expectNoBarriers(): Promise<void> {
      const { violations } = await new AxeBuilder({ page }).include('[data-testid="audit-log-tab"]').analyze();

      expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
    }
  });
}

test('the tab speaks Simplified Chinese', async ({ dashboard }) => {
  await dashboard.setPreference('locale', 'zh-hans');
  await dashboard.openTab('docs-inline');
  await expect(dashboard.tab.getByTestId('audit-status')).toContainText('已开启');
  await expect(dashboard.tab).not.toContainText('clusterAudit');
});

test('at 1280 pixels the panes stand one above the other and nothing is cut off', async ({ dashboard, page }) => {
  await page.setViewportSize({ width: 1280, height: 900 });
  await dashboard.openTab('docs-inline');
  const [rules, yaml] = await Promise.all([dashboard.tab.getByTestId('audit-rules').boundingBox(), dashboard.tab.getByTestId('audit-yaml').boundingBox()]);

  expect(yaml?.y).toBeGreaterThan((rules?.y ?? 0) + (rules?.height ?? 0));
  expect(await dashboard.tab.evaluate((tab) => tab.scrollWidth <= tab.clientWidth)).toBe(true);
});
