// Policies that are put aside, handed on by a link or learned about; and what is asked before a form with edits is left.
import type { Page } from '@playwright/test';

import { barriersIn } from './barriers';
import { expect, test, type Dashboard } from './dashboard';
import { INSIDE_POLICY } from './hosts';

interface AppElement extends HTMLElement { __vue_app__: { config: { globalProperties: { $router: { push(to: string): unknown } } } } }

const OWN = 'apiVersion: audit.k8s.io/v1\nkind: Policy\nrules:\n# 我的\n- level: Metadata\n  resources:\n  - group: core\n';
const LIST = /\/provisioning\.cattle\.io\.cluster$/;

/** Goes somewhere as a link of the host would, and does not wait for it. */
async function goOn(page: Page, path: string): Promise<void> {
  await page.locator('#app').evaluate((app: AppElement, to) => {
    app.__vue_app__.config.globalProperties.$router.push(to);
  }, path);
}

async function openDrafts({ tab }: Dashboard): Promise<void> {
  await tab.getByTestId('audit-presets-replace').click();
  await tab.getByTestId('audit-drafts').locator('> summary').click();
}

test('a form with edits is left when the user says so, and one without edits at once', async ({ dashboard, page }) => {
  const { tab } = dashboard;
  const question = page.getByTestId('audit-leave');
  const cancel = page.getByRole('button', { name: 'Cancel', exact: true });

  await dashboard.openList();
  await expect(dashboard.row('docs-inline')).toBeVisible();
  await goOn(page, '/c/_/manager/provisioning.cattle.io.cluster/fleet-default/docs-inline?mode=edit');
  await dashboard.showTab();
  await cancel.click();
  await expect(page).toHaveURL(LIST);
  await expect(question).toHaveCount(0);

  await goOn(page, '/c/_/manager/provisioning.cattle.io.cluster/fleet-default/docs-inline?mode=edit');
  await dashboard.showTab();
  await expect(tab.getByTestId('audit-rule-0')).toBeVisible();
  await tab.getByTestId('audit-add-rule').click();
  const edited = await dashboard.yaml();

  // Another tab of the form is still the form.
  await page.getByTestId('btn-basic').click();
  await dashboard.showTab();
  for (const leave of [() => cancel.click(), () => page.goBack(), () => goOn(page, '/home'), () => goOn(page, '/c/local/explorer')]) {
    await leave();
    await expect(question).toBeVisible();
    await expect(page.locator(':focus')).toHaveText('Stay here');
    await page.keyboard.press('Escape');
    await expect(question).toHaveCount(0);
    await expect(page).toHaveURL(/docs-inline\?mode=edit/);
    await expect(tab).toBeVisible();
    expect(await dashboard.yaml()).toBe(edited);
  }
  await cancel.click();
  await question.getByTestId('audit-leave-stay').click();
  await expect(question).toHaveCount(0);
  await cancel.click();
  await question.getByTestId('audit-leave-go').click();
  await expect(page).toHaveURL(LIST);
  await expect(dashboard.row('docs-inline')).toBeVisible();
});

test('the browser asks before it closes a page with edits, and nobody asks after Save or Create', async ({ dashboard, page }) => {
  const { tab } = dashboard;
  const asked: string[] = [];

  page.on('dialog', async (dialog) => {
    asked.push(dialog.type());
    await dialog.accept();
  });
  await dashboard.openTab('docs-inline');
  await page.reload();
  expect(asked).toEqual([]);
  await dashboard.showTab();
  await tab.getByTestId('audit-add-rule').click();
  await page.reload();
  expect(asked).toEqual(['beforeunload']);

  await dashboard.showTab();
  await tab.getByTestId('audit-add-rule').click();
  expect((await (await dashboard.save()).response())?.status()).toBe(200);
  await expect(page).toHaveURL(LIST);

  await dashboard.openCreateForm();
  await tab.getByTestId('audit-turn-on').click();
  await page.getByTestId('name-ns-description-name').locator('input').fill('fresh');
  expect((await (await dashboard.save()).response())?.status()).toBe(201);
  await expect(page).not.toHaveURL(/create/);
  await expect(page.getByTestId('audit-leave')).toHaveCount(0);
  await page.reload();
  expect(asked).toEqual(['beforeunload']);
});

test('nothing is asked where a form is only looked at', async ({ dashboard, page }) => {
  await dashboard.openDetail('docs-inline');
  await dashboard.showConfiguration();
  await dashboard.showTab();
  await goOn(page, '/home');
  await expect(page).toHaveURL(/\/home$/);
});

test('a draft goes from one cluster into another, and undo takes it back', INSIDE_POLICY, async ({ dashboard, look, page }) => {
  const { tab } = dashboard;

  await dashboard.openTab('docs-inline');
  await dashboard.typeYaml(OWN);
  await openDrafts(dashboard);
  await tab.getByTestId('audit-draft-name').fill('core 组');
  await tab.getByTestId('audit-draft-name').press('Enter');
  await expect(tab.getByTestId('audit-draft-state')).toHaveText('The draft “core 组” is kept.');
  await expect(tab.getByTestId('audit-draft-0')).toContainText(String(new Date().getFullYear()));
  expect(await barriersIn(page, look, '[data-testid="audit-drafts"]')).toEqual([]);

  await dashboard.openTab('docs-secret');
  const before = await dashboard.yaml();

  await openDrafts(dashboard);
  await tab.getByTestId('audit-draft-0').getByTestId('audit-draft-pick').click();
  await expect(tab.getByTestId('audit-replace')).toContainText('core 组');
  await tab.getByTestId('audit-replace-confirm').click();
  await expect.poll(() => dashboard.yaml()).toBe(OWN);
  await tab.getByTestId('audit-undo').click();
  await expect.poll(() => dashboard.yaml()).toBe(before);

  await tab.getByTestId('audit-presets-replace').click();
  await tab.getByTestId('audit-draft-remove').click();
  await expect(tab.getByTestId('audit-draft-0')).toHaveCount(0);
  await page.keyboard.press('Enter');
  await expect(tab.getByTestId('audit-draft-0')).toBeVisible();
});

test('a lesson is handed on by its address', INSIDE_POLICY, async ({ dashboard, look, page }) => {
  await dashboard.openTab('docs-inline');
  await dashboard.typeYaml(OWN);
  await dashboard.tab.getByTestId('audit-rule-0').getByTestId('audit-why').first().click();
  const [opened] = await Promise.all([page.waitForEvent('popup'), dashboard.tab.getByTestId('audit-lesson-open').click()]);

  await expect(opened).toHaveURL(/\/cluster-audit-log\/lessons\/groups$/);
  await expect(opened.getByTestId('audit-lessons').getByRole('heading', { level: 1 })).toHaveText('API groups');
  await opened.close();
  expect(await dashboard.yaml()).toBe(OWN);

  await dashboard.goto('/cluster-audit-log/lessons/lint.nonsense');
  await expect(page.getByTestId('audit-lesson-unknown')).toContainText('There is no lesson “lint.nonsense”.');
  expect(await barriersIn(page, look, '[data-testid="audit-lessons"]')).toEqual([]);
  await page.getByRole('link', { name: 'Verbs' }).click();
  await expect(page).toHaveURL(/\/lessons\/verbs$/);
  await expect(page.getByTestId('audit-lesson')).toContainText('The verb is not the HTTP method');
  await expect(page.getByRole('link', { name: 'Verbs' })).toHaveAttribute('aria-current', 'page');
});

test('a policy is handed on by a link, only shown there, and kept as a draft', INSIDE_POLICY, async ({ dashboard, look, page }) => {
  const { tab } = dashboard;
  const requested: string[] = [];

  page.on('request', (request) => requested.push(`${ request.url() } ${ request.postData() ?? '' }`));
  await dashboard.openTab('docs-inline');
  await dashboard.typeYaml(OWN);
  await tab.getByTestId('audit-request').locator('summary').first().click();
  await tab.getByTestId('audit-request-expect').click();
  await tab.getByTestId('audit-share').locator('summary').click();
  await expect(tab.getByTestId('audit-share-copy')).toBeEnabled();
  expect(await barriersIn(page, look, '[data-testid="audit-share"]')).toEqual([]);
  const link = await tab.getByTestId('audit-share-link').inputValue();

  await page.goto(link);
  const shared = page.getByTestId('audit-shared');

  await expect(shared.getByRole('heading', { level: 1 })).toHaveText('docs-inline');
  await expect(shared.getByTestId('audit-rule-0').getByTestId('audit-rule-findings')).toContainText('core');
  await expect(shared.getByTestId('audit-shared-expectations')).toContainText('1 expectation comes with it');
  await expect(shared.getByTestId('audit-yaml-download')).toBeVisible();
  await expect(shared.getByTestId('audit-add-rule')).toHaveCount(0);
  expect(await barriersIn(page, look, '[data-testid="audit-shared"]')).toEqual([]);
  await shared.getByTestId('audit-draft-keep').click();
  await expect(shared.getByTestId('audit-draft-state')).toContainText('is kept');
  expect(requested.filter((request) => request.includes('policy1z'))).toEqual([]);

  await page.goto('about:blank');
  await page.goto(link.slice(0, -20));
  await expect(page.getByTestId('audit-shared-problem')).toContainText('This link is damaged');

  await dashboard.openTab('prod-custom');
  await tab.getByTestId('audit-drafts').locator('> summary').click();
  await tab.getByTestId('audit-draft-pick').click();
  await tab.getByTestId('audit-turn-on').click();
  await expect.poll(() => dashboard.yaml()).toBe(OWN);
  await expect(tab.getByTestId('audit-expectations-sum')).toContainText('of 1');
});
