// Whoever does not touch the tab must not notice the extension.
import type { Page } from '@playwright/test';

import { expect, test, type Dashboard } from './dashboard';

interface AppElement extends HTMLElement { __vue_app__: { config: { globalProperties: { $router: { push(to: string): Promise<unknown> } } } } }

const CLUSTERS = ['prod-custom', 'pools', 'hardened', 'docs-inline', 'docs-secret', 'k3s'];

/** Goes on to a cluster's form from another page, as a link there would: to load the dashboard anew for each form takes minutes. */
async function goOnToForm(page: Page, cluster: string): Promise<void> {
  await page.locator('#app').evaluate((app: AppElement, path) => app.__vue_app__.config.globalProperties.$router.push(path), `/c/_/manager/provisioning.cattle.io.cluster/fleet-default/${ cluster }?mode=edit`);
  await expect(page.getByRole('heading', { level: 1 })).toContainText(cluster);
  await expect(page.getByTestId('btn-basic')).toBeVisible();
}

/** What the host sends for each cluster when its form is opened, looked at and saved. */
async function savesOf(dashboard: Dashboard, page: Page, look: () => Promise<void>): Promise<Record<string, string | null>> {
  const saves: Record<string, string | null> = {};

  await dashboard.openList();
  await expect(dashboard.row('k3s')).toBeVisible();
  for (const cluster of CLUSTERS) {
    await goOnToForm(page, cluster);
    await look();
    saves[cluster] = (await dashboard.save()).postData();
  }

  return saves;
}

test('saving a cluster without a change sends what the dashboard sends without the extension', async ({ dashboard, page }) => {
  test.slow();
  await page.route('**/v1/provisioning.cattle.io.clusters/**', (route) => route.request().method() === 'PUT' ? route.abort() : route.continue());

  const sent = await savesOf(dashboard, page, () => dashboard.showTab());

  await page.route('**/v1/uiplugins', (route) => route.fulfill({ json: { entries: {} } }));
  const sentWithout = await savesOf(dashboard, page, () => expect(page.getByTestId('btn-audit-log')).toHaveCount(0));

  expect(Object.values(sent).every((body) => body?.includes('"machineGlobalConfig"'))).toBe(true);
  expect(sent).toEqual(sentWithout);
});
