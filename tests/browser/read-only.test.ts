// Where the host shows a cluster without editing it, so do we.
import { expect, test, type Dashboard } from './dashboard';

const CONTROLS = ':is(button, input, select, textarea):enabled, [contenteditable]';
/** They lead to places, look for rules, open them, explain and simulate, and change nothing. */
const READING = ['.sentence', '.action.skip', '.action.to-line', '[data-testid="audit-rule-findings"] button', '[data-testid="audit-filter"]'].join(', ');

/** A text can be copied, searched and the like, and not be changed. */
async function expectOnlyReading(dashboard: Dashboard): Promise<void> {
  const yaml = dashboard.tab.getByTestId('audit-yaml');

  await expect(yaml.locator('.CodeMirror')).toBeVisible();
  await expect(yaml.locator('input:visible, select, textarea:not([readonly]):visible, [contenteditable]')).toHaveCount(0);
  await expect(yaml.getByTestId(/^audit-yaml-(restore|open)$/)).toHaveCount(0);
  await expect(yaml.getByTestId('audit-yaml-copy')).toBeVisible();
  await expect(dashboard.tab.locator(CONTROLS).and(dashboard.tab.locator(`:not([data-testid="audit-yaml"] *, ${ READING })`))).toHaveCount(0);
}

async function expectNoControls(dashboard: Dashboard): Promise<void> {
  await expect(dashboard.tab.getByTestId('audit-status')).toContainText('On');
  await expect(dashboard.tab.getByTestId('audit-rule-0')).toContainText('RequestResponse');
  expect(await dashboard.yaml()).toContain('level: RequestResponse');
  await expectOnlyReading(dashboard);
  await dashboard.tab.getByTestId('audit-rule-0').locator('.sentence').click();
  await expect(dashboard.tab.getByTestId('audit-rule-editor').getByTestId('audit-level')).toBeDisabled();
  await expectOnlyReading(dashboard);
}

test('the configuration page has no controls that change anything', async ({ dashboard }) => {
  await dashboard.openTab('docs-inline', 'mode=view&as=config');
  await expectNoControls(dashboard);
});

test('the configuration that the page of a cluster opens has no controls that change anything', async ({ dashboard }) => {
  await dashboard.openDetail('docs-inline');
  await dashboard.showConfiguration();
  await dashboard.showTab();
  await expectNoControls(dashboard);
});

test('a user who may only read sees the configuration', async ({ dashboard }) => {
  await dashboard.signIn('readonly');
  await dashboard.openTab('docs-inline', 'mode=view&as=config');
  await expectNoControls(dashboard);
});

test('an unreadable policy is shown there too', async ({ dashboard }) => {
  await dashboard.setGlobalConfig('docs-inline', { 'audit-policy-file': 'rules: [' });
  await dashboard.openTab('docs-inline', 'mode=view&as=config');
  expect(await dashboard.yaml()).toBe('rules: [');
  await expect(dashboard.tab).toContainText('not YAML');
  await expect(dashboard.tab.getByRole('button', { name: 'Go to line' })).not.toHaveCount(0);
});
