// How the tab looks and reads: both themes, both languages, without accessibility problems. Makes the pictures in docs/screenshots.
import { join, resolve } from 'node:path';

import { DEFAULT_HOST } from '../../demo/steps/hosts';
import { barriersIn } from './barriers';
import { expect, test } from './dashboard';
import { onlyOn } from './hosts';
import { fontsOf, layoutDifferences, layoutFaults, layoutOf, record, recordingOf, type Layout } from './layout';
import { CLUSTER, PARTS } from './parts';

/** Pictures differ in ages and fonts from machine to machine: those in docs/ are made anew only on request (`npm run screenshots`). */
const docs = process.env['SCREENSHOTS'] ? resolve(__dirname, '../../docs/screenshots') : undefined;
/** Of a picture, where the fonts are the same: a theme's colours may be rounded otherwise. */
const MAX_DIFFERENT_PIXELS = 0.02;

for (const theme of ['light', 'dark']) {
  test(`nothing keeps people out in the ${ theme } theme`, async ({ dashboard, host, look, page }, testInfo) => {
    await page.setViewportSize({ width: 1600, height: 1100 });
    await dashboard.setPreference('theme', JSON.stringify(`ui-${ theme }`));
    await dashboard.openTab('prod-custom');
    await expect(page.locator('body')).toHaveClass(new RegExp(`theme-${ theme }`));
    await expectNoBarriers();

    await dashboard.tab.getByTestId('audit-turn-on').click();
    await dashboard.tab.getByTestId('audit-add-rule').click();
    await dashboard.tab.getByTestId('audit-level').selectOption('Request');
    await dashboard.tab.getByTestId('audit-add-group').click();
    await dashboard.tab.getByTestId('audit-group').fill('apps');
    await dashboard.addToList('audit-resources', 'deployments', 'daemonsets', 'statefulsets');
    await dashboard.addToList('audit-verbs', 'create', 'update', 'patch', 'delete');
    await expect(dashboard.tab.locator('.CodeMirror-code')).toContainText('statefulsets');
    await dashboard.tab.getByTestId('audit-turn-off').focus();
    await page.screenshot({ path: join(docs && host === DEFAULT_HOST.name ? docs : testInfo.outputDir, `tab-${ theme }.png`) });
    await dashboard.tab.getByTestId('audit-yaml-info').click();
    await dashboard.tab.getByTestId('audit-yaml-search').click();
    await dashboard.tab.getByTestId('audit-yaml-find').getByRole('textbox').fill('apps');
    await expectNoBarriers();

    await dashboard.tab.getByTestId('audit-delivery-secret').check();
    for (const part of ['audit-picker', 'audit-older', 'audit-changes', 'audit-export']) {
      await dashboard.tab.getByTestId(part).locator('summary').click();
    }
    await dashboard.tab.getByTestId('audit-picker-name').selectOption('dev-audit-policy');
    await dashboard.tab.getByTestId('audit-log-maxage').fill('-1');
    await dashboard.tab.getByTestId('audit-log-maxage').press('Enter');
    await expect(dashboard.tab.getByTestId('audit-adoption')).toBeVisible();
    await expect(dashboard.tab.getByTestId('audit-older-state')).not.toBeEmpty();
    await expectNoBarriers();

    async function expectNoBarriers(): Promise<void> {
      expect(await barriersIn(page, look)).toEqual([]);
    }
  });
}

for (const theme of ['light', 'dark']) {
  for (const locale of ['en-us', 'zh-hans']) {
    test(`each part stands where it was, in ${ locale } and the ${ theme } theme`, onlyOn(DEFAULT_HOST.name, 'the pictures are those of one host'), async ({ dashboard, look, page }) => {
      const recorded = recordingOf(locale);
      const layouts: Record<string, Layout> = {};

      test.setTimeout(180_000);
      // As high as the longest part.
      await page.setViewportSize({ width: 1280, height: 2600 });
      await dashboard.setPreference('theme', JSON.stringify(`ui-${ theme }`));
      await dashboard.setPreference('locale', locale);
      await dashboard.openTab(CLUSTER);
      await expect(page.locator('body')).toHaveClass(new RegExp(`theme-${ theme }`));
      // The host's buttons stand over the lower end of the window, and of what is longer than it.
      await page.addStyleTag({ content: '.cru__footer { visibility: hidden }' });
      const fonts = await fontsOf(page);

      for (const { name, testId, show } of PARTS) {
        await test.step(name, async () => {
          await show(dashboard, dashboard.tab);
          const part = testId === undefined ? dashboard.tab : dashboard.tab.getByTestId(testId);

          await expect(part).toBeVisible();
          layouts[name] = await layoutOf(part);
          expect.soft(await layoutFaults(part), `what is wrong with ${ name }`).toEqual([]);
          // Words keep nobody out, and the other language has the same ones.
          if (locale === 'en-us') {
            expect.soft(await barriersIn(page, look, `[data-testid="audit-log-tab"]${ testId === undefined ? '' : ` [data-testid="${ testId }"]` }`), `what keeps people out of ${ name }`).toEqual([]);
          }
          if (docs || fonts === recorded.fonts) {
            await expect.soft(part).toHaveScreenshot(`${ name }-${ theme }-${ locale }.png`, { maxDiffPixelRatio: MAX_DIFFERENT_PIXELS });
          }
          if (!docs) {
            expect.soft(layoutDifferences(recorded.parts[name] ?? {}, layouts[name]), `how ${ name } stands`).toEqual([]);
          }
        });
      }
      if (docs && theme === 'light') {
        record(locale, { fonts, parts: layouts });
      }
    });
  }
}

test('the tab speaks Simplified Chinese', async ({ dashboard }) => {
  await dashboard.setPreference('locale', 'zh-hans');
  await dashboard.openTab('docs-inline');
  await expect(dashboard.tab.getByTestId('audit-status')).toContainText('已开启');
  await dashboard.tab.getByTestId('audit-delivery-secret').check();
  await expect(dashboard.tab.getByTestId('audit-review')).toContainText('将会发生的事');
  await expect(dashboard.tab).not.toContainText('clusterAudit');
});

test('at 1280 pixels the panes stand one above the other and nothing is cut off', async ({ dashboard, page }) => {
  await page.setViewportSize({ width: 1280, height: 900 });
  await dashboard.openTab('docs-inline');
  const [rules, yaml] = await Promise.all([dashboard.tab.getByTestId('audit-rules').boundingBox(), dashboard.tab.getByTestId('audit-yaml').boundingBox()]);

  expect(yaml?.y).toBeGreaterThan((rules?.y ?? 0) + (rules?.height ?? 0));
  expect(await dashboard.tab.evaluate((tab) => tab.scrollWidth <= tab.clientWidth)).toBe(true);
});
