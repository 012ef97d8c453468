// Example events against those that a real kube-apiserver has logged.
import { describe, expect, it } from 'vitest';

import { readPolicyDocument } from '../../../../audit/policy/document';
import type { Policy } from '../../../../audit/policy/types';
import { requestAsked, type AskedRequest } from '../../../../audit/request/asked';
import { requestOf } from '../../../../audit/request/attributes';
import { decide } from '../../../../audit/request/decide';
import { expectedEvents } from '../../../../audit/request/events';
import { exampleEvent } from '../../../../audit/request/exampleEvent';
import { answerOf, bodyOf } from '../../../../audit/request/exampleObjects';
import { requestUriOf } from '../../../../audit/request/exampleUri';
import { EVERYTHING, keptLog } from '../../../conformance/real/replayLog';
import { attributesOf, auditIdOf, REQUESTS, type Exchange } from '../../../conformance/real/traffic';
import { casesOf } from '../../tables';

type Real = Readonly<Record<string, unknown>> & { readonly auditID: string; readonly stage: string; readonly requestURI: string; readonly impersonatedUser?: { readonly username: string }; readonly responseStatus?: { readonly code: number } };

const LOGGED = keptLog(EVERYTHING.id).trimEnd().split('\n').map((line) => JSON.parse(line) as Real);
const POLICY = readPolicyDocument(EVERYTHING.policy).policy as Policy;
/** What an example takes as read: that it is done, or not authenticated. */
const TOLD = REQUESTS.filter(({ status = 200 }) => status < 300 || status === 401);

function askedOf(real: Real): AskedRequest {
  const { impersonatedUser } = real;

  return { who: { user: 'any', groups: [], ...(impersonatedUser ? { impersonates: impersonatedUser.username } : {}) }, what: { form: 'url', method: 'GET', url: real.requestURI } };
}

function fieldsOf(value: unknown, name: string): unknown {
  return (value as Readonly<Record<string, unknown>> | undefined)?.[name];
}

describe('an example of an event', () => {
  it.each(casesOf<{ readonly line: string; readonly uri: string }>('request/kubectl-uri'))('has the URI of a kubectl line: $name', ({ line, uri }) => {
    const asked: AskedRequest = { who: { user: 'jane', groups: [] }, what: { form: 'kubectl', line } };
    const read = requestAsked(asked);

    expect('request' in read && exampleEvent(read.request, { stage: 'RequestReceived', level: 'Metadata', requestObject: 'never', responseObject: 'never', managedFields: false }, asked)['requestURI']).toBe(uri);
  });

  it.each(TOLD.map((request) => ({ name: request.name, request })))('has the fields of the real one, in their order: $name', ({ request }) => {
    const id = auditIdOf(request.name);
    const reals = LOGGED.filter(({ auditID }) => auditID === id);
    const exchange = { ...request, id, status: reals.at(-1)?.responseStatus?.code ?? 0, answer: '' } as Exchange;
    const attributes = attributesOf(exchange);
    const events = expectedEvents(attributes, decide(POLICY, attributes));

    expect(events.length).toBe(reals.length);
    reals.forEach((real, index) => {
      const event = events[index];
      const asked = askedOf(reals.at(-1) ?? real);
      const example = event && exampleEvent(attributes, { ...event, requestObject: real['requestObject'] === undefined && event.requestObject === 'ifSent' ? 'never' : event.requestObject }, asked);

      // Servers of Kubernetes 1.35 and later add how the impersonation was checked.
      expect(Object.keys(example ?? {})).toEqual(Object.keys(real).filter((key) => key !== 'authenticationMetadata'));
      expect(Object.keys(fieldsOf(example, 'objectRef') ?? {}).filter((key) => !['uid', 'resourceVersion'].includes(key))).toEqual(Object.keys(fieldsOf(real, 'objectRef') ?? {}).filter((key) => !['uid', 'resourceVersion'].includes(key)));
      expect([fieldsOf(example, 'verb'), fieldsOf(example, 'stage'), fieldsOf(example, 'requestURI'), fieldsOf(fieldsOf(example, 'objectRef'), 'apiVersion')]).toEqual([real['verb'], real.stage, real.requestURI, fieldsOf(real['objectRef'], 'apiVersion')]);
    });
  });

  it.each([
    ['create', { resource: 'configmaps', namespace: 'a' }, { kind: 'ConfigMap', apiVersion: 'v1', metadata: { name: 'example' }, data: { key: '…' } }, { kind: 'ConfigMap', apiVersion: 'v1', metadata: { name: 'example', namespace: 'a', resourceVersion: '1' }, data: { key: '…' } }],
    ['patch', { apiGroup: 'apps', resource: 'deployments', namespace: 'a', name: 'b' }, { metadata: { labels: { key: '…' } } }, { kind: 'Deployment', apiVersion: 'apps/v1', metadata: { name: 'b', namespace: 'a', resourceVersion: '1' }, spec: '…' }],
    ['delete', { resource: 'pods', namespace: 'a', name: 'b' }, { kind: 'DeleteOptions', apiVersion: 'meta.k8s.io/__internal', propagationPolicy: 'Background' }, { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', details: { name: 'b', kind: 'pods' } }],
    ['list', { resource: 'secrets', namespace: 'a' }, undefined, { kind: 'SecretList', apiVersion: 'v1', metadata: { resourceVersion: '1000' }, items: [{ metadata: { name: 'example', namespace: 'a', resourceVersion: '1' }, data: { password: '…' }, type: 'Opaque' }] }],
    ['create', { resource: 'serviceaccounts', subresource: 'token', namespace: 'a', name: 'b' }, { kind: 'TokenRequest', apiVersion: 'authentication.k8s.io/v1', metadata: { name: 'b' }, spec: { audiences: ['…'], expirationSeconds: 3600 } }, { kind: 'TokenRequest', apiVersion: 'authentication.k8s.io/v1', metadata: { name: 'b', namespace: 'a', resourceVersion: '1' }, spec: { audiences: ['…'], expirationSeconds: 3600 }, status: { token: '…' } }],
    ['get', { apiGroup: 'example.com', resource: 'widgets', name: 'b' }, undefined, { kind: 'Widget', apiVersion: 'example.com/v1', metadata: { name: 'b', resourceVersion: '1' }, spec: '…' }]
  ])('has the objects of a %s of %j', (verb, fields, sent, answered) => {
    const request = requestOf({ user: 'jane', verb, ...fields });

    expect([bodyOf(request), answerOf(request, false)]).toEqual([sent, answered]);
  });

  it('has managed fields where the policy leaves them', () => {
    expect(JSON.stringify(answerOf(requestOf({ user: 'jane', verb: 'get', resource: 'pods', name: 'a' }), true))).toContain('"managedFields"');
  });

  it.each([
    [{ verb: 'get', resource: 'pods', namespace: 'a', name: 'b', subresource: 'log' }, '/api/v1/namespaces/a/pods/b/log'],
    [{ verb: 'list', apiGroup: 'apps', resource: 'deployments' }, '/apis/apps/v1/deployments'],
    [{ verb: 'watch', resource: 'secrets', namespace: 'a', name: 'b' }, '/api/v1/namespaces/a/secrets?fieldSelector=metadata.name%3Db&watch=true'],
    [{ verb: 'get', resource: 'namespaces', namespace: 'a', name: 'a' }, '/api/v1/namespaces/a'],
    [{ verb: 'create', apiGroup: 'autoscaling', resource: 'horizontalpodautoscalers', namespace: 'a' }, '/apis/autoscaling/v2/namespaces/a/horizontalpodautoscalers'],
    [{ verb: 'get', path: '/healthz' }, '/healthz']
  ])('names the path of %j', (fields, uri) => {
    expect(requestUriOf(requestOf(fields))).toBe(uri);
  });
});
