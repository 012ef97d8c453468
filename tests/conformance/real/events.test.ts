// What we deliver, as a node would run it: the real events of a fixed set of requests are those that we expect.
import { readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { readPolicyDocument } from '../../../audit/policy/document';
import { PRESETS } from '../../../audit/presets/presets';
import type { JsonObject } from '../../../demo/rancher/json';
import { eventOf, linesIn } from './auditLog';
import { connectionTo } from '../../../demo/real/connection';
import { definitions } from '../../../demo/real/definitions';
import { deliveredNode, nodeOfCluster, VERSIONS, WAYS } from './delivered';
import { eventsExpected, sentenceOf } from './expectations';
import { placed, valueOf, type Node } from './node';
import { EVERYTHING, keepLog, keptLog, printed, stableLog } from './replayLog';
import { RealServers } from '../../../demo/real/servers';
import { nodeObject, REQUESTS, sendAll, WORLD, type Exchange } from './traffic';

const OK = 200;

let servers: RealServers;

beforeAll(async () => {
  servers = await RealServers.start({ ...WORLD, objects: [...definitions(), ...WORLD.objects] });
  const { kubernetes, authority, token } = servers.addresses;

  expect(await connectionTo(kubernetes, authority).send({ method: 'POST', url: '/api/v1/nodes', token, body: nodeObject(servers.addresses) })).toMatchObject({ status: 201 });
  // What the first of several runs changes it changes for all.
  await sendAll(connectionTo(kubernetes, authority));
});
afterAll(() => servers.stop());

/** Runs a kube-apiserver as a node would, sends all requests, and compares; returns the lines of its audit log that are about them. */
async function compare(node: Node, name: string): Promise<readonly string[]> {
  const args = placed(node, join(servers.addresses.directory, name));
  const { policy } = readPolicyDocument(readFileSync(valueOf(args, 'audit-policy-file') ?? '', 'utf8'));
  const started = await servers.startKubernetes(args);

  if (!('url' in started) || !policy) {
    throw new Error(`it has not started: ${ JSON.stringify(started) }`);
  }
  const exchanges = await sendAll(connectionTo(started.url, servers.addresses.authority));
  const expected = new Map(exchanges.map((exchange) => [exchange.name, eventsExpected(policy, exchange)]));
  const lines = await linesIn(valueOf(args, 'audit-log-path') ?? '', exchanges.map(({ id }) => id), [...expected.values()].flat().length);
  const events = lines.map(eventOf);

  await servers.stopKubernetes(started.url);
  expect.soft(exchanges.map(answered)).toEqual(REQUESTS.map(({ name: request, status = OK }) => `${ request }: ${ status }`));
  expect(Object.fromEntries(exchanges.map((exchange) => [exchange.name, events.filter(({ auditID }) => auditID === exchange.id).map(sentenceOf)]))).toEqual(Object.fromEntries(expected));

  return lines;
}

/** What is logged is what is kept for replay, or is kept from now on. */
function compareWithKept(id: string, lines: readonly string[]): void {
  expect(lines.map((line) => printed(JSON.parse(line) as JsonObject))).toEqual(lines);
  if (process.env['REPLAY_LOGS']) {
    keepLog(id, stableLog(lines));
  }
  expect(stableLog(lines).split('\n'), 'npm run replay-logs keeps what is logged now').toEqual(keptLog(id).split('\n'));
}

/** How a request was answered, and in which words where it should have been answered otherwise. */
function answered({ name, status, answer }: Exchange): string {
  const expected = REQUESTS.find((request) => request.name === name)?.status ?? OK;

  return `${ name }: ${ status }${ status === expected ? '' : ` ${ answer }` }`;
}

describe('the events of', () => {
  // More ways than presets, or fewer: each comes at least once.
  const pairs = Array.from({ length: Math.max(PRESETS.length, WAYS.length) }, (_, index) => ({ ...PRESETS[index % PRESETS.length], ...WAYS[index % WAYS.length] }));

  it('a policy that logs everything', async () => {
    compareWithKept(EVERYTHING.id, await compare(deliveredNode('rke2', 'inline', EVERYTHING.policy), EVERYTHING.id));
  });

  it.each(pairs)('the preset $id on $distribution, by $delivery', async ({ id = '', policy = '', distribution = 'rke2', delivery = 'inline' }) => {
    compareWithKept(id, await compare(deliveredNode(distribution, delivery, policy), `${ id }-${ distribution }-${ delivery }`));
  });

  it.each([
    ['rke2-method-1', 'rke2', []],
    ['rke2-method-2-cluster', 'rke2', ['rke2-method-2-secret']],
    ['k3s-cluster', 'k3s', ['k3s-secret']],
    ['rke1', 'rke1', []],
    ['rke1-customized', 'rke1', []]
  ] as const)('the documentation’s cluster %s', async (file, distribution, sources) => {
    const { metadata, spec, ...others } = document(file);
    const cluster = { ...others, metadata: { namespace: 'fleet-default', name: 'cluster1', ...metadata as object }, spec: { ...spec as object, kubernetesVersion: VERSIONS[distribution] } };

    await compare(nodeOfCluster(cluster, sources.map(document)), file);
  });
});

function document(name: string): JsonObject {
  return load(readFileSync(join(__dirname, `../../cases/docs/${ name }.yaml`), 'utf8')) as JsonObject;
}
