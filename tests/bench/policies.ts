/** Policies of any size for the bench. */
import type { Policy, PolicyRule } from '../../audit/policy/types';
import type { RequestFields } from '../../audit/request/attributes';

const RESOURCES = ['pods', 'services', 'endpoints', 'nodes', 'configmaps', 'events', 'replicationcontrollers', 'limitranges', 'persistentvolumes', 'bindings'];
const VERBS = ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete'];

/** Rules as people write them: some by user, some by resource, some by verb; the last one takes the rest. */
export function ruleAt(index: number, count: number): PolicyRule {
  if (index === count - 1) {
    return { level: 'Metadata' };
  }
  const target = { group: index % 3 ? '' : 'apps', resources: [RESOURCES[index % RESOURCES.length] ?? ''] };

  return { level: 'None', verbs: [VERBS[index % VERBS.length] ?? ''], resources: [target], namespaces: [`namespace-${ index }`], ...(index % 2 ? { users: [`system:serviceaccount:kube-system:controller-${ index }`] } : {}) };
}

/** A request that the rule at an index decides. */
export function requestAt(index: number): RequestFields {
  return {
    user: `system:serviceaccount:kube-system:controller-${ index }`, groups: ['system:serviceaccounts', 'system:authenticated'], verb: VERBS[index % VERBS.length] ?? '', apiGroup: index % 3 ? '' : 'apps',
    resource: RESOURCES[index % RESOURCES.length] ?? '', namespace: `namespace-${ index }`, name: 'a'
  };
}

/** By what they have too much of, policies that take a comparison long if it asks for all that they name: a rule for each index, and how many. */
const HOSTILE: Readonly<Record<string, readonly [ruleOf: (index: number) => Omit<PolicyRule, 'level'>, count: number]>> = {
  'names of objects': [(index) => ({ resources: [{ group: '*', resources: ['*'], resourceNames: Array.from({ length: 200 }, (_, name) => `name-${ index * 200 + name }`) }] }), 200],
  'custom resources': [(index) => ({ resources: [{ group: 'example.com', resources: [`widget${ index }`] }] }), 15_000],
  'patterns':         [(index) => ({ resources: [{ group: '*', resources: [...Array.from({ length: 500 }, (_, name) => `widget${ index * 500 + name }/foo`), '*'] }] }), 100],
  'namespaces':       [(index) => ({ namespaces: [`namespace-${ index }`] }), 25_000],
  'users':            [(index) => ({ users: [`user-${ index }`] }), 15_000],
  'paths':            [(index) => ({ nonResourceURLs: [`/path-${ index }*`] }), 40_000]
};

/** Such policies, and of what each has too much. */
export function hostilePolicies(): readonly (readonly [what: string, policy: Policy])[] {
  return Object.entries(HOSTILE).map(([what, [ruleOf, count]]) => [what, { rules: Array.from({ length: count }, (_, index) => ({ level: ['None', 'Metadata', 'Request'][index % 3] ?? '', ...ruleOf(index) })) }]);
}

/** A policy's text of so many rules, each with a comment. */
export function textOfRules(count: number): string {
  return `apiVersion: audit.k8s.io/v1\nkind: Policy\nrules:\n${ Array.from({ length: count }, (_, index) => textAt(index)).join('') }`;
}

function textAt(index: number): string {
  return `# Rule ${ index }.\n- level: None\n  users: ["system:kube-proxy", user-${ index }]\n  verbs: [watch, get]\n  resources:\n  - group: ""\n    resources: [endpoints, services]\n`;
}
