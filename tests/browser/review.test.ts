// The review before Save: findings with the way to their fields, the machines that restart, and each object's change.
import { readFile } from 'node:fs/promises';
import { loadAll } from 'js-yaml';

import { expect, test } from './dashboard';

test('a finding leads to its field, by keyboard too', async ({ dashboard, page }) => {
  const focused = page.locator(':focus');

  await dashboard.openTab('prod-custom');
  await dashboard.tab.getByTestId('audit-turn-on').click();
  await dashboard.tab.getByTestId('audit-log-maxage').fill('-3');
  await dashboard.tab.getByTestId('audit-log-maxage').press('Enter');
  await expect(dashboard.tab.locator('[data-group="block"]')).toContainText("can't be a negative number");
  await dashboard.tab.locator('[data-code="cluster.argValue"]').getByRole('button').press('Enter');
  await expect(focused).toHaveAttribute('data-testid', 'audit-log-maxage');

  await dashboard.typeYaml('apiVersion: audit.k8s.io/v1\nkind: Policy\nrules:\n- level: Metadta\n');
  await dashboard.tab.getByTestId('audit-review').locator('[data-code="policy.levelUnknown"]').getByRole('button').press('Enter');
  await expect(dashboard.tab.locator('.CodeMirror-focused .CodeMirror-activeline, .CodeMirror-focused')).not.toHaveCount(0);
  expect(await dashboard.tab.locator('.CodeMirror').evaluate((element) => (element as unknown as { CodeMirror: { getCursor(): { line: number } } }).CodeMirror.getCursor().line)).toBe(3);

  await dashboard.pressSave();
  await expect(page.getByText('The cluster was not saved, because of its audit policy')).toBeVisible();
});

test('one click spares the workers, and Save restarts those that the review names', async ({ dashboard }) => {
  await dashboard.openTab('pools');
  await dashboard.tab.getByTestId('audit-turn-on').click();
  await expect(dashboard.tab.getByTestId('audit-rollout').locator('[data-tier="worker"]')).toHaveCount(1);
  await dashboard.tab.getByTestId('audit-spare-workers').click();
  await expect(dashboard.tab.getByTestId('audit-delivery-inline-selector')).toBeChecked();
  await expect(dashboard.tab.getByTestId('audit-rollout').locator('[data-tier="worker"]')).toHaveCount(0);
  const before = await dashboard.plan('pools');

  await (await dashboard.save()).response();
  await expect.poll(async () => (await dashboard.plan('pools')).machines.filter(({ machine, config }) => machine.includes('-cp-') && config['audit-policy-file']).length).toBeGreaterThan(0);
  const workers = ({ machines }: typeof before) => machines.filter(({ machine }) => machine.includes('-workers-')).map(({ config, files }) => ({ config, files }));

  expect(workers(before).length).toBeGreaterThan(0);
  expect(workers(await dashboard.plan('pools'))).toEqual(workers(before));
});

test('the manifests are saved as one file, which the page itself holds', async ({ dashboard, page }) => {
  await dashboard.openTab('k3s');
  await dashboard.tab.getByTestId('audit-turn-on').click();
  await dashboard.tab.getByTestId('audit-export').locator('summary').press('Enter');
  const [download] = await Promise.all([page.waitForEvent('download'), dashboard.tab.getByRole('button', { name: 'Download audit-log-k3s.yaml' }).click()]);
  const documents = loadAll(await readFile(await download.path(), 'utf8')) as { readonly kind: string; readonly metadata: object; readonly status?: object }[];

  expect(download.suggestedFilename()).toBe('audit-log-k3s.yaml');
  expect(documents.map(({ kind, status }) => [kind, status])).toEqual([['Secret', undefined], ['Cluster', undefined]]);
  expect(Object.keys(documents[1]?.metadata ?? {}).toSorted()).toEqual(expect.arrayContaining(['name', 'namespace']));
  expect(download.url()).toMatch(/^blob:/);
});

for (const [width, columns] of [[1280, 1], [1700, 2]] as const) {
  test(`changes stand ${ columns === 2 ? 'side by side' : 'one below the other' } at ${ width } pixels, and nothing is cut off`, async ({ dashboard, page }) => {
    await page.setViewportSize({ width, height: 1000 });
    await dashboard.openTab('docs-secret');
    await dashboard.typeYaml('apiVersion: audit.k8s.io/v1\nkind: Policy\nrules:\n- level: Request\n');
    await dashboard.tab.getByTestId('audit-changes').locator('summary').click();
    const changed = dashboard.tab.getByTestId('audit-diff').last().locator('.hunk.changed').first();
    const [before, after] = await Promise.all([changed.locator('.before').boundingBox(), changed.locator('.after').boundingBox()]);

    expect((after?.x ?? 0) > (before?.x ?? 0)).toBe(columns === 2);
    expect(await dashboard.tab.evaluate((tab) => tab.scrollWidth <= tab.clientWidth)).toBe(true);
  });
}
