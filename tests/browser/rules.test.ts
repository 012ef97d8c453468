// The list of a policy's rules: where they come from, how they move, what was found about them, and the way back.
import AxeBuilder from '@axe-core/playwright';

import { METADATA } from '../../audit/presets/metadata';
import { expect, test } from './dashboard';
import { onlyOn } from './hosts';

const INSIDE = onlyOn('2.15', 'what is inside the policy parts is the same code on every host');
const HEAD = 'apiVersion: audit.k8s.io/v1\nkind: Policy\nrules:\n';
const WRONG = `${ HEAD }# probes
- level: None
  nonResourceURLs: ["/healthz*"]
# a group that is none
- level: Request
  resources:
  - group: core
    resources: [pods]
- level: Metadata
`;
const MANY = `${ HEAD }${ Array.from({ length: 1000 }, (_, index) => `- level: Metadata\n  users: [user-${ index + 1 }]\n`).join('') }`;

test('rules come from a template, are mended, moved, filtered and removed, and all of it is taken back', INSIDE, async ({ dashboard, page }) => {
  const focused = page.locator(':focus');
  const { tab } = dashboard;

  await dashboard.openTab('prod-custom');
  await tab.getByTestId('audit-turn-on').click();
  await dashboard.typeYaml(WRONG);
  await tab.getByTestId('audit-rule-1').getByTestId('audit-why').first().click();
  await expect(tab.getByTestId('audit-lesson')).toContainText('written ""');
  await tab.getByTestId('audit-rule-1').getByTestId('audit-fix').first().click();
  await expect(tab.getByTestId('audit-rule-1').locator('ins')).toHaveText(/group: ""/);
  await tab.getByTestId('audit-fix-apply').click();
  await expect(focused).toHaveText('pods');
  const fixed = WRONG.replace('core', '""');

  await expect.poll(() => dashboard.yaml()).toBe(fixed);

  await tab.getByTestId('audit-from-template').press('Enter');
  await tab.getByTestId('audit-template-noEvents').press('Enter');
  await expect(focused).toContainText('events (events.k8s.io)');
  await page.keyboard.press('Alt+ArrowDown');
  await expect(tab.getByTestId('audit-said')).toHaveText('Rule 1 is now rule 2 of 4.');
  await expect(focused).toContainText('events (events.k8s.io)');

  await tab.getByTestId('audit-filter').fill('none');
  await expect(tab.getByTestId('audit-rules').locator('.number')).toHaveText(['1', '2']);
  await tab.getByTestId('audit-select-all').check();
  await tab.getByTestId('audit-remove-selected').press('Enter');
  await tab.getByTestId('audit-filter').fill('');
  await expect(tab.getByTestId('audit-rules').locator('.number')).toHaveText(['1', '2']);
  await expect.poll(() => dashboard.yaml()).toBe(fixed.replace('# probes\n- level: None\n  nonResourceURLs: ["/healthz*"]\n', ''));

  await tab.getByTestId('audit-rule-0').locator('.sentence').focus();
  for (let step = 0; step < 3; step++) {
    await page.keyboard.press('ControlOrMeta+z');
  }
  await expect.poll(() => dashboard.yaml()).toBe(fixed);
  await tab.getByTestId('audit-undo').click();
  await expect.poll(() => dashboard.yaml()).toBe(WRONG);
  await tab.getByTestId('audit-undo').click();
  await expect.poll(() => dashboard.yaml()).toBe(METADATA.policy);
  await expect(tab.getByTestId('audit-undo')).toHaveAttribute('aria-disabled', 'true');
  await tab.getByTestId('audit-redo').click();
  await expect.poll(() => dashboard.yaml()).toBe(WRONG);

  await tab.getByTestId('audit-rule-1').getByRole('button', { name: 'Show rule 2 in the YAML' }).click();
  await expect(tab.locator('.CodeMirror')).toHaveClass(/CodeMirror-focused/);
  await page.keyboard.insertText('oops ');
  await expect(tab.getByTestId('audit-stale')).toHaveText(/^Form shows the last valid version – error on line \d+\.$/);
  await expect(tab.getByTestId('audit-rules').locator('.number')).toHaveText(['1', '2', '3']);
  await expect(tab.getByTestId('audit-rules').getByRole('button')).toHaveCount(0);
});

test('undo goes on after Edit as YAML', INSIDE, async ({ dashboard }) => {
  await dashboard.openTab('docs-inline');
  const first = await dashboard.yaml();

  await dashboard.tab.getByTestId('audit-add-rule').click();
  await expect.poll(() => dashboard.yaml()).not.toBe(first);
  await dashboard.editAsYaml();
  await dashboard.backToForm();
  await dashboard.showTab();
  await dashboard.tab.getByTestId('audit-undo').click();
  await expect.poll(() => dashboard.yaml()).toBe(first);
});

test('a thousand rules are all within reach, and few of them in the page', INSIDE, async ({ dashboard, page }) => {
  const focused = page.locator(':focus');
  const rows = dashboard.tab.getByTestId('audit-rules').getByRole('listitem').filter({ has: page.locator('.number') });

  test.setTimeout(120_000);
  await dashboard.setGlobalConfig('docs-inline', { 'audit-policy-file': MANY });
  await dashboard.openTab('docs-inline');
  await expect(dashboard.tab.getByTestId('audit-rule-0')).toBeVisible();
  expect(await rows.count()).toBeLessThan(60);

  await dashboard.tab.getByTestId('audit-rule-0').locator('.sentence').focus();
  await page.keyboard.press('End');
  await expect(focused).toHaveText('every request, by user-1000');
  await expect(focused).toBeInViewport();
  await page.keyboard.press('Home');
  await expect(focused).toHaveText('every request, by user-1');
  // By Tab from row to row, beyond those that were in the page at first.
  await dashboard.tab.getByTestId('audit-rule-0').locator('.to-line').focus();
  for (let row = 1; row < 30; row++) {
    await dashboard.tab.getByTestId(`audit-rule-${ row }`).locator('.to-line').focus();
    await page.keyboard.press('Tab');
    await expect(focused).toHaveAccessibleName(`Select rule ${ row + 2 }`);
  }
  expect(await rows.count()).toBeLessThan(60);
  await dashboard.tab.getByTestId('audit-filter').fill('user-777');
  await expect(rows).toHaveCount(1);
  await expect(rows).toContainText('777');
});

for (const theme of ['light', 'dark']) {
  test(`the whole screen has both panes, is left by Escape and keeps nobody out in the ${ theme } theme`, async ({ dashboard, look, page }) => {
    const editor = page.getByTestId('audit-policy-editor');
    const boxes = () => Promise.all(['audit-rules-pane', 'audit-yaml'].map((part) => editor.getByTestId(part).boundingBox()));

    await page.setViewportSize({ width: 1280, height: 900 });
    await dashboard.setPreference('theme', JSON.stringify(`ui-${ theme }`));
    await dashboard.openTab('docs-inline');
    await dashboard.typeYaml(WRONG);
    await editor.getByTestId('audit-full-screen').click();
    await expect(page.getByRole('dialog', { name: 'Audit policy' })).toBeVisible();
    const [rules, yaml] = await boxes();

    expect(yaml?.x).toBeGreaterThanOrEqual((rules?.x ?? 0) + (rules?.width ?? 0));
    expect(await editor.boundingBox()).toEqual({ x: 0, y: 0, width: 1280, height: 900 });

    await editor.getByTestId('audit-panes-rules').focus();
    await page.keyboard.press('Shift+Tab');
    expect(await editor.evaluate((element) => element.contains(document.activeElement))).toBe(true);
    await editor.getByTestId('audit-from-template').click();
    await editor.getByTestId('audit-rule-1').getByTestId('audit-fix').first().click();
    const { violations } = await new AxeBuilder({ page }).include('[data-testid="audit-policy-editor"]').analyze();
    const barriers = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').flatMap(({ id, nodes }) => nodes.map(({ html, target }) => ({ id, html, target: String(target[0]) })));

    expect(await page.evaluate(
      ({ barriers, faint }) => barriers.filter(({ id, target }) => id !== 'color-contrast' || !faint || !document.querySelector(target)?.closest(faint)),
      { barriers, faint: look.faint }
    )).toEqual([]);

    // As at 1280 pixels and 200 %.
    await page.setViewportSize({ width: 640, height: 450 });
    expect(await editor.evaluate((element) => element.scrollWidth <= element.clientWidth)).toBe(true);
    await editor.getByTestId('audit-panes-yaml').click();
    await expect(editor.getByTestId('audit-rules-pane')).toBeHidden();
    await editor.getByTestId('audit-panes-both').click();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog', { name: 'Audit policy' })).toHaveCount(0);
    await expect(editor.getByTestId('audit-full-screen')).toHaveText('Full screen');
  });
}
