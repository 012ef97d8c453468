/** What is compared of an event: one sentence, of the events that we expect and of those that a kube-apiserver has logged. */
import type { Policy } from '../../../audit/policy/types';
import { decide } from '../../../audit/request/decide';
import { expectedEvents, type ExpectedEvent } from '../../../audit/request/events';
import type { AuditEvent } from './auditLog';
import { attributesOf, type Exchange } from './traffic';

/** Not allowed, and an address to which no proxy leads. */
const REFUSED = [403, 400];

/** What is said of an event: its stage and level, whose request it is, and which objects are in it. */
export function eventsExpected(policy: Policy, exchange: Exchange): string[] {
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

/** The same of an event that was logged. */
export function sentenceOf({ stage, level, user, verb, objectRef, requestObject, responseObject }: AuditEvent): string {
  const { apiGroup, resource, subresource } = objectRef ?? {};
  const sender = [user.username, verb, [resource, apiGroup].filter(Boolean).join('.'), subresource].filter(Boolean).join(' ');
  const hasManagedFields = JSON.stringify([requestObject, responseObject]).includes('"managedFields"');

  return [stage, level, sender, ...requestObject === undefined ? [] : ['request'], ...responseObject === undefined ? [] : ['response'], ...hasManagedFields ? ['managed fields'] : []].join(', ');
}
