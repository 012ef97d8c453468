/**
 * The dashboard of a host with the extension, in Chromium, on a Rancher of its own for each test.
 *
 * A test fails when the page throws, when our code makes Vue or the browser complain, or when the page asks any other host for anything.
 */
import { expect, type Locator, type Page, type Request } from '@playwright/test';

import { lookOf, type HostLook } from './hosts';
import { testOnRancher } from './rancher';

export { expect };

const CLUSTERS = '/c/_/manager/provisioning.cattle.io.cluster';
/** Rancher 2.10 leaves a letter out. */
const DETAIL_MENU = /^mas?thead-action-menu$/;
const CLUSTER_API = '/v1/provisioning.cattle.io.clusters/fleet-default';

interface CodeMirrorElement extends HTMLElement { CodeMirror: { getValue(): string; setValue(text: string): void } }

/** The keys of the API's cluster that the tests look at. */
export interface ApiCluster {
  readonly metadata: { readonly resourceVersion: string };
  readonly spec: { readonly kubernetesVersion: string; readonly rkeConfig: { readonly machineGlobalConfig: Readonly<Record<string, unknown>> } };
}

/** The plans of a cluster's machines, or why there are none. */
export interface MachinePlans {
  readonly error: string;
  readonly machines: readonly { readonly machine: string; readonly config: Readonly<Record<string, unknown>>; readonly files: readonly { readonly path: string; readonly content: string }[]; readonly applied: boolean }[];
}

interface Fixtures {
  /** What the browser complains of rightly, in a test that gives it a reason. */
  readonly complaint: RegExp | undefined;
  readonly look: HostLook;
  readonly dashboard: Dashboard;
}

export const test = testOnRancher.extend<Fixtures>({
  complaint: [undefined, { option: true }],

  look: async ({ host }, use) => use(lookOf(host)),

  dashboard: async ({ page, rancher, look, complaint }, use) => {
    const errors: string[] = [];
    const foreign: string[] = [];

    page.on('pageerror', (error) => errors.push(error.stack ?? error.message));
    page.on('console', (message) => {
      if (message.type() === 'error' && message.location().url.includes('/plugin/') && !complaint?.test(message.text())) {
        errors.push(message.text());
      }
    });
    page.on('request', (request) => {
      if (/^(http|ws)s?:/.test(request.url()) && new URL(request.url()).host !== new URL(rancher.url).host) {
        foreign.push(request.url());
      }
    });
    await use(new Dashboard(page, rancher.url, look));
    expect(errors, 'errors on the page').toEqual([]);
    expect(foreign, 'requests to other hosts').toEqual([]);
  }
});

/** What a user does in the dashboard, and what the API then says. */
export class Dashboard {
  readonly #page: Page;
  readonly #url: string;
  readonly #look: HostLook;
  readonly tab: Locator;
  /** What our actions open. */
  readonly dialog: Locator;

  constructor(page: Page, url: string, look: HostLook) {
    this.#page = page;
    this.#url = url;
    this.#look = look;
    this.tab = page.getByTestId('audit-log-tab');
    this.dialog = page.getByTestId('audit-dialog');
  }

  async signIn(user: 'admin' | 'standard' | 'readonly'): Promise<void> {
    await this.#page.goto('about:blank');
    await this.#page.request.get(`${ this.#url }/demo/login/${ user }`, { maxRedirects: 0 });
  }

  /** Sets a preference as the dashboard keeps it: on the server, and in a cookie for before it has asked. */
  async setPreference(name: 'theme' | 'locale', value: string): Promise<void> {
    await this.#page.context().addCookies([{ name: `R_${ name.toUpperCase() }`, value, url: this.#url }]);
    const [preferences] = (await this.#json('/v1/userpreferences') as { data: { id: string; data: object }[] }).data;

    await this.#page.request.put(`${ this.#url }/v1/userpreferences/${ preferences?.id }`, { data: { ...preferences, data: { ...preferences?.data, [name]: value } } });
  }

  async goto(path: string): Promise<void> {
    await this.#page.goto(`${ this.#url }${ path }`);
  }

  async openList(): Promise<void> {
    await this.goto(CLUSTERS);
  }

  /** The row of a cluster in the list. */
  row(cluster: string): Locator {
    return this.#page.getByRole('row').filter({ has: this.#page.getByRole('link', { name: cluster, exact: true }) });
  }

  /** Opens the action menu of a cluster's row in the list. */
  async openRowMenu(cluster: string): Promise<void> {
    await this.row(cluster).getByTestId(/action-button$/).click();
  }

  /** An entry of the action menu that is open. */
  menuItem(name: string): Locator {
    // An icon counts as a part of the accessible name.
    return this.#look.menuItems(this.#page).filter({ hasText: new RegExp(`^\\s*${ name.replaceAll(/\W/g, '\\$&') }\\s*$`) });
  }

  /** Opens the page of a cluster that shows it without editing it. */
  async openDetail(cluster: string): Promise<void> {
    await this.goto(`${ CLUSTERS }/fleet-default/${ cluster }`);
    await expect(this.#page.getByTestId(DETAIL_MENU)).toBeVisible();
  }

  /** Opens the action menu of the page of a cluster. */
  async openDetailMenu(): Promise<void> {
    await this.#page.getByTestId(DETAIL_MENU).click();
  }

  /** From the page of a cluster to its configuration, which can only be read there. */
  async showConfiguration(): Promise<void> {
    await this.#look.showConfiguration(this.#page).click();
  }

  /** Opens a cluster's form in a mode of the host's. */
  async openForm(cluster: string, query = 'mode=edit'): Promise<void> {
    await this.goto(`${ CLUSTERS }/fleet-default/${ cluster }?${ query }`);
    await expect(this.#page.getByTestId('btn-basic')).toBeVisible();
  }

  /** Opens a cluster's form in a mode of the host's, at our tab. */
  async openTab(cluster: string, query?: string): Promise<void> {
    await this.openForm(cluster, query);
    await this.showTab();
  }

  async openCreateForm(): Promise<void> {
    await this.goto(`${ CLUSTERS }/create?type=custom&rkeType=rke2`);
    await this.showTab();
  }

  /** Picks a Kubernetes version in the form, such as the first one with `+k3s`. */
  async chooseVersion(part: string): Promise<void> {
    await this.#page.getByTestId('btn-basic').click();
    await this.#page.locator('.labeled-select').filter({ hasText: 'Kubernetes Version' }).first().click();
    await this.#page.locator('.vs__dropdown-option').filter({ hasText: part }).first().click();
    await this.showTab();
  }

  async showTab(): Promise<void> {
    await this.#page.getByTestId('btn-audit-log').click();
    await expect(this.tab).toBeVisible();
  }

  /** The text of the YAML pane, as the editor shows it. */
  async yaml(): Promise<string> {
    return this.tab.getByTestId('audit-yaml').locator('.CodeMirror').evaluate((editor) => (editor as CodeMirrorElement).CodeMirror.getValue());
  }

  /** Replaces all of the text by typing. */
  async typeYaml(text: string): Promise<void> {
    await this.tab.locator('.CodeMirror').click();
    await this.#page.keyboard.press('ControlOrMeta+a');
    await this.#page.keyboard.insertText(text);
  }

  async addToList(field: string, ...items: readonly string[]): Promise<void> {
    const input = this.tab.getByTestId(field).getByRole('combobox');

    for (const item of items) {
      await input.fill(item);
      await input.press('Enter');
    }
  }

  /** Presses Save and returns the write that the dashboard sends. */
  async save(): Promise<Request> {
    const write = this.#page.waitForRequest((request) => ['PUT', 'POST'].includes(request.method()) && new URL(request.url()).pathname.startsWith('/v1/provisioning.cattle.io.cluster'));

    await this.pressSave();

    return write;
  }

  async pressSave(): Promise<void> {
    await this.#page.getByRole('button', { name: /^(Save|Create)$/ }).click();
  }

  /** The host asks first whether it may keep what the form has changed so far. */
  async editAsYaml(): Promise<void> {
    await this.#page.getByRole('button', { name: 'Edit as YAML' }).click();
    await this.#page.getByRole('button', { name: 'Save and Continue' }).click();
    await expect(this.#page.locator('.CodeMirror')).toBeVisible();
  }

  /** Edits what the host's YAML editor holds, and returns what it then holds. */
  async editHostYaml(edit: { readonly without?: RegExp } = {}): Promise<string> {
    return this.#page.locator('.CodeMirror').evaluate((element, without) => {
      const editor = (element as CodeMirrorElement).CodeMirror;

      if (without) {
        editor.setValue(editor.getValue().replace(new RegExp(without, 'm'), ''));
      }

      return editor.getValue();
    }, edit.without?.source);
  }

  /** The host warns that edits of its YAML are lost. */
  async backToForm(): Promise<void> {
    await this.#page.getByRole('button', { name: 'Back to Form' }).click();
    await this.#page.getByRole('button', { name: 'Okay' }).click();
  }

  async cluster(name: string): Promise<ApiCluster> {
    return await this.#json(`${ CLUSTER_API }/${ name }`) as ApiCluster;
  }

  /** An object as Steve gives it, such as `secrets/fleet-default/policy`. */
  async object(path: string): Promise<{ readonly metadata: object }> {
    return await this.#json(`/v1/${ path }`) as { readonly metadata: object };
  }

  /** What Rancher's planner brings to each machine of a cluster. */
  async plan(name: string): Promise<MachinePlans> {
    return await this.#json(`/demo/plans/fleet-default/${ name }`) as MachinePlans;
  }

  /** Changes a cluster behind the dashboard's back. */
  async setGlobalConfig(name: string, config: Readonly<Record<string, unknown>>): Promise<void> {
    await this.change(name, { rkeConfig: { machineGlobalConfig: config } });
  }

  /** Merges something into a cluster's spec behind the dashboard's back. */
  async change(name: string, spec: object): Promise<void> {
    await this.merge(`provisioning.cattle.io.clusters/fleet-default/${ name }`, { spec });
  }

  /** Merges something into an object, such as `secrets/fleet-default/policy`, behind the dashboard's back. */
  async merge(path: string, patch: object): Promise<void> {
    expect((await this.#page.request.patch(`${ this.#url }/v1/${ path }`, { headers: { 'content-type': 'application/merge-patch+json' }, data: JSON.stringify(patch) })).status()).toBe(200);
  }

  /** Lets requests go wrong. */
  async fail(fault: { readonly method: string; readonly path: string; readonly status: number; readonly count: number }): Promise<void> {
    await this.#page.request.post(`${ this.#url }/demo/faults`, { data: fault });
  }

  async #json(path: string): Promise<unknown> {
    // Steve answers a browser that asks for anything with a page.
    const answer = await this.#page.request.get(`${ this.#url }${ path }`, { headers: { accept: 'application/json' } });

    return answer.json();
  }
}
