/** The embedded Rancher as a process: its port, its end, and clients that mean it ill. */
import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import WebSocket from 'ws';

import { startRancher } from '../../demo/rancher/server';
import { CLUSTERS, CONFIG_MAPS, MERGE_PATCH, JSON_PATCH, WORKSPACE, at, idsOf, useRancher } from './target';

const rancher = useRancher();

test('a port that is taken is refused as Node refuses it', async () => {
  await expect(startRancher({ port: Number(new URL(rancher.url).port) })).rejects.toMatchObject({ code: 'EADDRINUSE' });
});

test('it listens on this machine only', () => {
  expect(new URL(rancher.url).hostname).toBe('127.0.0.1');
});

test('it closes although a socket is open, and tells the socket', async () => {
  const own = await startRancher({ port: 0 });
  const socket = new WebSocket(`${ own.url.replace('http', 'ws') }/v1/subscribe`);

  await once(socket, 'open');

  const closed = once(socket, 'close');

  await own.close();
  await closed;
});

test('a new process starts from the seed again', async () => {
  const first = await startRancher({ port: 0 });

  await fetch(`${ first.url }${ CLUSTERS }/${ WORKSPACE }/k3s`, { method: 'DELETE' });
  await first.close();

  const second = await startRancher({ port: 0 });

  expect((await fetch(`${ second.url }${ CLUSTERS }/${ WORKSPACE }/k3s`)).status).toBe(200);
  await second.close();
});

test.each([
  ['a body without end', 'POST', CLUSTERS, '{"metadata":{"name":"x","namespace":"fleet-default"}', 'application/json'],
  ['a very deep body', 'POST', CLUSTERS, `{"metadata":{"name":"deep","namespace":"fleet-default"},"spec":${ '{"a":'.repeat(5000) }1${ '}'.repeat(5000) }}`, 'application/json'],
  ['a huge body', 'POST', CONFIG_MAPS, `{"metadata":{"name":"huge","namespace":"fleet-default"},"data":{"a":"${ 'x'.repeat(9 << 20) }"}}`, 'application/json'],
  ['metadata that is a list', 'POST', CLUSTERS, '{"metadata":[1],"spec":{}}', 'application/json'],
  ['metadata that is null', 'POST', CLUSTERS, '{"metadata":null}', 'application/json'],
  ['a name that is a number', 'POST', CONFIG_MAPS, '{"metadata":{"name":5,"namespace":"fleet-default","labels":[]}}', 'application/json'],
  ['labels that are not text', 'POST', CONFIG_MAPS, '{"metadata":{"name":"n","namespace":"fleet-default","labels":{"a":{}}}}', 'application/json'],
  ['YAML that refers to itself', 'POST', CLUSTERS, 'a: &a [*a]\nmetadata: *a\n', 'application/yaml'],
  ['YAML that grows without end', 'POST', CLUSTERS, ['a: &a [x,x,x,x,x,x,x,x,x,x]', ...['b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'].map((key, index) => `${ key }: &${ key } [${ `*${ 'abcdefgh'[index] ?? '' },`.repeat(10) }]`)].join('\n'), 'application/yaml'],
  ['YAML that is not YAML', 'POST', CLUSTERS, 'a: [', 'application/yaml'],
  ['a merge patch that is a number', 'PATCH', `${ CLUSTERS }/${ WORKSPACE }/k3s`, '5', MERGE_PATCH],
  ['a merge patch of metadata by null', 'PATCH', `${ CLUSTERS }/${ WORKSPACE }/k3s`, '{"metadata":null}', MERGE_PATCH],
  ['a JSON patch that removes everything', 'PATCH', `${ CLUSTERS }/${ WORKSPACE }/k3s`, '[{"op":"replace","path":"","value":5}]', JSON_PATCH],
  ['a JSON patch without operations of its own', 'PATCH', `${ CLUSTERS }/${ WORKSPACE }/k3s`, '[null,5,{"op":"eat","path":"/"}]', JSON_PATCH],
  ['a patch of the prototype', 'PATCH', `${ CLUSTERS }/${ WORKSPACE }/k3s`, '[{"op":"add","path":"/__proto__/polluted","value":"yes"}]', JSON_PATCH],
  ['a prototype in a body', 'POST', CONFIG_MAPS, '{"metadata":{"name":"proto","namespace":"fleet-default"},"__proto__":{"polluted":"yes"}}', 'application/json'],
  ['preferences that are a list', 'PUT', '/v1/userpreferences/x', '[]', 'application/json'],
  ['a token for nobody', 'POST', '/v3/clusterregistrationtokens', '[', 'application/json']
])('%s does no harm', async (_what, method, path, body, contentType) => {
  const admin = rancher.as('admin');
  const answer = await admin.send(method, path, body, { 'content-type': contentType });

  expect(answer.status).toBeLessThan(500);
  expect(at(answer.body, 'polluted')).toBeUndefined();
  expect((await admin.get(`${ CLUSTERS }/${ WORKSPACE }/k3s`)).status).toBe(200);
  expect(idsOf(await admin.get(CLUSTERS))).toContain(`${ WORKSPACE }/prod-custom`);
  expect(Object.prototype).not.toHaveProperty('polluted');
});

test.each(['/v1/%', '/apis/%', '/api/v1/namespaces/%zz/secrets/x', '/v1/secrets/%ff', '/%2e%2e/%2e%2e/etc/passwd', '/demo/login/%00', '/v1/constructor', '/v1/__proto__', '/v3/__proto__', '/v1/schemas/toString', '/meta/proxy/https:/example.com/'])('the path %s does no harm', async (path) => {
  const answer = await rancher.as('admin').get(path);

  expect(answer.status).toBeGreaterThanOrEqual(400);
  expect(answer.status).not.toBe(500);
  expect(answer.text).not.toContain('root:');
});

test('a client that hangs up in the middle of a request, or of a socket, does no harm', async () => {
  const { port } = new URL(rancher.url);

  for (const text of ['POST /v1/secrets HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{', 'GET /v1/subscribe HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n\x81\xff', 'nonsense\r\n\r\n']) {
    await new Promise<void>((resolve) => {
      const raw = connect(Number(port), '127.0.0.1', () => raw.write(text, () => raw.destroy()));

      raw.on('close', () => resolve());
      raw.on('error', () => resolve());
    });
  }
  expect((await rancher.as('admin').get('/v1/schemas')).status).toBe(200);
});
