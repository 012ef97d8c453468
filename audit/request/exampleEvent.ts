/**
 * What an event of the audit log looks like: an example for a request, with the fields that kube-apiserver writes, in its order.
 *
 * What only the cluster knows is made up, and looks so: names, times, and the contents of objects.
 * Source: k8s.io/apiserver/pkg/apis/audit/v1/types.go, pkg/audit/request.go, pkg/endpoints/filters/audit.go and authn_audit.go.
 */
import type { AskedRequest, Who } from './asked';
import type { RequestAttributes } from './attributes';
import type { ExpectedEvent } from './events';
import { apiVersionOf, requestUriOf } from './exampleUri';
import { answerOf, bodyOf, CONTAINER_OF_EXAMPLE, nameOfObject, refusalOf } from './exampleObjects';
import { kubectlQuery } from './kubectlQuery';

/** An event as the log holds it, one JSON object a line. */
export type ExampleEvent = Readonly<Record<string, unknown>>;

const RECEIVED = '2026-01-01T00:00:00.000000Z';
const ANSWERED = '2026-01-01T00:00:00.004000Z';
const CREATED = 201;
const DONE = 200;
const UNAUTHORIZED = 401;

/** An example of an expected event of a request. */
export function exampleEvent(request: RequestAttributes, event: ExpectedEvent, asked: AskedRequest): ExampleEvent {
  const isAnswered = event.stage !== 'RequestReceived';
  const isAuthenticated = request.user !== undefined;

  return definedIn({
    kind:                     'Event',
    apiVersion:               'audit.k8s.io/v1',
    level:                    event.level,
    auditID:                  '00000000-0000-4000-8000-000000000001',
    stage:                    event.stage,
    requestURI:               uriOf(request, asked),
    verb:                     request.verb,
    user:                     userOf(request),
    // It is found out after the request is received.
    impersonatedUser:         isAnswered && isAuthenticated ? impersonatedOf(asked.who) : undefined,
    sourceIPs:                ['192.0.2.1'],
    userAgent:                asked.what.form === 'kubectl' ? 'kubectl/v1.36.0 (linux/amd64) kubernetes/0000000' : 'example',
    objectRef:                request.resourceRequest ? objectRefOf(request, isAnswered && isAuthenticated) : undefined,
    responseStatus:           isAnswered ? statusOf(request) : undefined,
    requestObject:            event.requestObject === 'never' ? undefined : bodyOf(request),
    responseObject:           event.responseObject === 'never' ? undefined : answerOf(request, event.managedFields),
    requestReceivedTimestamp: RECEIVED,
    stageTimestamp:           isAnswered ? ANSWERED : RECEIVED,
    annotations:              isAnswered && isAuthenticated ? { 'authorization.k8s.io/decision': 'allow', 'authorization.k8s.io/reason': '' } : undefined
  });
}

function uriOf(request: RequestAttributes, { what }: AskedRequest): string {
  switch (what.form) {
    case 'url': return what.url.replace(/^[a-z][a-z\d+.-]*:\/\/[^/]*/i, '');
    case 'kubectl': return `${ requestUriOf(request) }${ kubectlQuery(what.line, CONTAINER_OF_EXAMPLE) }`;
    case 'resource': return requestUriOf(request);
  }
}

function userOf({ user, groups }: RequestAttributes): object {
  return user === undefined ? {} : { username: user, ...(groups.length ? { groups } : {}) };
}

function impersonatedOf({ impersonates }: Who): object | undefined {
  return impersonates ? { username: impersonates, groups: ['system:authenticated'] } : undefined;
}

/** Once the body is read, the name of what is created is known. */
function objectRefOf(request: RequestAttributes, isBodyRead: boolean): object {
  const { resource, namespace, name, apiGroup, subresource, verb } = request;
  const isNamed = isBodyRead && verb === 'create' && name === '' && subresource === '';

  return definedIn({
    resource,
    namespace:   namespace || undefined,
    name:        name || (isNamed ? nameOfObject(request) : undefined),
    apiGroup:    apiGroup || undefined,
    apiVersion:  apiVersionOf(apiGroup),
    subresource: subresource || undefined
  });
}

function statusOf(request: RequestAttributes): object {
  if (request.user === undefined) {
    return refusalOf(UNAUTHORIZED);
  }

  return { metadata: {}, ...(isDeletion(request) ? { status: 'Success' } : {}), code: codeOf(request) };
}

function isDeletion({ verb, resourceRequest }: RequestAttributes): boolean {
  return resourceRequest && verb === 'delete';
}

/** A connection that goes on in another protocol is `Switching Protocols`. */
function codeOf({ verb, resourceRequest, subresource }: RequestAttributes): number {
  if (resourceRequest && ['exec', 'attach', 'portforward'].includes(subresource)) {
    return 101;
  }

  return resourceRequest && verb === 'create' && subresource !== 'proxy' ? CREATED : DONE;
}

function definedIn(fields: Readonly<Record<string, unknown>>): ExampleEvent {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
