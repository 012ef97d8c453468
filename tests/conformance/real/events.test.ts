// What we deliver, as a node would run it: the real events of a fixed set of requests are those that we expect.
import { readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { clusterAfter, deliveriesOf, planAuditSettings } from '../../../audit/cluster/distributions';
import type { RancherCluster } from '../../../audit/cluster/rancherCluster';
import type { Delivery } from '../../../audit/cluster/settings';
import { sourcesOf } from '../../../audit/cluster/sources';
import { readPolicyDocument } from '../../../audit/policy/document';
import type { Policy } from '../../../audit/policy/types';
import { PRESETS } from '../../../audit/presets/presets';
import { decide } from '../../../audit/request/decide';
import { expectedEvents, type ExpectedEvent } from '../../../audit/request/events';
import type { JsonObject } from '../../../demo/rancher/json';
import type { Machine } from '../../../demo/rancher/planner/machines';
import { planOf } from '../../../demo/rancher/planner/plan';
import { clusterOf } from '../../unit/audit/cluster/given';
import { eventsIn, type AuditEvent } from './auditLog';
import { connectionTo } from '../../../demo/real/connection';
import { definitions } from '../../../demo/real/definitions';
import { nodeOf, placed, valueOf, type Node } from './node';
import { RealServers } from '../../../demo/real/servers';
import { attributesOf, nodeObject, REQUESTS, sendAll, WORLD, type Exchange } from './traffic';

const OK = 200;
/** Not allowed, and an address to which no proxy leads. */
const REFUSED = [403, 400];
const ROLES = ['control-plane', 'etcd', 'worker'];
const MACHINE: Machine = { name: 'demo-1', node: '', etcd: true, controlPlane: true, worker: true, labels: Object.fromEntries(ROLES.map((role) => [`rke.cattle.io/${ role }-role`, 'true'])) };
const VERSIONS = ['v1.34.2+rke2r1', 'v1.34.2+k3s1'];
/** Every way in which a policy can reach a node. */
const WAYS = VERSIONS.flatMap((version) => [...deliveriesOf(clusterOf({ version }))].flatMap(([delivery, refusal]) => refusal ? [] : [{ version, delivery }]));

let servers: RealServers;

beforeAll(async () => {
  servers = await RealServers.start({ ...WORLD, objects: [...definitions(), ...WORLD.objects] });
  const { kubernetes, authority, token } = servers.addresses;

  expect(await connectionTo(kubernetes, authority).send({ method: 'POST', url: '/api/v1/nodes', token, body: nodeObject(servers.addresses) })).toMatchObject({ status: 201 });
});
afterAll(() => servers.stop());

/** The node of a cluster whose audit log we have turned on. */
function deliveredNode(version: string, delivery: Delivery, policy: string): Node {
  const cluster = clusterOf({ version });
  const { operations, findings } = planAuditSettings(cluster, sourcesOf([]), { state: 'on', delivery, policy });

  expect(findings.filter(({ severity }) => severity === 'block')).toEqual([]);

  return plannedNode(clusterAfter(cluster, operations), operations.flatMap(({ kind, after }) => kind === 'Cluster' || !after ? [] : [after as unknown as JsonObject]));
}

/** The node that Rancher's planner would make of a cluster and the objects beside it. */
function plannedNode(cluster: RancherCluster, sources: readonly JsonObject[]): Node {
  const object = cluster as unknown as JsonObject;
  const plan = planOf(object, [MACHINE], (kind, name) => sources.find((source) => String(source['kind']).toLowerCase() === kind && (source['metadata'] as JsonObject)['name'] === name));

  if ('error' in plan || !plan.machines[0]) {
    throw new Error(`there is no plan: ${ JSON.stringify(plan) }`);
  }

  return nodeOf(object, plan.machines[0]);
}

/** Runs a kube-apiserver as a node would, sends all requests, and compares. */
async function compare(node: Node, name: string): Promise<void> {
  const args = placed(node, join(servers.addresses.directory, name));
  const { policy } = readPolicyDocument(readFileSync(valueOf(args, 'audit-policy-file') ?? '', 'utf8'));
  const started = await servers.startKubernetes(args);

  if (!('url' in started) || !policy) {
    throw new Error(`it has not started: ${ JSON.stringify(started) }`);
  }
  const exchanges = await sendAll(connectionTo(started.url, servers.addresses.authority));
  const expected = new Map(exchanges.map((exchange) => [exchange.name, eventsExpected(policy, exchange)]));
  const events = await eventsIn(valueOf(args, 'audit-log-path') ?? '', exchanges.map(({ id }) => id), [...expected.values()].flat().length);

  await servers.stopKubernetes(started.url);
  expect.soft(exchanges.map(answered)).toEqual(REQUESTS.map(({ name: request, status = OK }) => `${ request }: ${ status }`));
  expect(Object.fromEntries(exchanges.map((exchange) => [exchange.name, events.filter(({ auditID }) => auditID === exchange.id).map(sentenceOf)]))).toEqual(Object.fromEntries(expected));
}

/** How a request was answered, and in which words where it should have been answered otherwise. */
function answered({ name, status, answer }: Exchange): string {
  const expected = REQUESTS.find((request) => request.name === name)?.status ?? OK;

  return `${ name }: ${ status }${ status === expected ? '' : ` ${ answer }` }`;
}

/** What is said of an event: its stage and level, whose request it is, and which objects are in it. */
function eventsExpected(policy: Policy, exchange: Exchange): string[] {
  const request = attributesOf(exchange);
  const { user = '', verb, resourceRequest, resource, subresource, apiGroup } = request;
  const sender = [user, verb, ...resourceRequest ? [[resource, apiGroup].filter(Boolean).join('.'), subresource] : []].filter(Boolean).join(' ');

  return expectedEvents(request, decide(policy, request)).map((event) => [event.stage, event.level, sender, ...objectsExpected(event, exchange)].join(', '));
}

/** What is refused before anything has looked at it has the refusal as its only object, from the first event that has an answer. */
function objectsExpected({ stage, level, requestObject, responseObject, managedFields }: ExpectedEvent, { body, answer, status }: Exchange): string[] {
  if (REFUSED.includes(status)) {
    return level === 'RequestResponse' && stage !== 'RequestReceived' ? ['response'] : [];
  }

  return [
    ...requestObject === 'always' || requestObject === 'ifSent' && body ? ['request'] : [],
    ...responseObject === 'always' ? ['response', ...managedFields && answer.includes('"managedFields"') ? ['managed fields'] : []] : []
  ];
}

function sentenceOf({ stage, level, user, verb, objectRef, requestObject, responseObject }: AuditEvent): string {
  const { apiGroup, resource, subresource } = objectRef ?? {};
  const sender = [user.username, verb, [resource, apiGroup].filter(Boolean).join('.'), subresource].filter(Boolean).join(' ');
  const hasManagedFields = JSON.stringify([requestObject, responseObject]).includes('"managedFields"');

  return [stage, level, sender, ...requestObject === undefined ? [] : ['request'], ...responseObject === undefined ? [] : ['response'], ...hasManagedFields ? ['managed fields'] : []].join(', ');
}

describe('the events of', () => {
  // More ways than presets, or fewer: each comes at least once.
  const pairs = Array.from({ length: Math.max(PRESETS.length, WAYS.length) }, (_, index) => ({ ...PRESETS[index % PRESETS.length], ...WAYS[index % WAYS.length] }));

  it.each(pairs)('the preset $id on $version, by $delivery', async ({ id = '', policy = '', version = '', delivery = 'inline' }) => {
    await compare(deliveredNode(version, delivery, policy), `${ id }-${ version }-${ delivery }`);
  });

  it.each([
    ['rke2-method-1', VERSIONS[0], []],
    ['rke2-method-2-cluster', VERSIONS[0], ['rke2-method-2-secret']],
    ['k3s-cluster', VERSIONS[1], ['k3s-secret']]
  ])('the documentation’s cluster %s', async (file, kubernetesVersion, sources) => {
    const { metadata, spec } = document(file);
    const cluster = { metadata: { namespace: 'fleet-default', name: 'cluster1', ...metadata as object }, spec: { ...spec as object, kubernetesVersion } };

    await compare(plannedNode(cluster as unknown as RancherCluster, sources.map(document)), file);
  });
});

function document(name: string): JsonObject {
  return load(readFileSync(join(__dirname, `../../cases/docs/${ name }.yaml`), 'utf8')) as JsonObject;
}
