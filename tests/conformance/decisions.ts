// Random policies and requests of a small world, so that rules often match.
import fc from 'fast-check';

import type { RequestFields } from '../../audit/request/attributes';
import type { GroupResources, Policy, PolicyRule } from '../../audit/policy/types';

const USERS = ['', 'admin', 'system:kube-proxy', 'jane', '*', '__proto__'];
const GROUPS = ['system:authenticated', 'system:masters', 'dev', '', '*'];
const VERBS = ['get', 'list', 'watch', 'create', 'delete', '', '*', 'GET'];
const NAMESPACES = ['', 'default', 'kube-system', '*'];
const API_GROUPS = ['', 'apps', 'batch', 'rbac.authorization.k8s.io'];
const RESOURCES = ['pods', 'secrets', 'deployments', 'pod', 'constructor', ''];
const SUBRESOURCES = ['', '', 'log', 'status', 'scale'];
const NAMES = ['', 'web-0', 'db'];
const PATHS = ['/', '/healthz', '/healthz/ping', '/healthzfoo', '/version', '/api', '/a*', ''];
const PATTERNS = [...RESOURCES, '*', '*/*', '*/log', '*/', '/*', 'pods/*', 'pods/log', 'pods/log/x', 'secrets/status', 'deployments/scale', '*/scale', 'p*'];
const URLS = ['*', '/*', '/healthz', '/healthz*', '/healthz/*', '/version', '/version**', '/a*'];
const LEVELS = ['None', 'Metadata', 'Request', 'RequestResponse'];
const STAGES = ['RequestReceived', 'ResponseStarted', 'ResponseComplete', 'Panic'];

function some(values: readonly string[]): fc.Arbitrary<string[] | undefined> {
  return fc.option(fc.array(fc.constantFrom(...values), { maxLength: 3 }), { nil: undefined, freq: 2 });
}

const GROUP_RESOURCES: fc.Arbitrary<GroupResources> = fc.record({
  group:         fc.option(fc.constantFrom(...API_GROUPS, '*'), { nil: undefined }),
  resources:     some(PATTERNS),
  resourceNames: fc.option(fc.array(fc.constantFrom(...NAMES), { maxLength: 2 }), { nil: undefined, freq: 1 })
}).map(({ group, resources, resourceNames }) => defined({ group, resources, resourceNames: resources?.length ? resourceNames : undefined }));

const RULE: fc.Arbitrary<PolicyRule> = fc.record({
  level:             fc.constantFrom(...LEVELS),
  users:             some(USERS),
  userGroups:        some(GROUPS),
  verbs:             some(VERBS),
  namespaces:        some(NAMESPACES),
  resources:         fc.option(fc.array(GROUP_RESOURCES, { maxLength: 2 }), { nil: undefined, freq: 2 }),
  nonResourceURLs:   some(URLS),
  omitStages:        some(STAGES),
  omitManagedFields: fc.option(fc.boolean(), { nil: undefined })
}).map(({ nonResourceURLs, ...rule }) => defined({ ...rule, nonResourceURLs: rule.namespaces?.length || rule.resources?.length ? undefined : nonResourceURLs }));

/** Policies that kube-apiserver accepts. */
export function policies(maxRules: number): fc.Arbitrary<Policy> {
  return fc.record({
    rules:             fc.array(RULE, { minLength: 1, maxLength: maxRules, size: 'max' }),
    omitStages:        some(STAGES),
    omitManagedFields: fc.option(fc.boolean(), { nil: undefined })
  }).map((policy) => defined(policy));
}

export const REQUESTS: fc.Arbitrary<RequestFields> = fc.oneof(
  { weight: 3, arbitrary: fc.record({
    user: fc.option(fc.constantFrom(...USERS)), groups: fc.array(fc.constantFrom(...GROUPS), { maxLength: 3 }), verb: fc.constantFrom(...VERBS), namespace: fc.constantFrom(...NAMESPACES),
    apiGroup: fc.constantFrom(...API_GROUPS), resource: fc.constantFrom(...RESOURCES, 'pods/log', '*'), subresource: fc.constantFrom(...SUBRESOURCES), name: fc.constantFrom(...NAMES)
  }) },
  { weight: 1, arbitrary: fc.record({
    user: fc.option(fc.constantFrom(...USERS)), groups: fc.array(fc.constantFrom(...GROUPS), { maxLength: 3 }), verb: fc.constantFrom(...VERBS), path: fc.constantFrom(...PATHS)
  }) }
);

/** Without what is undefined. */
function defined<Fields extends object>(fields: { [Name in keyof Fields]: Fields[Name] | undefined }): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Fields;
}
