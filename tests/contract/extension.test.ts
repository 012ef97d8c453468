/** UI extensions, and the files of the host dashboard. */
import { expect, test } from 'vitest';

import { folderWith } from './folders';
import { at, useRancher } from './target';

const extension = folderWith({
  'package.json': JSON.stringify({ name: 'sample', version: '1.2.3', description: 'A sample', rancher: { annotations: { 'catalog.cattle.io/rancher-version': '>= 2.10.0' } } }),
  'sample-1.2.3.umd.min.js': 'window.sample = 1;',
  'files/lazy.js': 'window.lazy = 1;',
  '.secret': 'hidden'
});
const dashboard = folderWith({
  'index.html': '<title>Rancher</title>',
  'js/index.js': 'window.dashboard = 1;',
  'fonts/icons.04637177.woff': 'font'
});
const rancher = useRancher({ dashboard, extension });
const bare = useRancher();
const PLUGIN = '/v1/uiplugins/sample/1.2.3/plugin';
const html = { accept: 'text/html,application/xhtml+xml' };

test('the list of extensions names the one that was given, with the shells that it supports', async () => {
  expect((await rancher.anonymous().get('/v1/uiplugins')).body).toEqual({
    entries: {
      sample: {
        name: 'sample',
        version: '1.2.3',
        endpoint: PLUGIN,
        noCache: true,
        noAuth: false,
        metadata: {
          'catalog.cattle.io/ui-extensions-version': '>= 3.0.0 < 4.0.0',
          'catalog.cattle.io/display-name': 'A sample',
          'catalog.cattle.io/rancher-version': '>= 2.10.0'
        }
      }
    }
  });
});

test('without an extension the list is empty', async () => {
  expect((await bare.anonymous().get('/v1/uiplugins')).body).toEqual({ entries: {} });
});

test('the extension is an object as well', async () => {
  const { body } = await rancher.as('admin').get('/v1/catalog.cattle.io.uiplugins');

  expect(at(body, 'data', 0)).toMatchObject({ id: 'cattle-ui-plugin-system/sample', spec: { plugin: { name: 'sample', version: '1.2.3' } } });
});

test('the files of the extension are served', async () => {
  const bundle = await rancher.anonymous().get(`${ PLUGIN }/sample-1.2.3.umd.min.js`);

  expect(bundle).toMatchObject({ status: 200, text: 'window.sample = 1;' });
  expect(bundle.headers.get('content-type')).toContain('javascript');
  expect(await rancher.anonymous().get(`${ PLUGIN }/files/lazy.js`)).toMatchObject({ status: 200 });
});

test.each(['missing.js', '.secret', '..%2fpackage.json%2f..%2f..%2f..%2fetc%2fpasswd', '%2e%2e/%2e%2e/etc/passwd', 'files'])('nothing else is served from the folder: %s', async (path) => {
  const answer = await rancher.anonymous().get(`${ PLUGIN }/${ path }`);

  expect(answer.status).toBeGreaterThanOrEqual(400);
  expect(answer.status).toBeLessThan(500);
});

test('the dashboard is the start page and the page of each of its routes', async () => {
  for (const path of ['/', '/c/_/manager/provisioning.cattle.io.cluster?mode=edit', '/auth/login']) {
    expect([path, (await rancher.anonymous().get(path, html)).text]).toEqual([path, '<title>Rancher</title>']);
  }
});

test('what is not for a page is not answered with one', async () => {
  expect(await rancher.anonymous().get('/js/missing.js')).toMatchObject({ status: 404, text: '404 page not found\n' });
  expect((await rancher.anonymous().get('/v1/nonsense', html)).text).toBe('');
  expect((await rancher.anonymous().get('/v3/nonsense', html)).status).toBe(404);
});

test('only files whose name changes with their content are kept by a browser', async () => {
  const caching = async (path: string): Promise<string | null> => (await rancher.anonymous().get(path)).headers.get('cache-control');

  expect(await caching('/fonts/icons.04637177.woff')).toBe('public, max-age=31536000, immutable');
  expect(await caching('/js/index.js')).toBe('no-cache');
  expect(await caching('/')).toBe('no-cache');
});

test.each([['/dashboard', '/'], ['/dashboard/', '/'], ['/dashboard/c/local/explorer?a=b', '/c/local/explorer?a=b'], ['/dashboard//example.com', '/example.com']])('%s of a real Rancher leads to %s', async (from, to) => {
  const answer = await rancher.anonymous().get(from, html);

  expect([answer.status, answer.headers.get('location')]).toEqual([302, to]);
});
