// The text of a policy: typing, findings beside its lines, folds, search, files, and the clipboard.
import { readFile } from 'node:fs/promises';

import { expect, test, type Dashboard } from './dashboard';

const TEXT = `# ours\r
apiVersion: audit.k8s.io/v1\r
kind: Policy\r
rules:\r
# one\r
- level: None\r
  verbs: [get]\r
- level: Request\r
  verbs: [list]\r
- level: Metadata`;
const PLAIN = TEXT.replaceAll('\r', '');

/** What the editor has of cursor, folds and scrolling. */
async function stateOf(dashboard: Dashboard): Promise<object> {
  return dashboard.tab.getByTestId('audit-yaml').locator('.CodeMirror').evaluate((element) => {
    const { CodeMirror: editor } = element as unknown as { CodeMirror: { getCursor(): { line: number; ch: number }; getScrollInfo(): { top: number } } };

    return { line: editor.getCursor().line, ch: editor.getCursor().ch, top: editor.getScrollInfo().top, folds: element.querySelectorAll('.CodeMirror-foldmarker').length };
  });
}

test.beforeEach(({ dashboard }) => dashboard.setGlobalConfig('docs-inline', { 'audit-policy-file': TEXT }));

test('typing moves nothing, a rule’s edit changes its own lines alone, and Save keeps every byte of the others', async ({ dashboard, page }) => {
  const yaml = dashboard.tab.getByTestId('audit-yaml');

  await dashboard.openTab('docs-inline');
  await expect(yaml.getByTestId('audit-yaml-restore')).toBeDisabled();
  // Lines are drawn once they are in sight.
  await yaml.scrollIntoViewIfNeeded();
  await yaml.locator('.CodeMirror-line').filter({ hasText: 'Metadata' }).click();
  await page.keyboard.press('End');
  await page.keyboard.type(' # all', { delay: 30 });
  expect(await stateOf(dashboard)).toMatchObject({ line: 9, ch: 23 });

  await yaml.locator('.CodeMirror-foldgutter-open').nth(2).click();
  const before = await stateOf(dashboard);

  expect(before).toMatchObject({ folds: 1 });
  await dashboard.tab.getByTestId('audit-rule-0').locator('button.sentence').click();
  await dashboard.tab.getByTestId('audit-level').selectOption('RequestResponse');
  await expect.poll(() => dashboard.yaml()).toBe(`${ PLAIN.replace('None', 'RequestResponse') } # all`);
  expect(await stateOf(dashboard)).toEqual(before);

  await (await dashboard.save()).response();
  await expect.poll(async () => (await dashboard.cluster('docs-inline')).spec.rkeConfig.machineGlobalConfig['audit-policy-file']).toBe(`${ TEXT.replace('None', 'RequestResponse') } # all`);
});

test('a finding stands beside its line, and the keyboard goes there and away again', async ({ dashboard, page }) => {
  const yaml = dashboard.tab.getByTestId('audit-yaml');

  await dashboard.openTab('docs-inline');
  await dashboard.typeYaml(PLAIN.replace('Request', 'Requst'));
  await expect(yaml.locator('.audit-note-block')).toHaveAttribute('title', /Requst/);
  await page.keyboard.press('ControlOrMeta+Home');
  await page.keyboard.press('F8');
  expect(await stateOf(dashboard)).toMatchObject({ line: 7 });
  await expect(yaml.getByTestId('audit-yaml-here')).toContainText('Line 8:');
  await page.keyboard.press('ControlOrMeta+Home');
  await dashboard.tab.getByTestId('audit-findings').first().getByRole('button', { name: 'Go to line 8' }).press('Enter');
  await expect(yaml.locator('.CodeMirror-focused')).toBeVisible();
  expect(await stateOf(dashboard)).toMatchObject({ line: 7 });

  await page.keyboard.press('ControlOrMeta+f');
  await page.keyboard.type('verbs');
  await expect(yaml.getByTestId('audit-yaml-find')).toContainText('2 of 2');
  await expect(yaml.locator('.cm-audit-match')).toHaveCount(2);
  await page.keyboard.press('Enter');
  expect(await stateOf(dashboard)).toMatchObject({ line: 6 });
  await page.keyboard.press('Escape');
  await expect(yaml.locator('.CodeMirror-focused')).toBeVisible();

  const text = await dashboard.yaml();

  await page.keyboard.press('Escape');
  await page.keyboard.press('Tab');
  await expect(yaml.locator('.CodeMirror-focused')).toHaveCount(0);
  expect(await dashboard.yaml()).toBe(text);
});

test('the text goes to a file and to the clipboard, and comes from a file by a button or by dropping it', async ({ dashboard, page }) => {
  const yaml = dashboard.tab.getByTestId('audit-yaml');
  const file = (buffer: Buffer) => ({ name: 'mine.yaml', mimeType: 'application/yaml', buffer });

  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await dashboard.openTab('docs-inline');
  const [download] = await Promise.all([page.waitForEvent('download'), yaml.getByTestId('audit-yaml-download').click()]);

  expect(download.suggestedFilename()).toBe('audit-policy.yaml');
  expect(await readFile(await download.path(), 'utf8')).toBe(TEXT);
  await yaml.getByTestId('audit-yaml-copy').click();
  await expect(yaml.getByTestId('audit-yaml-state')).toContainText('is copied');
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(TEXT);

  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), yaml.getByTestId('audit-yaml-open').click()]);

  await chooser.setFiles(file(Buffer.from([0xff, 0xfe, 0x61, 0])));
  await expect(yaml.getByTestId('audit-yaml-state')).toContainText('no text in UTF-8');
  expect(await dashboard.yaml()).toBe(PLAIN);
  await chooser.setFiles(file(Buffer.from(PLAIN.replace('None', 'Request'))));
  await expect(dashboard.tab.getByTestId('audit-rule-0')).toContainText('Request');

  const dropped = await page.evaluateHandle((text) => {
    const transfer = new DataTransfer();

    transfer.items.add(new File([text], 'dropped.yaml'));

    return transfer;
  }, PLAIN.replace('None', 'Metadata'));

  await yaml.locator('.CodeMirror-scroll').dispatchEvent('drop', { dataTransfer: dropped });
  await expect(yaml.getByTestId('audit-yaml-state')).toContainText('dropped.yaml is open');
  expect(await dashboard.yaml()).toBe(PLAIN.replace('None', 'Metadata'));

  await yaml.getByTestId('audit-yaml-restore').click();
  await expect.poll(() => dashboard.yaml()).toBe(PLAIN);
  await expect(dashboard.tab.getByTestId('audit-pending')).toHaveCount(0);
});

test('the tools stand in one order, and lead from the whole screen to the policies of other clusters and to presets', async ({ dashboard, page }) => {
  const { tab } = dashboard;
  const yaml = tab.getByTestId('audit-yaml');
  const names = () => yaml.getByRole('button').evaluateAll((buttons) => buttons.map((button) => (button as HTMLElement).dataset['testid']?.replace('audit-yaml-', '')).filter(Boolean));

  await dashboard.openTab('docs-inline');
  await expect.poll(names).toEqual(['restore', 'info', 'copy', 'open', 'cluster', 'preset', 'download', 'search', 'fold']);

  await tab.getByTestId('audit-full-screen').click();
  await yaml.getByTestId('audit-yaml-cluster').click();
  await expect(tab.getByTestId('audit-policy-editor')).not.toHaveClass(/full/);
  await expect(tab.getByTestId('audit-presets-import').locator('summary')).toBeFocused();
  await expect(tab.getByTestId('audit-presets-import').locator('summary')).toBeInViewport();
  await expect(tab.getByTestId('audit-import-name')).toBeVisible();

  await yaml.getByTestId('audit-yaml-preset').click();
  await expect(tab.getByTestId('audit-preset-custom')).toBeFocused();
  await page.keyboard.press('ArrowLeft');
  await expect(tab.getByTestId('audit-replace')).toBeVisible();
  expect(await dashboard.yaml()).toBe(PLAIN);
});
