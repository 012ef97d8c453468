/**
 * How fast the tab is in Chromium, on the embedded Rancher: from a key to the next paint and to the other pane, for policies of some sizes.
 */
import { chromium, type Browser, type Page } from '@playwright/test';

import { startRancher } from '../../demo/rancher/server';
import { DEFAULT_HOST } from '../../demo/steps/hosts';
import { extensionFolder } from '../../demo/steps/places';
import { Dashboard } from '../browser/dashboard';
import { lookOf } from '../browser/hosts';
import { installedChromium } from '../steps/chromium';
import { BUNDLE, chunkOf, zippedKibibytes } from './chunks';
import { longestOf, medianOf } from './figures';
import { clicked, keyed, recordTimes, timesOf } from './pageTimes';
import { textOfRules } from './policies';

const CLUSTER = 'docs-inline';
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
const KEYS = 12;
const EDITS = 5;
const FINDINGS = 3;
/** How long a page of many rules may take for one step, in milliseconds. */
const PATIENCE = 60_000;

/** Prints what it measures. */
export async function benchOfBrowser(sizes: readonly number[]): Promise<void> {
  const rancher = await startRancher({ port: 0, dashboard: DEFAULT_HOST.dashboard, extension: extensionFolder(), rancherVersion: DEFAULT_HOST.rancherVersion });
  const browser = await chromium.launch({ executablePath: installedChromium() ?? 'chromium', args: FLAGS });

  try {
    const rows: Record<string, object> = {};
    let loaded: readonly string[] = [];

    for (const count of sizes) {
      const { times, files } = await timesInPage(browser, rancher.url, count);

      rows[`${ count } rules`] = times;
      loaded = files;
    }
    console.log(`\nThe tab in Chromium, Rancher ${ DEFAULT_HOST.name }: milliseconds, the median of some and the longest`);
    console.table(rows);
    printFiles(loaded);
  } finally {
    await browser.close();
    await rancher.close();
  }
}

async function timesInPage(browser: Browser, url: string, count: number): Promise<{ readonly times: object; readonly files: readonly string[] }> {
  const page = await browser.newPage();
  const dashboard = new Dashboard(page, url, lookOf(DEFAULT_HOST.name));
  const files = new Set<string>();

  page.setDefaultTimeout(PATIENCE);
  page.on('request', (request) => {
    const [, name] = /\/plugin\/(.+\.js)/.exec(request.url()) ?? [];

    if (name) {
      files.add(name);
    }
  });
  await dashboard.signIn('admin');
  await dashboard.setGlobalConfig(CLUSTER, { 'audit-policy-file': textOfRules(count) });
  await dashboard.goto(`/c/_/manager/provisioning.cattle.io.cluster/fleet-default/${ CLUSTER }?mode=edit`);
  await page.getByTestId('btn-audit-log').waitFor();
  await recordTimes(page);
  const opened = await clicked(page, page.getByTestId('btn-audit-log'), 'rules');
  const keys = await typedTimes(page);
  const moves: number[] = [];

  for (let index = 0; index < EDITS; index++) {
    moves.push(await clicked(page, page.getByRole('button', { name: /^Move rule 1 down/ }), 'text'));
  }
  const findings = await findingTimes(page);
  const { tasks } = await timesOf(page);

  await page.close();

  return {
    files: [...files],
    times: {
      'open the tab':         medianOf([opened]),
      'key to paint':         medianOf(keys.paints),
      'longest':              longestOf(keys.paints),
      'key to rule list':     medianOf(keys.rules),
      'key to finding':       medianOf(findings),
      'rule moved to text':   medianOf(moves),
      'longest task of all':  longestOf(tasks)
    }
  };
}

/** Types into a rule, each key when the rule list shows the one before. */
async function typedTimes(page: Page): Promise<{ readonly paints: readonly number[]; readonly rules: readonly number[] }> {
  const rules: number[] = [];

  await putCursor(page, 'verbs: [watch');
  for (let index = 0; index < KEYS; index++) {
    rules.push(await keyed(page, 'x', 'rules'));
  }

  return { paints: (await timesOf(page)).paints, rules };
}

/** Makes a level wrong and right again. */
async function findingTimes(page: Page): Promise<readonly number[]> {
  const times: number[] = [];

  await putCursor(page, 'level: None');
  for (let index = 0; index < FINDINGS; index++) {
    times.push(await keyed(page, 'x', 'finding'));
    await keyed(page, 'Backspace', 'noFinding');
  }

  return times;
}

/** Puts the keyboard behind the first place where a text stands. */
async function putCursor(page: Page, text: string): Promise<void> {
  await page.evaluate((wanted) => {
    const { CodeMirror: editor } = document.querySelector('[data-testid="audit-yaml"] .CodeMirror') as unknown as { readonly CodeMirror: { getValue(): string; posFromIndex(index: number): object; setCursor(at: object): void; focus(): void } };

    editor.setCursor(editor.posFromIndex(editor.getValue().indexOf(wanted) + wanted.length));
    editor.focus();
  }, text);
}

function printFiles(names: readonly string[]): void {
  const chunks = names.map(chunkOf);

  console.log('\nFiles that opening the tab loads beyond the host, for a policy of many rules');
  console.table(chunks.map(({ name, bytes, zipped }) => ({ file: name, 'KiB': (bytes / 1024).toFixed(1), 'gzip KiB': (zipped / 1024).toFixed(1) })));
  console.log(`Together ${ zippedKibibytes(chunks).toFixed(1) } KiB gzip, of which every page loads ${ zippedKibibytes(chunks.filter(({ name }) => name === BUNDLE)).toFixed(1) }.`);
}
