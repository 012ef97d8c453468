/**
 * Requests that components send all the time, and that a policy logs.
 *
 * Source: the rules by which Kubernetes' own policy for GCE drops them (cluster/gce/gci/configure-helper.sh).
 */
import type { Finding } from '../policy/finding';
import { requestOf, type RequestFields } from '../request/attributes';
import { note } from './finding';
import type { Linted } from './lint';

const NODE = { user: 'system:node:node-1', groups: ['system:nodes', 'system:authenticated'] };
const CONTROLLER = { user: 'system:kube-controller-manager', groups: ['system:authenticated'] };
const ANONYMOUS = { user: 'system:anonymous', groups: ['system:unauthenticated'] };

/** By the name of their finding. */
const STREAMS: ReadonlyMap<string, readonly RequestFields[]> = new Map<string, readonly RequestFields[]>([
  ['floodEvents', [{ ...NODE, verb: 'create', resource: 'events', namespace: 'default' }, { ...NODE, verb: 'create', apiGroup: 'events.k8s.io', resource: 'events', namespace: 'default' }]],
  ['floodLeases', [{ ...NODE, verb: 'update', apiGroup: 'coordination.k8s.io', resource: 'leases', namespace: 'kube-node-lease', name: 'node-1' }, { ...CONTROLLER, verb: 'update', apiGroup: 'coordination.k8s.io', resource: 'leases', namespace: 'kube-system', name: 'kube-controller-manager' }]],
  ['floodHealth', ['/healthz', '/livez', '/readyz'].map((path) => ({ ...ANONYMOUS, verb: 'get', path }))],
  ['floodWatches', [{ ...CONTROLLER, verb: 'watch', resource: 'pods' }, { ...NODE, verb: 'watch', resource: 'configmaps', namespace: 'default', name: 'kube-root-ca.crt' }]]
]);

/** One note for each stream that a rule logs. */
export function findingsOfFlood({ decide }: Linted): Finding[] {
  return [...STREAMS].flatMap(([name, requests]) => {
    const logged = requests.map((request) => decide(requestOf(request))).find(({ level }) => level !== 'None');

    return logged?.rule === undefined ? [] : [note(name, ['rules', logged.rule], { level: logged.level })];
  });
}
