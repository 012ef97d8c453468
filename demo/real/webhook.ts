/**
 * Rancher's webhook as a real kube-apiserver calls it: the mutators of the embedded Rancher behind `admission.k8s.io/v1`.
 *
 * Source: https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/
 */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { createPatch } from 'rfc6902';

import { clone, objectAt, stringAt, valueAt, type JsonObject, type JsonValue } from '../rancher/json';
import type { Objects } from '../rancher/objects';
import { typeNeeded } from '../rancher/types';
import { Denied, WEBHOOK, type Mutator } from '../rancher/webhook/webhook';
import type { Addresses } from './servers';

const CLUSTER = typeNeeded('provisioning.cattle.io.cluster');

export interface Webhook {
  /** What a kube-apiserver needs to be told, so that it asks. */
  readonly configuration: JsonObject;
  close(): void;
}

/** Listens on a port of this machine; it answers when what a mutator wrote itself is stored. */
export async function serveWebhook(mutators: readonly Mutator[], stored: Objects['stored'], { authority, certificate, key }: Addresses): Promise<Webhook> {
  const server = createServer({ cert: readFileSync(certificate), key: readFileSync(key) }, (request: IncomingMessage, response: ServerResponse) => void answer(request, response, mutators, stored));

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  return {
    configuration: configurationOf(`https://127.0.0.1:${ (server.address() as AddressInfo).port }`, readFileSync(authority).toString('base64')),
    close: () => {
      server.close();
      server.closeAllConnections();
    }
  };
}

async function answer(request: IncomingMessage, response: ServerResponse, mutators: readonly Mutator[], stored: Objects['stored']): Promise<void> {
  try {
    const review = JSON.parse(await text(request)) as JsonObject;
    const answered = await stored(() => responseTo(objectAt(review, 'request'), mutators));

    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ apiVersion: review['apiVersion'], kind: review['kind'], response: answered }));
  } catch (error) {
    response.statusCode = 500;
    response.end(error instanceof Error ? error.message : String(error));
  }
}

function responseTo(request: JsonObject, mutators: readonly Mutator[]): JsonObject {
  const uid = stringAt(request, 'uid');
  const before = objectAt(request, 'object');
  const object = clone(before);

  if (request['dryRun'] === true) {
    return { uid, allowed: true };
  }
  try {
    mutators.forEach((mutate) => mutate(CLUSTER, object, valueAt(request, 'oldObject') ? objectAt(request, 'oldObject') : undefined, stringAt(request, 'userInfo', 'username')));
  } catch (error) {
    if (error instanceof Denied) {
      return { uid, allowed: false, status: { status: 'Failure', message: error.message, reason: 'BadRequest', code: 400 } };
    }
    throw error;
  }

  return { uid, allowed: true, patchType: 'JSONPatch', patch: Buffer.from(JSON.stringify(createPatch(before, object))).toString('base64') };
}

function configurationOf(url: string, caBundle: string): JsonObject {
  const rule: JsonValue = { apiGroups: [CLUSTER.group], apiVersions: [CLUSTER.version], resources: [CLUSTER.resource], operations: ['CREATE', 'UPDATE'], scope: 'Namespaced' };

  return {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'MutatingWebhookConfiguration',
    metadata: { name: 'rancher.cattle.io' },
    webhooks: [{ name: WEBHOOK, admissionReviewVersions: ['v1'], clientConfig: { url, caBundle }, failurePolicy: 'Fail', sideEffects: 'NoneOnDryRun', rules: [rule] }]
  };
}
