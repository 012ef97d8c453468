// Every way from the tab to the machines: what the API then holds, and what Rancher's planner makes of it.
import { METADATA } from '../../audit/presets/metadata';
import { expect, test, type ApiCluster, type Dashboard, type MachinePlans } from './dashboard';
import { ON_REAL_SERVERS } from './hosts';

const POLICY_PATH = '/etc/rancher/rke2/kubernetes-audit/policy.yaml';
const INLINE_PATH = '/var/lib/rancher/rke2/etc/config-files/audit-policy-file';
const ARGS = 'kube-apiserver-arg';
/** In milliseconds. */
const PATIENCE = 30_000;

type Machine = MachinePlans['machines'][number];

const argumentsOf = ({ config }: Machine): readonly string[] => config[ARGS] as readonly string[] | undefined ?? [];
const serversOf = (machines: readonly Machine[]): readonly Machine[] => machines.filter(({ machine }) => machine.includes('-cp-'));
const fileAt = ({ files }: Machine, path: string): string | undefined => files.find((file) => file.path === path)?.content;

/** What auditing is configured by; the host's form fills in other fields by itself. */
function listsOf({ spec }: ApiCluster): unknown {
  const { machineGlobalConfig, machineSelectorConfig, machineSelectorFiles } = spec.rkeConfig as Readonly<Record<string, unknown>>;

  return { machineGlobalConfig, machineSelectorConfig, machineSelectorFiles };
}

async function save(dashboard: Dashboard): Promise<void> {
  expect((await (await dashboard.save()).response())?.status()).toBe(200);
}

/** Waits until every machine has applied a plan, and all of them are as they should be: each gets its plan when those before it are done. */
async function expectPlans(dashboard: Dashboard, cluster: string, check: (machines: readonly Machine[]) => void): Promise<void> {
  await expect(async () => {
    const { error, machines } = await dashboard.plan(cluster);

    expect(error).toBe('');
    expect(machines.map(({ applied }) => applied)).toEqual(machines.map(() => true));
    check(machines);
  }).toPass({ timeout: PATIENCE });
}

/** Waits until a machine has a file with the text. */
async function expectFile(dashboard: Dashboard, cluster: string, path: string, text: string): Promise<void> {
  await expectPlans(dashboard, cluster, (machines) => expect(machines.map((machine) => fileAt(machine, path)).join()).toContain(text));
}

for (const delivery of ['inline', 'inline-selector', 'secret', 'configmap', 'secret-selector', 'configmap-selector']) {
  test(`${ delivery }: from off to the machines, and off again`, async ({ dashboard }) => {
    const before = await dashboard.cluster('pools');

    await dashboard.openTab('pools');
    await dashboard.tab.getByTestId('audit-turn-on').click();
    await dashboard.tab.getByTestId(`audit-delivery-${ delivery }`).check();
    await save(dashboard);

    const isInline = delivery.startsWith('inline');

    await expectPlans(dashboard, 'pools', (machines) => {
      const [servers, workers] = [serversOf(machines), machines.filter(({ machine }) => machine.includes('-workers-'))];

      expect(servers.length).toBeGreaterThan(0);
      expect(workers.length).toBeGreaterThan(0);
      for (const server of servers) {
        expect(fileAt(server, isInline ? INLINE_PATH : POLICY_PATH)?.trim()).toBe(METADATA.policy.trim());
        expect(isInline ? server.config['audit-policy-file'] : argumentsOf(server).find((argument) => argument.startsWith('audit-policy-file='))).toBe(isInline ? INLINE_PATH : `audit-policy-file=${ POLICY_PATH }`);
      }
      for (const worker of workers) {
        expect(worker.config['audit-policy-file']).toBe(delivery === 'inline' ? INLINE_PATH : undefined);
        expect(argumentsOf(worker)).toEqual([]);
      }
    });

    await dashboard.openTab('pools');
    await dashboard.tab.getByTestId('audit-turn-off').click();
    await save(dashboard);
    expect(listsOf(await dashboard.cluster('pools'))).toEqual(listsOf(before));
  });
}

test('an inline policy moves to the control plane alone, and from there into a Secret', async ({ dashboard }) => {
  await dashboard.openTab('docs-inline');
  await dashboard.tab.getByTestId('audit-delivery-inline-selector').check();
  await save(dashboard);
  expect((await dashboard.cluster('docs-inline')).spec.rkeConfig.machineGlobalConfig['audit-policy-file']).toBeUndefined();
  await expectFile(dashboard, 'docs-inline', INLINE_PATH, 'RequestResponse');

  await dashboard.openTab('docs-inline');
  await dashboard.tab.getByTestId('audit-delivery-secret').check();
  await save(dashboard);
  expect(JSON.stringify((await dashboard.cluster('docs-inline')).spec)).not.toContain('RequestResponse');
  await expectFile(dashboard, 'docs-inline', POLICY_PATH, 'RequestResponse');
});

test('where a pod security template gives arguments, no selector is offered, and the template’s stay', ON_REAL_SERVERS, async ({ dashboard }) => {
  const TEMPLATE_ARGUMENT = 'admission-control-config-file=/etc/rancher/rke2/config/rancher-psact.yaml';

  await dashboard.change('pools', { defaultPodSecurityAdmissionConfigurationTemplateName: 'rancher-restricted' });
  await dashboard.openTab('pools');
  await dashboard.tab.getByTestId('audit-turn-on').click();
  await expect(dashboard.tab.getByTestId('audit-delivery-secret-selector')).toBeDisabled();
  await expect(dashboard.tab.getByTestId('audit-delivery')).toContainText('rancher-restricted');
  await dashboard.tab.getByTestId('audit-delivery-secret').check();
  await save(dashboard);

  await expectPlans(dashboard, 'pools', (machines) => expect(serversOf(machines).map(argumentsOf)).toEqual(serversOf(machines).map(() => expect.arrayContaining([TEMPLATE_ARGUMENT, `audit-policy-file=${ POLICY_PATH }`]) as unknown)));
  await dashboard.openTab('pools');
  await dashboard.tab.getByTestId('audit-turn-off').click();
  await save(dashboard);
  expect((await dashboard.cluster('pools')).spec.rkeConfig.machineGlobalConfig[ARGS]).toEqual([TEMPLATE_ARGUMENT]);
});

test('another user’s argument at the front of the list survives, and so do ours', ON_REAL_SERVERS, async ({ dashboard, page }) => {
  await dashboard.openTab('docs-secret');
  await dashboard.tab.getByTestId('audit-log-maxage').fill('45');
  await dashboard.tab.getByTestId('audit-log-maxage').press('Enter');
  const { [ARGS]: args } = (await dashboard.cluster('docs-secret')).spec.rkeConfig.machineGlobalConfig;

  await dashboard.setGlobalConfig('docs-secret', { [ARGS]: ['event-ttl=2h', ...args as string[]] });
  await dashboard.pressSave();
  await expect.poll(async () => {
    // The form may have been left by then, and its button with it.
    await page.getByRole('button', { name: 'Save', exact: true }).click({ timeout: 2_000 }).catch(() => undefined);

    return (await dashboard.cluster('docs-secret')).spec.rkeConfig.machineGlobalConfig[ARGS];
  }, { timeout: 30_000, intervals: [2_000] }).toEqual(['event-ttl=2h', ...args as string[], 'audit-log-maxage=45']);
  expect((await dashboard.plan('docs-secret')).error).toBe('');
});

test('a cluster that was refused after its Secret is saved by the next try, with the same Secret', async ({ dashboard, page }) => {
  const secrets: string[] = [];

  page.on('request', (request) => {
    if (request.method() === 'POST' && new URL(request.url()).pathname === '/v1/secrets') {
      secrets.push((request.postDataJSON() as { readonly metadata: { readonly name: string } }).metadata.name);
    }
  });
  await dashboard.openTab('k3s');
  await dashboard.tab.getByTestId('audit-turn-on').click();
  await dashboard.fail({ method: 'PUT', path: '/v1/provisioning.cattle.io.clusters', status: 500, count: 1 });
  await dashboard.pressSave();
  await expect(page.getByText('told to fail')).toBeVisible();
  expect(JSON.stringify((await dashboard.cluster('k3s')).spec)).not.toContain('audit');

  await save(dashboard);
  expect(new Set(secrets).size).toBe(1);
  expect(JSON.stringify((await dashboard.cluster('k3s')).spec)).toContain(secrets[0]);
  expect((await dashboard.plan('k3s')).error).toBe('');
});

test('a new cluster that was refused after its Secret is created by the next try', async ({ dashboard, page }) => {
  await dashboard.openCreateForm();
  await dashboard.tab.getByTestId('audit-turn-on').click();
  await dashboard.tab.getByTestId('audit-delivery-secret').check();
  await page.getByTestId('name-ns-description-name').locator('input').fill('refused-once');
  await dashboard.fail({ method: 'POST', path: '/v1/provisioning.cattle.io.clusters', status: 500, count: 1 });
  await dashboard.pressSave();
  await expect(page.getByText('told to fail')).toBeVisible();

  expect((await (await dashboard.save()).response())?.status()).toBe(201);
  const cluster = await dashboard.cluster('refused-once');
  const [, name = ''] = /"name":"(refused-once-audit-policy-\w+)"/.exec(JSON.stringify(cluster.spec)) ?? [];

  expect(await dashboard.object(`secrets/fleet-default/${ name }`)).toMatchObject({ metadata: { annotations: { 'rke.cattle.io/object-authorized-for-clusters': 'refused-once' } } });
});

test('a standard user may create Secrets and no ConfigMaps, and is told so', ON_REAL_SERVERS, async ({ dashboard }) => {
  await dashboard.signIn('standard');
  await dashboard.openTab('docs-inline');
  await expect(dashboard.tab.getByTestId('audit-delivery-configmap')).toBeDisabled();
  await dashboard.tab.getByTestId('audit-delivery-secret').check();
  await save(dashboard);

  await dashboard.signIn('admin');
  await expectFile(dashboard, 'docs-inline', POLICY_PATH, 'RequestResponse');
});
