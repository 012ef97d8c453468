/**
 * What a policy as a whole does not log, or logs twice.
 *
 * Source: CIS Kubernetes Benchmark 3.2.2 for access to pods; Kubernetes documentation, Auditing, for stages.
 */
import type { Finding } from '../policy/finding';
import { requestOf } from '../request/attributes';
import { note, warning } from './finding';
import type { Linted } from './lint';

const PERSON = { user: 'jane', groups: ['system:authenticated'] };
const ACCESS: readonly (readonly [string, string])[] = [['pods', 'exec'], ['pods', 'attach'], ['pods', 'portforward'], ['pods', 'proxy'], ['services', 'proxy'], ['nodes', 'proxy']];

/** Findings about the policy itself. */
export function findingsOfWhole(linted: Linted): Finding[] {
  const { policy, unreachable } = linted;
  const logging = policy.rules.filter((rule, index) => rule.level !== 'None' && !unreachable.has(index));

  if (!logging.length) {
    return [warning('nothingLogged', ['rules'])];
  }
  const isDoubled = logging.some((rule) => !policy.omitStages?.includes('RequestReceived') && !rule.omitStages?.includes('RequestReceived'));

  return [...isDoubled ? [note('requestReceived', [])] : [], ...findingsOfRest(linted), ...findingsOfAccess(linted)];
}

/** What no rule is about is not logged. */
function findingsOfRest({ decide }: Linted): Finding[] {
  const stranger = { user: 'cluster-audit-stranger', verb: 'get' };
  const isCaught = [{ ...stranger, apiGroup: 'cluster-audit.stranger', resource: 'strangers', namespace: 'strangers' }, { ...stranger, path: '/cluster-audit-stranger' }].every((request) => decide(requestOf(request)).rule !== undefined);

  return isCaught ? [] : [note('noCatchAll', ['rules'])];
}

function findingsOfAccess({ decide }: Linted): Finding[] {
  const missing = ACCESS.filter(([resource, subresource]) => ['get', 'create'].some((verb) => decide(requestOf({ ...PERSON, verb, resource, subresource, namespace: resource === 'nodes' ? '' : 'default', name: 'a' })).level === 'None'));

  return missing.length ? [warning('accessNotLogged', ['rules'], { resources: missing.map((names) => names.join('/')).join(', ') })] : [];
}
