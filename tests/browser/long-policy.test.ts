// A policy of a thousand rules: read in a worker of its own, edited in both panes, and saved as it was typed last.
import { barriersIn } from './barriers';
import { expect, test, type Dashboard } from './dashboard';
import { INSIDE_POLICY } from './hosts';

const RULES = Array.from({ length: 1_000 }, (_, index) => `- level: None\n  users: [user-${ index }]\n  verbs: [get]\n`);
const LONG = `apiVersion: audit.k8s.io/v1\nkind: Policy\nrules:\n${ RULES.join('') }`;

/** Puts the cursor behind the first place where a text stands. */
async function putCursor(dashboard: Dashboard, text: string): Promise<void> {
  await dashboard.tab.getByTestId('audit-yaml').locator('.CodeMirror').evaluate((element, wanted) => {
    const { CodeMirror: editor } = element as unknown as { readonly CodeMirror: { getValue(): string; posFromIndex(index: number): object; setCursor(at: object): void; focus(): void } };

    editor.setCursor(editor.posFromIndex(editor.getValue().indexOf(wanted) + wanted.length));
    editor.focus();
  }, text);
}

test('a policy of 1,000 rules is read by a worker and saved as it was typed last', async ({ dashboard, look, page }) => {
  await dashboard.setGlobalConfig('docs-inline', { 'audit-policy-file': LONG });
  const started = page.waitForEvent('worker', (worker) => worker.url().includes('/plugin/cluster-audit-log-'));

  await dashboard.openTab('docs-inline');
  await started;
  await expect(dashboard.tab.getByTestId('audit-rule-0')).toContainText('user-0');
  await expect.poll(() => dashboard.yaml()).toBe(LONG);
  expect(await barriersIn(page, look)).toEqual([]);

  await putCursor(dashboard, 'level: None');
  await page.keyboard.press('x');
  await expect(dashboard.tab.locator('[data-code="policy.levelUnknown"]').first()).toBeVisible();
  await page.keyboard.press('Backspace');
  await expect(dashboard.tab.locator('[data-code="policy.levelUnknown"]')).toHaveCount(0);
  await putCursor(dashboard, 'users: [user-0');
  await page.keyboard.type('th');
  await expect(dashboard.tab.getByTestId('audit-rule-0')).toContainText('user-0th');

  await dashboard.tab.getByRole('button', { name: 'Move rule 1 down', exact: true }).click();
  await expect(dashboard.tab.getByTestId('audit-rule-0')).toContainText('user-1');
  await putCursor(dashboard, 'users: [user-1');
  await page.keyboard.type('st');
  const { spec } = (await dashboard.save()).postDataJSON() as Awaited<ReturnType<typeof dashboard.cluster>>;
  const [first = '', second = '', ...others] = RULES;

  expect(spec.rkeConfig.machineGlobalConfig['audit-policy-file']).toBe(LONG.replace(RULES.join(''), [second.replace('user-1', 'user-1st'), first.replace('user-0', 'user-0th'), ...others].join('')));
});

test.describe('where a page may have no worker', () => {
  test.use({ complaint: /worker-src 'none'/ });

  test('findings follow all the same', INSIDE_POLICY, async ({ dashboard, page }) => {
    await page.route((url) => url.pathname.startsWith('/c/'), async (route) => {
      const response = await route.fetch();

      await route.fulfill({ response, headers: { ...response.headers(), 'content-security-policy': "worker-src 'none'" } });
    });
    await dashboard.setGlobalConfig('docs-inline', { 'audit-policy-file': LONG });
    const refused = page.waitForEvent('console', (message) => message.text().includes("worker-src 'none'"));

    await dashboard.openTab('docs-inline');
    await refused;
    await putCursor(dashboard, 'level: None');
    await page.keyboard.press('x');
    await expect(dashboard.tab.locator('[data-code="policy.levelUnknown"]').first()).toBeVisible();
    expect(page.workers()).toEqual([]);
  });
});
