// The host's own YAML editor beside our tab.
import { load } from 'js-yaml';

import { expect, test } from './dashboard';

test('a change in the tab shows in Edit as YAML and is still there after Back', async ({ dashboard }) => {
  await dashboard.openTab('prod-custom');
  await dashboard.tab.getByTestId('audit-preset-rancherDocs').check();
  await dashboard.tab.getByTestId('audit-turn-on').click();
  const policy = await dashboard.yaml();

  await dashboard.editAsYaml();
  expect(await dashboard.editHostYaml()).toContain('audit-policy-file: |');

  await dashboard.backToForm();
  await dashboard.showTab();
  await expect(dashboard.tab.getByTestId('audit-status')).toContainText('On');
  await expect.poll(() => dashboard.yaml()).toBe(policy);

  const { spec } = (await dashboard.save()).postDataJSON() as Awaited<ReturnType<typeof dashboard.cluster>>;

  expect(spec.rkeConfig.machineGlobalConfig['audit-policy-file']).toBe(policy);
});

test('saving from Edit as YAML sends what the YAML says and nothing of ours', async ({ dashboard }) => {
  await dashboard.openTab('prod-custom');
  await dashboard.tab.getByTestId('audit-turn-on').click();
  await dashboard.editAsYaml();

  const yaml = await dashboard.editHostYaml({ without: /^ {6}audit-policy-file: \|\n(?: {8}.*\n)+/ });
  const sent = await dashboard.save();

  expect(yaml).not.toContain('audit-policy-file');
  expect(sent.headers()['content-type']).toContain('yaml');
  // The host takes the read-only parts of metadata out.
  expect((load(sent.postData() ?? '') as { spec: object }).spec).toEqual((load(yaml) as { spec: object }).spec);
  await sent.response();
  expect((await dashboard.cluster('prod-custom')).spec.rkeConfig.machineGlobalConfig).not.toHaveProperty('audit-policy-file');
});
