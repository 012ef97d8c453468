/**
 * Rules that many policies need, to add one at a time. Their titles are in l10n, under their id.
 *
 * Source: the policies of Kubernetes for GCE, of CIS 3.2.2 and of OpenShift, which are presets here.
 */
import type { Policy, PolicyRule } from '../policy/types';
import { indexForNewRule } from '../policy/newRule';

export interface RuleTemplate {
  readonly id: string;
  readonly rule: PolicyRule;
  /** Where it belongs: before what it takes requests from, before a rule that takes the rest, or as that rule. */
  readonly place: 'first' | 'beforeRest' | 'last';
}

const CHANGES = ['create', 'update', 'patch', 'delete', 'deletecollection'];

/** In the order in which they are offered. */
export const RULE_TEMPLATES: readonly RuleTemplate[] = [
  {
    id:    'secrets',
    place: 'first',
    rule:  { level: 'Metadata', resources: [{ group: '', resources: ['secrets', 'configmaps', 'serviceaccounts/token'] }, { group: 'authentication.k8s.io', resources: ['tokenreviews'] }] }
  },
  {
    id:    'rancherTokens',
    place: 'first',
    rule:  { level: 'Metadata', resources: [{ group: 'ext.cattle.io', resources: ['tokens', 'kubeconfigs'] }, { group: 'management.cattle.io', resources: ['tokens', 'clusterregistrationtokens', 'samltokens'] }] }
  },
  {
    id:    'access',
    place: 'first',
    rule:  { level: 'Metadata', resources: [{ group: '', resources: ['pods/exec', 'pods/attach', 'pods/portforward', 'pods/proxy', 'services/proxy', 'nodes/proxy'] }] }
  },
  { id: 'rbac', place: 'beforeRest', rule: { level: 'RequestResponse', verbs: CHANGES, resources: [{ group: 'rbac.authorization.k8s.io' }] } },
  {
    id:    'workloads',
    place: 'beforeRest',
    rule:  { level: 'Request', verbs: CHANGES, resources: [{ group: '', resources: ['pods', 'services', 'serviceaccounts', 'namespaces'] }, { group: 'apps' }, { group: 'batch' }] }
  },
  {
    id:    'admission',
    place: 'beforeRest',
    rule:  { level: 'RequestResponse', verbs: CHANGES, resources: [{ group: 'admissionregistration.k8s.io' }, { group: 'apiextensions.k8s.io', resources: ['customresourcedefinitions'] }] }
  },
  { id: 'throughRancher', place: 'beforeRest', rule: { level: 'Metadata', userGroups: ['system:serviceaccounts:cattle-impersonation-system'], verbs: CHANGES } },
  { id: 'anonymous', place: 'beforeRest', rule: { level: 'Metadata', userGroups: ['system:unauthenticated'] } },
  { id: 'noHealth', place: 'first', rule: { level: 'None', nonResourceURLs: ['/healthz*', '/livez*', '/readyz*', '/version'] } },
  { id: 'noEvents', place: 'first', rule: { level: 'None', resources: [{ group: '', resources: ['events'] }, { group: 'events.k8s.io', resources: ['events'] }] } },
  { id: 'noLeases', place: 'first', rule: { level: 'None', resources: [{ group: 'coordination.k8s.io', resources: ['leases'] }] } },
  {
    id:    'noSystemWatches',
    place: 'first',
    rule:  { level: 'None', users: ['system:kube-proxy'], verbs: ['watch'], resources: [{ group: '', resources: ['endpoints', 'services'] }, { group: 'discovery.k8s.io', resources: ['endpointslices'] }] }
  },
  { id: 'noReads', place: 'beforeRest', rule: { level: 'None', verbs: ['get', 'list', 'watch'] } },
  { id: 'rest', place: 'last', rule: { level: 'Metadata' } }
];

/** Where a template's rule belongs in a policy. */
export function indexForTemplate({ place }: RuleTemplate, policy: Policy): number {
  return place === 'first' ? 0 : place === 'last' ? policy.rules.length : indexForNewRule(policy);
}
