/**
 * Which events the audit log will hold for a request, and what is in them.
 *
 * It is taken that a user may do what is asked for, that it succeeds and that the server doesn't panic. What is refused is logged as well,
 * with the answer, a Status, as its only body.
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
/** Whether a request has a body, by the verbs that handlers have. */
const SENT_WITH: ReadonlyMap<string, Body> = new Map([['get', 'never'], ['list', 'never'], ['create', 'always'], ['update', 'always'], ['patch', 'always'], ['delete', 'ifSent'], ['deletecollection', 'ifSent']]);
/** Served by another server: kube-apiserver passes their bodies on unread. Which they are is a cluster's choice; these are the usual ones. */
const AGGREGATED_GROUPS = ['metrics.k8s.io', 'custom.metrics.k8s.io', 'external.metrics.k8s.io'];

/** The events of a request in their order; empty where nothing is logged. */
export function expectedEvents(request: RequestAttributes, { level, omitStages, omitManagedFields }: Decision): readonly ExpectedEvent[] {
  const stages = stagesOf(request);
  const bodies = bodiesOf(request, level);

  return stages
    .filter((stage) => level !== 'None' && !omitStages.includes(stage))
    .map((stage) => ({ stage, level, ...(stage === stages.at(-1) ? bodies : NO_BODIES), managedFields: !omitManagedFields }));
}

/** A request whose authentication failed gets one event, and that at an unusual stage: the 401 with its Status, whatever was asked for. */
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
  const sent = SENT_WITH.get(request.verb);
  const responseObject = level === 'RequestResponse' ? 'always' : 'never';

  if (request.user === undefined) {
    return { requestObject: 'never', responseObject };
  }
  if (isDiscovery(request)) {
    return { requestObject: 'never', responseObject };
  }
  if (!request.resourceRequest || sent === undefined || isLongRunning(request) || AGGREGATED_GROUPS.includes(request.apiGroup)) {
    return NO_BODIES;
  }

  return { requestObject: level === 'Request' || level === 'RequestResponse' ? sent : 'never', responseObject };
}

/** What the API serves, as an object: of all groups, of one, or of a version. Source: k8s.io/apiserver/pkg/endpoints/discovery. */
function isDiscovery({ resourceRequest, verb, path }: RequestAttributes): boolean {
  const [, root, group = '', version] = /^\/(apis?)(?:\/([^/]+))?(?:\/([^/]+))?\/?$/.exec(path) ?? [];

  return !resourceRequest && verb === 'get' && root !== undefined && !(version !== undefined && AGGREGATED_GROUPS.includes(group));
}
