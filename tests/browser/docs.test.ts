// The documentation's own examples, as someone wrote them into a cluster: shown as they are, and saved as they were.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';

import { expect, test, type Dashboard } from './dashboard';
import { onlyOn } from './hosts';

interface Manifest { readonly data: object; readonly spec: object }

const example = <Shape = Manifest>(name: string): Shape => load(readFileSync(join(__dirname, '../cases/docs', `${ name }.yaml`), 'utf8')) as Shape;
const RKE1_POLICY = /omitStages: \[RequestReceived\]/;

/** Puts what an example's Secret holds into the one of that name, and its cluster's part into a cluster of the demo. */
async function configure(dashboard: Dashboard, cluster: string, names: { readonly cluster: string; readonly secret: string }): Promise<void> {
  const { data } = example(names.secret);

  await dashboard.merge('secrets/fleet-default/dev-audit-policy', { metadata: { annotations: { 'rke.cattle.io/object-authorized-for-clusters': cluster } }, data });
  await dashboard.change(cluster, example(names.cluster).spec);
}

async function expectShown(dashboard: Dashboard, cluster: string, delivery: string, policy: string): Promise<void> {
  await dashboard.openTab(cluster);
  await expect(dashboard.tab.getByTestId('audit-status')).toHaveAttribute('data-state', 'on');
  await expect(dashboard.tab.getByTestId(`audit-delivery-${ delivery }`)).toBeChecked();
  await expect.poll(() => dashboard.yaml()).toContain(policy);
}

async function expectUntouched(dashboard: Dashboard, cluster: string): Promise<void> {
  const { machineGlobalConfig, machineSelectorFiles } = (await dashboard.cluster(cluster)).spec.rkeConfig as Readonly<Record<string, unknown>>;
  const { spec } = (await dashboard.save()).postDataJSON() as Awaited<ReturnType<Dashboard['cluster']>>;

  expect(spec.rkeConfig).toMatchObject({ machineGlobalConfig, ...(machineSelectorFiles ? { machineSelectorFiles } : {}) });
}

test('RKE2, method 1', async ({ dashboard }) => {
  await dashboard.change('pools', example('rke2-method-1').spec);
  await expectShown(dashboard, 'pools', 'inline', 'level: RequestResponse');
  await expectUntouched(dashboard, 'pools');
});

test('RKE2, method 2', async ({ dashboard }) => {
  await configure(dashboard, 'pools', { cluster: 'rke2-method-2-cluster', secret: 'rke2-method-2-secret' });
  await expectShown(dashboard, 'pools', 'secret', 'Log all requests at the Metadata level');
  await expectUntouched(dashboard, 'pools');
});

test('K3s', async ({ dashboard }) => {
  await configure(dashboard, 'k3s', { cluster: 'k3s-cluster', secret: 'k3s-secret' });
  await expectShown(dashboard, 'k3s', 'secret', 'Log all requests at the Metadata level');
  await expectUntouched(dashboard, 'k3s');
  expect((await dashboard.plan('k3s')).error).toBe('');
});

for (const [name, auditLog] of [
  ['rke1', { enabled: true, configuration: null }],
  ['rke1-customized', { enabled: true, configuration: { maxAge: 6, maxBackup: 6, maxSize: 110, path: '/var/log/kube-audit/audit-log.json', format: 'json' } }]
] as const) {
  test(`RKE1, ${ name }`, onlyOn('2.10', 'later Ranchers have no RKE1'), async ({ dashboard, page, rancher }) => {
    const { rancher_kubernetes_engine_config: config } = example<{ readonly rancher_kubernetes_engine_config: { readonly services: { readonly 'kube-api': { readonly audit_log: { readonly configuration?: { readonly policy: object } } } } } }>(name);
    const policy = config.services['kube-api'].audit_log.configuration?.policy;
    const wanted = policy ? { ...auditLog, configuration: { ...auditLog.configuration, policy } } : auditLog;

    await page.request.put(`${ rancher.url }/v3/clusters/c-rk1dm`, { data: { name: 'rke1', rancherKubernetesEngineConfig: { services: { kubeApi: { auditLog: wanted } } } } });
    await dashboard.openList();
    await dashboard.openRowMenu('rke1');
    await dashboard.menuItem('Enable audit log…').click();
    await expect(dashboard.dialog.getByTestId('audit-status')).toHaveAttribute('data-state', 'on');
    await expect(dashboard.dialog.getByTestId('audit-yaml')).toContainText(policy ? RKE1_POLICY : 'level: Metadata');
    await expect(dashboard.dialog.getByTestId('audit-log-maxage')).toHaveValue(policy ? '6' : '');
    await expect(dashboard.dialog.getByTestId('audit-dialog-apply')).toBeDisabled();
  });
}
