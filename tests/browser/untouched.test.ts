// Whoever does not touch the tab must not notice the extension.
import { expect, test } from './dashboard';

for (const cluster of ['prod-custom', 'pools', 'hardened', 'docs-inline', 'docs-secret', 'k3s']) {
  test(`saving ${ cluster } without a change sends what the dashboard sends without the extension`, async ({ dashboard, page }) => {
    await page.route('**/v1/provisioning.cattle.io.clusters/**', (route) => route.request().method() === 'PUT' ? route.abort() : route.continue());

    await dashboard.openTab(cluster);
    const sent = await dashboard.save();

    await page.route('**/v1/uiplugins', (route) => route.fulfill({ json: { entries: {} } }));
    await dashboard.openForm(cluster);
    await expect(page.getByTestId('btn-audit-log')).toHaveCount(0);
    const sentWithout = await dashboard.save();

    expect(sent.postData()).toContain('"machineGlobalConfig"');
    expect(sent.postData()).toBe(sentWithout.postData());
  });
}
