/** Policies of any size for the bench. */
import type { PolicyRule } from '../../audit/policy/types';
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

/** A policy's text of so many rules, each with a comment. */
export function textOfRules(count: number): string {
  return `apiVersion: audit.k8s.io/v1\nkind: Policy\nrules:\n${ Array.from({ length: count }, (_, index) => textAt(index)).join('') }`;
}

function textAt(index: number): string {
  return `# Rule ${ index }.\n- level: None\n  users: ["system:kube-proxy", user-${ index }]\n  verbs: [watch, get]\n  resources:\n  - group: ""\n    resources: [endpoints, services]\n`;
}
