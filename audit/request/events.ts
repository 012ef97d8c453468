/**
 * Which events the audit log will hold for a request, and what is in them.
 *
 * It is taken that the request is allowed and the server doesn't panic: what is refused is logged too, with the answer as its only body.
 * Source: k8s.io/apiserver/pkg/endpoints/filters/audit.go, pkg/audit/request.go and k8s.io/kubernetes/pkg/controlplane/apiserver/config.go.
 */
import type { Level, Stage } from '../policy/types';
import type { RequestAttributes } from './attributes';
import type { Decision } from './decide';

export interface ExpectedEvent {
  readonly stage: Stage;
  readonly level: Level;
  readonly requestObject: Body;
  readonly responseObject: Body;
  /** Whether `metadata.managedFields` is left in the objects. */
  readonly managedFields: boolean;
}

/** Whether an event holds an object: always, when the client sent one, or never. */
export type Body = 'always' | 'ifSent' | 'never';

const LONG_RUNNING_VERBS = ['watch', 'proxy'];
const LONG_RUNNING_SUBRESOURCES = ['attach', 'exec', 'proxy', 'log', 'portforward'];
const SENT_WITH: ReadonlyMap<string, Body> = new Map([['create', 'always'], ['update', 'always'], ['patch', 'always'], ['delete', 'ifSent'], ['deletecollection', 'ifSent']]);
/** Served by another server: kube-apiserver passes their bodies on unread. Which they are is a cluster's choice; these are the usual ones. */
const AGGREGATED_GROUPS = ['metrics.k8s.io', 'custom.metrics.k8s.io', 'external.metrics.k8s.io'];

/** The events of a request in their order; empty where nothing is logged. */
export function expectedEvents(request: RequestAttributes, { level, omitStages, omitManagedFields }: Decision): readonly ExpectedEvent[] {
  const bodies = bodiesOf(request, level);

  return stagesOf(request)
    .filter((stage) => level !== 'None' && !omitStages.includes(stage))
    .map((stage) => ({ stage, level, ...(stage === 'ResponseComplete' ? bodies : NO_BODIES), managedFields: !omitManagedFields }));
}

/** A request whose authentication failed gets one event, and that at an unusual stage. */
function stagesOf(request: RequestAttributes): Stage[] {
  if (request.user === undefined) {
    return ['ResponseStarted'];
  }

  return isLongRunning(request) ? ['RequestReceived', 'ResponseStarted', 'ResponseComplete'] : ['RequestReceived', 'ResponseComplete'];
}

function isLongRunning({ resourceRequest, verb, subresource, path }: RequestAttributes): boolean {
  return LONG_RUNNING_VERBS.includes(verb) || (resourceRequest ? LONG_RUNNING_SUBRESOURCES.includes(subresource) : path.startsWith('/debug/pprof/'));
}

const NO_BODIES: Pick<ExpectedEvent, 'requestObject' | 'responseObject'> = { requestObject: 'never', responseObject: 'never' };

function bodiesOf(request: RequestAttributes, level: Level): Pick<ExpectedEvent, 'requestObject' | 'responseObject'> {
  if (!request.resourceRequest || isLongRunning(request) || AGGREGATED_GROUPS.includes(request.apiGroup)) {
    return NO_BODIES;
  }

  return {
    requestObject:  level === 'Request' || level === 'RequestResponse' ? SENT_WITH.get(request.verb) ?? 'never' : 'never',
    responseObject: level === 'RequestResponse' ? 'always' : 'never'
  };
}
