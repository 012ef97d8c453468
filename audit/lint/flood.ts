/**
 * Requests that components send all the time, and that a policy logs.
 *
 * Source: the rules by which Kubernetes' own policy for GCE drops them (cluster/gce/gci/configure-helper.sh).
 */
import type { Finding } from '../policy/finding';
import { requestOf, type RequestFields } from '../request/attributes';
import { requesterOf } from '../request/requesters';
import { note } from './finding';
import type { Linted } from './lint';

const NODE = requesterOf('system:node:node-1');
const CONTROLLERS = requesterOf('system:kube-controller-manager');
const SCHEDULER = requesterOf('system:kube-scheduler');
const PROXY = requesterOf('system:kube-proxy');
const ANONYMOUS = requesterOf('system:anonymous');
const LEASES = { verb: 'update', apiGroup: 'coordination.k8s.io', resource: 'leases' };
const SLICES_CONTROLLER = requesterOf('system:serviceaccount:kube-system:endpointslice-controller');
const ENDPOINTS_CONTROLLER = requesterOf('system:serviceaccount:kube-system:endpoint-controller');

/** By the name of their finding. */
const STREAMS: ReadonlyMap<string, readonly RequestFields[]> = new Map<string, readonly RequestFields[]>([
  ['floodEvents', ['', 'events.k8s.io'].flatMap((apiGroup) => [NODE, SCHEDULER].map((requester) => ({ ...requester, verb: 'create', apiGroup, resource: 'events', namespace: 'default' })))],
  ['floodLeases', [{ ...LEASES, ...NODE, namespace: 'kube-node-lease', name: 'node-1' }, { ...LEASES, ...CONTROLLERS, namespace: 'kube-system', name: 'kube-controller-manager' }, { ...LEASES, ...SCHEDULER, namespace: 'kube-system', name: 'kube-scheduler' }]],
  ['floodEndpoints', [
    { ...ENDPOINTS_CONTROLLER, verb: 'update', resource: 'endpoints', namespace: 'default', name: 'web' },
    { ...SLICES_CONTROLLER, verb: 'update', apiGroup: 'discovery.k8s.io', resource: 'endpointslices', namespace: 'default', name: 'web-abcde' }
  ]],
  ['floodHealth', ['/healthz', '/livez', '/readyz'].map((path) => ({ ...ANONYMOUS, verb: 'get', path }))],
  ['floodWatches', [
    { ...PROXY, verb: 'watch', resource: 'services' }, { ...PROXY, verb: 'watch', apiGroup: 'discovery.k8s.io', resource: 'endpointslices' }, { ...CONTROLLERS, verb: 'watch', resource: 'pods' },
    { ...NODE, verb: 'watch', resource: 'configmaps', namespace: 'default', name: 'kube-root-ca.crt' }
  ]]
]);

/** One note for each stream that a rule logs. */
export function findingsOfFlood({ decide }: Linted): Finding[] {
  return [...STREAMS].flatMap(([name, requests]) => {
    const logged = requests.map((request) => decide(requestOf(request))).find(({ level }) => level !== 'None');

    return logged?.rule === undefined ? [] : [note(name, ['rules', logged.rule], { level: logged.level })];
  });
}
