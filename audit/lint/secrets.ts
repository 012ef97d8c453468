/**
 * Rules that write secrets into the log: bodies of requests and answers that hold them.
 *
 * Each is proven by a request that the rule decides, so that wildcards, empty lists and the order of rules count.
 * Source: Kubernetes' API reference for the objects; github.com/rancher/rancher/pkg/apis for Rancher's own.
 */
import type { Finding } from '../policy/finding';
import type { PolicyRule } from '../policy/types';
import { requestOf, type RequestAttributes } from '../request/attributes';
import { mismatchOf } from '../request/mismatch';
import { warning } from './finding';
import type { Linted } from './lint';

interface Sensitive {
  readonly group: string;
  readonly resource: string;
  readonly subresource?: string;
  readonly isClusterScoped?: boolean;
  /** Verbs whose request, or whose answer, holds the secret. */
  readonly inRequest: readonly string[];
  readonly inResponse: readonly string[];
}

const WRITES = ['create', 'update', 'patch'];
/** Of a whole object: all but watch, whose answers are never recorded. */
const ANSWERS = ['get', 'list', 'create', 'update', 'patch', 'delete', 'deletecollection'];

const SENSITIVE: readonly Sensitive[] = [
  { group: '', resource: 'secrets', inRequest: WRITES, inResponse: ANSWERS },
  { group: '', resource: 'configmaps', inRequest: WRITES, inResponse: ANSWERS },
  { group: '', resource: 'serviceaccounts', subresource: 'token', inRequest: [], inResponse: ['create'] },
  { group: 'authentication.k8s.io', resource: 'tokenreviews', isClusterScoped: true, inRequest: ['create'], inResponse: ['create'] },
  { group: 'ext.cattle.io', resource: 'tokens', isClusterScoped: true, inRequest: [], inResponse: ['create'] },
  { group: 'ext.cattle.io', resource: 'kubeconfigs', isClusterScoped: true, inRequest: [], inResponse: ['create'] },
  { group: 'management.cattle.io', resource: 'tokens', isClusterScoped: true, inRequest: WRITES, inResponse: ANSWERS },
  { group: 'management.cattle.io', resource: 'clusterregistrationtokens', inRequest: WRITES, inResponse: ANSWERS }
];
/** Values of a list that are tried for one that no earlier rule takes. */
const TRIED = 4;
/** Who and what no rule names. */
const STRANGER = 'cluster-audit-stranger';

/** One finding for each rule and each kind of object whose secrets it logs. */
export function findingsOfSecrets(linted: Linted): Finding[] {
  return linted.policy.rules.flatMap((rule, index) => SENSITIVE.flatMap((sensitive) => {
    const verb = verbThatLeaks(linted, rule, index, sensitive);
    const { group, resource, subresource } = sensitive;

    return verb === undefined ? [] : [warning('secretsLogged', ['rules', index], { resource: [subresource ? `${ resource }/${ subresource }` : resource, ...group ? [group] : []].join('.'), verb, level: rule.level })];
  }));
}

function verbThatLeaks({ decide }: Linted, rule: PolicyRule, index: number, sensitive: Sensitive): string | undefined {
  const verbs = rule.level === 'RequestResponse' ? new Set([...sensitive.inRequest, ...sensitive.inResponse]) : new Set(rule.level === 'Request' ? sensitive.inRequest : []);
  const possible = [...verbs].filter((verb) => !rule.verbs?.length || rule.verbs.includes(verb));

  return possible.find((verb) => probesOf(rule, sensitive, verb).some((request) => mismatchOf(rule, request) === undefined && decide(request).rule === index));
}

/** Requests of the kind, from those whom the rule names and in the places that it names. */
function probesOf(rule: PolicyRule, { group, resource, subresource = '', isClusterScoped }: Sensitive, verb: string): RequestAttributes[] {
  const users = firstOf(rule.users, STRANGER);
  const groups = rule.userGroups?.slice(0, TRIED) ?? [];
  const hasName = !['create', 'list', 'deletecollection'].includes(verb) || subresource !== '';
  const names = hasName ? firstOf(rule.resources?.flatMap(({ resourceNames }) => resourceNames ?? []), STRANGER) : [''];
  const namespaces = isClusterScoped ? [''] : firstOf(rule.namespaces, STRANGER);
  const memberships = groups.length ? groups.map((each) => [each]) : [[]];

  return users.flatMap((user) => memberships.flatMap((membership) => namespaces.flatMap((namespace) => (
    names.map((name) => requestOf({ user, groups: membership, verb, apiGroup: group, resource, subresource, namespace, name }))
  ))));
}

/** Some values of a list; a value of one's own where the list takes any. */
function firstOf(list: readonly string[] | undefined, other: string): readonly string[] {
  return list?.length ? [...list.slice(0, TRIED), other] : [other];
}
