// Requests on a policy: what it says of one that is tried, and what is expected of it.
import { readFileSync } from 'node:fs';
import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';

import { runCommand } from '../unit/cli/run';
import { expect, test, type ApiCluster, type Dashboard } from './dashboard';
import { ON_REAL_SERVERS, onlyOn } from './hosts';

const INSIDE = onlyOn('2.15', 'what is inside the policy parts is the same code on every host');

const POLICY = `apiVersion: audit.k8s.io/v1
kind: Policy
rules:
- level: None
  users: [root]
# writes
- level: Request
  verbs: [create, update]
- level: Metadata
  resources:
  - group: ""
    resources: [secrets, pods/log]
- level: None
`;

function partsOf(dashboard: Dashboard): { readonly get: (testId: string) => Locator; readonly field: (testId: string) => Locator } {
  const get = (testId: string): Locator => dashboard.tab.getByTestId(testId);

  return { get, field: (testId) => get(testId).locator('input') };
}

/** What the machines get of the audit log, as a cluster says it. */
function configured({ spec: { rkeConfig } }: ApiCluster): object {
  const { machineGlobalConfig, machineSelectorFiles } = rkeConfig as ApiCluster['spec']['rkeConfig'] & { readonly machineSelectorFiles?: unknown };

  return { arguments: machineGlobalConfig['kube-apiserver-arg'], policy: machineGlobalConfig['audit-policy-file'], files: machineSelectorFiles };
}

async function expectNoBarriers(page: Page, faint: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).include('[data-testid="audit-request"]').include('[data-testid="audit-expectations"]').analyze();

  expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').flatMap(({ id, nodes }) => nodes.map(({ html }) => `${ id } ${ html }`)).filter((barrier) => !faint || !barrier.includes('btn'))).toEqual([]);
}

test('a request is answered while it is typed, by whoever comes on whichever path', INSIDE, async ({ dashboard, look, page }, testInfo) => {
  const { get, field } = partsOf(dashboard);

  await page.setViewportSize({ width: 1600, height: 1200 });
  await dashboard.setPreference('theme', JSON.stringify('ui-dark'));
  await dashboard.openTab('docs-inline');
  await dashboard.typeYaml(POLICY);
  await get('audit-request').locator('summary').first().click();
  await expect(get('audit-request-verdict')).toContainText('Rule 3 decides.');
  await expect(get('audit-rule-2')).toContainText('Decides the request');
  await expect(get('audit-rule-1')).toContainText('verb get is not in create, update');

  await get('audit-request-form-kubectl').check();
  await expect(field('audit-request-kubectl')).toHaveValue('kubectl logs web-0 -n default');
  await expect(get('audit-request-verdict')).toContainText('Rule 3 decides.');
  await expect(get('audit-request-events')).toContainText('ResponseStarted');
  await field('audit-request-kubectl').fill('kubectl create configmap settings');
  await expect(get('audit-request-verdict')).toContainText('Rule 2 decides.');
  await get('audit-request').getByText('What an event looks like').click();
  await expect(get('audit-request-event')).toContainText('requestObject:');
  await expect(get('audit-request-event')).toContainText('impersonatedUser:');
  await get('audit-request-why').locator('summary').click();
  await expect(get('audit-request-why')).toContainText('Rule 1: user system:serviceaccount:cattle-impersonation-system:cattle-impersonation-u-abc12 is not root.');
  await page.screenshot({ path: testInfo.outputPath('tried.png'), fullPage: true });
  await expectNoBarriers(page, look.faint);

  await get('audit-skip-1').click();
  await expect(get('audit-request-skipped')).toContainText('Simulating without rule 2 – not saved.');
  await expect(get('audit-request-verdict')).toContainText('Rule 4 decides – not logged.');
  expect(await dashboard.yaml()).toBe(POLICY);
  await get('audit-request-skipped').getByRole('button').click();

  await get('audit-request-identity').selectOption('unauthenticated');
  await expect(get('audit-request-verdict')).toContainText('Rule 2 decides.');
  await get('audit-request-identity').selectOption('other');
  await field('audit-request-user').fill('root');
  await expect(get('audit-request-verdict')).toContainText('Rule 1 decides – not logged.');
  await get('audit-request-add-rule').click();
  await expect(get('audit-request-verdict')).toContainText('MetadataRule 1 decides.');
  await expect.poll(() => dashboard.yaml()).toContain('# writes');
});

test('expectations are kept in the Secret of the policy, and restart no machine', ON_REAL_SERVERS, async ({ dashboard, look, page }, testInfo) => {
  const { get, field } = partsOf(dashboard);
  const before = await dashboard.cluster('docs-secret');
  const secret = async (): Promise<Readonly<Record<string, string>>> => (await dashboard.object('secrets/fleet-default/dev-audit-policy') as unknown as { readonly data: Readonly<Record<string, string>> }).data;
  const { 'audit-policy': policy = '' } = await secret();

  await dashboard.openTab('docs-secret');
  await get('audit-request').locator('summary').first().click();
  await get('audit-request-form-url').check();
  await field('audit-request-url').fill('/version');
  await get('audit-request-expect').click();
  await expect(get('audit-expectations-sum')).toHaveText('1 of 1 holds');
  await expect(get('audit-pending')).toContainText('No machine restarts for it.');
  await expectNoBarriers(page, look.faint);
  await (await dashboard.save()).response();

  await expect.poll(async () => Object.keys(await secret()).sort()).toEqual(['audit-policy', 'audit-policy-expectations']);
  expect((await secret())['audit-policy']).toBe(policy);
  // The host's own form adds defaults of its own to what it saves.
  expect(configured(await dashboard.cluster('docs-secret'))).toEqual(configured(before));
  expect((await dashboard.plan('docs-secret')).error).toBe('');

  await dashboard.openTab('docs-secret');
  await expect(get('audit-expectations-sum')).toHaveText('1 of 1 holds');
  await expect(get('audit-pending')).toHaveCount(0);
  await dashboard.typeYaml('apiVersion: audit.k8s.io/v1\nkind: Policy\nrules:\n- level: None\n  nonResourceURLs: [/version]\n- level: Metadata\n');
  await expect(get('audit-expectations-sum')).toHaveText('0 of 1 holds');
  await get('audit-expectations').locator('summary').first().click();
  await expect(get('audit-expectation-0')).toContainText('differs');
  await expect(get('audit-expectation-level')).toContainText('None, was Metadata');
  await page.screenshot({ path: testInfo.outputPath('expectations.png'), fullPage: true });
  await expectNoBarriers(page, look.faint);
});

test('the file of expectations is what cluster-audit test runs, and can be imported', INSIDE, async ({ dashboard, page }) => {
  const { get, field } = partsOf(dashboard);

  await dashboard.openTab('docs-inline');
  await dashboard.typeYaml(POLICY);
  await get('audit-request').locator('summary').first().click();
  await get('audit-request-form-kubectl').check();
  for (const line of ['kubectl get secrets -n prod', 'kubectl create configmap a', 'kubectl get nodes']) {
    await field('audit-request-kubectl').fill(line);
    await get('audit-request-expect').click();
  }
  await expect(get('audit-expectations-sum')).toHaveText('3 of 3 hold');
  await expect(get('audit-expectations')).toContainText('as long as this page is open');
  const download = page.waitForEvent('download');

  await get('audit-expectations-export').click();
  const file = readFileSync(await (await download).path(), 'utf8');
  const files = { 'policy.yaml': POLICY, 'expectations.yaml': file, 'other.yaml': POLICY.replace('level: Request', 'level: None') };

  expect(await runCommand(['test', 'policy.yaml', 'expectations.yaml'], { files })).toMatchObject({ code: 0 });
  expect(await runCommand(['test', 'other.yaml', 'expectations.yaml'], { files })).toMatchObject({ code: 1, out: expect.stringContaining('2 of 3 expectations hold.') });

  await page.getByRole('button', { name: 'Remove expectation 1' }).click();
  await expect(get('audit-expectations-sum')).toHaveText('2 of 2 hold');
  await get('audit-expectations-file').setInputFiles({ name: 'e.yaml', mimeType: 'application/yaml', buffer: Buffer.from(file.replace('level: "Request"', 'level: "Metadta"')) });
  await expect(get('audit-expectations')).toContainText('level must be one of None, Metadata, Request, RequestResponse');
  await get('audit-expectations-file').setInputFiles({ name: 'e.yaml', mimeType: 'application/yaml', buffer: Buffer.from(file) });
  await expect(get('audit-expectations-sum')).toHaveText('3 of 3 hold');

  await get('audit-delivery-secret').check();
  await expect(get('audit-expectations')).toContainText('saved with the policy');
  await expect(get('audit-expectations-sum')).toHaveText('3 of 3 hold');
});
