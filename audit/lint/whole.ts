/**
 * What a policy as a whole does not log, or logs twice.
 *
 * Source: CIS Kubernetes Benchmark 3.2.2 for access to pods; Kubernetes documentation, Auditing, for stages.
 */
import type { Finding } from '../policy/finding';
import type { PolicyRule } from '../policy/types';
import { requestOf, type RequestFields } from '../request/attributes';
import { requesterOf, STRANGER } from '../request/requesters';
import { note, warning } from './finding';
import type { Linted } from './lint';

const PERSON = requesterOf(STRANGER);
const CUSTOM_GROUP = 'cluster.audit.stranger';
const UNNAMED_PATH = `/${ STRANGER }`;
const ACCESS: readonly (readonly [string, string])[] = [['pods', 'exec'], ['pods', 'attach'], ['pods', 'portforward'], ['pods', 'proxy'], ['services', 'proxy'], ['nodes', 'proxy']];
/** Requests of all kinds by someone whom no rule names, the more important first. */
const EXAMPLES: readonly RequestFields[] = [
  { verb: 'create', apiGroup: 'rbac.authorization.k8s.io', resource: 'clusterrolebindings' },
  { verb: 'delete', resource: 'pods', namespace: STRANGER, name: STRANGER },
  { verb: 'update', apiGroup: 'apps', resource: 'deployments', namespace: STRANGER, name: STRANGER },
  { verb: 'get', resource: 'secrets', namespace: STRANGER, name: STRANGER },
  { verb: 'patch', apiGroup: CUSTOM_GROUP, resource: 'strangers', namespace: STRANGER, name: STRANGER },
  { verb: 'list', apiGroup: CUSTOM_GROUP, resource: 'strangers' },
  { verb: 'watch', apiGroup: CUSTOM_GROUP, resource: 'strangers' },
  { verb: 'get', path: '/version' },
  { verb: 'post', path: UNNAMED_PATH }
];
const STAGES_OF_ANSWERS = ['RequestReceived', 'ResponseStarted', 'ResponseComplete'];

/** Findings about the policy itself. */
export function findingsOfWhole(linted: Linted): Finding[] {
  const { policy, unreachable } = linted;
  const omitted = (rule: PolicyRule): readonly string[] => [...policy.omitStages ?? [], ...rule.omitStages ?? []];
  const logging = policy.rules.filter((rule, index) => rule.level !== 'None' && !unreachable.has(index) && !STAGES_OF_ANSWERS.every((stage) => omitted(rule).includes(stage)));

  if (!logging.length) {
    return [warning('nothingLogged', ['rules'])];
  }
  const isDoubled = logging.some((rule) => !omitted(rule).includes('RequestReceived'));

  return [...isDoubled ? [note('requestReceived', [])] : [], ...findingsOfRest(linted), ...findingsOfAccess(linted)];
}

/** What no rule is about is not logged. */
function findingsOfRest({ decide }: Linted): Finding[] {
  const missed = EXAMPLES.find((example) => decide(requestOf({ ...PERSON, ...example })).rule === undefined);

  return missed ? [note('noCatchAll', ['rules'], exampleOf(missed))] : [];
}

/** What stands for all of its sort has no name that says anything. */
function exampleOf({ verb = '', apiGroup = '', resource = '', path }: RequestFields): Finding['params'] {
  const of = apiGroup === CUSTOM_GROUP ? 'custom' : path === UNNAMED_PATH ? 'path' : 'named';

  return { of, verb, resource: of === 'named' ? path ?? `${ resource }${ apiGroup ? `.${ apiGroup }` : '' }` : '' };
}

function findingsOfAccess({ decide }: Linted): Finding[] {
  const missing = ACCESS.filter(([resource, subresource]) => ['get', 'create'].some((verb) => decide(requestOf({ ...PERSON, verb, resource, subresource, namespace: resource === 'nodes' ? '' : STRANGER, name: STRANGER })).level === 'None'));

  return missing.length ? [warning('accessNotLogged', ['rules'], { resources: missing.map((names) => names.join('/')).join(', ') })] : [];
}
