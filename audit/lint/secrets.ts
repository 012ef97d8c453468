/**
 * Rules that write secrets into the log: bodies of requests and answers that hold them.
 *
 * Each is proven by requests that the rule decides, so that wildcards, empty lists and the order of rules count. They come from those whom
 * the rule is about, for the objects that it is about, and else from and for strangers, whom the fewest of the earlier rules take.
 */
import type { Finding } from '../policy/finding';
import type { PolicyRule } from '../policy/types';
import { requestOf, type RequestAttributes } from '../request/attributes';
import type { Decision } from '../request/decide';
import { expectedEvents } from '../request/events';
import { matchesResource } from '../request/mismatch';
import { requestersOf, STRANGER } from '../request/requesters';
import { note, warning } from './finding';
import type { Linted } from './lint';
import { SENSITIVE, type Sensitive } from './sensitive';

/** Requests that are tried for one rule, resource and verb. */
const MAX_PROBES = 256;
/** Requests that are tried for a policy; the rules that come after are not looked at. */
const MAX_PROBES_OF_POLICY = 100_000;
const WITHOUT_NAME = ['create', 'list', 'deletecollection'];

/** One finding for each rule and each kind of object whose secrets it logs. */
export function findingsOfSecrets({ policy: { rules }, decide, unreachable }: Linted): Finding[] {
  const left = { probes: MAX_PROBES_OF_POLICY };

  return rules.flatMap((rule, index) => rule.level !== 'Request' && rule.level !== 'RequestResponse' || unreachable.has(index) ? [] : SENSITIVE.flatMap((sensitive) => {
    const verbs = isAbout(rule, sensitive) ? verbsThatLeak(rule, sensitive, (request) => {
      const decision = decide(request);

      left.probes--;

      return decision.rule === index && left.probes >= 0 ? decision : undefined;
    }) : [];

    return verbs.length ? [findingOf(rule, index, sensitive, verbs)] : [];
  }));
}

function findingOf({ level }: PolicyRule, index: number, { group, resource, subresource, isAggregated }: Sensitive, verbs: readonly string[]): Finding {
  const params = { resource: [subresource ? `${ resource }/${ subresource }` : resource, ...group ? [group] : []].join('.'), verbs: verbs.join(', '), level };

  return isAggregated ? note('secretsPassedOn', ['rules', index], params) : warning('secretsLogged', ['rules', index], params);
}

/** Whether a rule is about a resource at all, before anything is tried. */
function isAbout({ resources, namespaces, nonResourceURLs }: PolicyRule, { group, resource, subresource = '', isClusterScoped }: Sensitive): boolean {
  return !(nonResourceURLs?.length && !resources?.length && !namespaces?.length)
    && !(isClusterScoped && namespaces?.length && !namespaces.includes(''))
    && (!resources?.length || resources.some((entry) => ((entry.group ?? '') === group || entry.group === '*') && (!entry.resources?.length || entry.resources.some((pattern) => matchesResource(pattern, resource, subresource)))));
}

/** Verbs of requests that a rule decides and whose events hold a secret. */
function verbsThatLeak(rule: PolicyRule, sensitive: Sensitive, decisionBy: (request: RequestAttributes) => Decision | undefined): readonly string[] {
  const { inRequest, inResponse } = sensitive;
  const verbs = [...new Set([...inRequest, ...rule.level === 'RequestResponse' ? inResponse : []])].filter((verb) => !rule.verbs?.length || rule.verbs.includes(verb));

  return verbs.filter((verb) => {
    for (const request of probesOf(rule, sensitive, verb)) {
      const decision = decisionBy(request);

      if (decision) {
        // Which server answers doesn't matter here: what is passed on has a finding of its own.
        return expectedEvents({ ...request, apiGroup: '' }, decision).some(({ requestObject, responseObject }) => (requestObject !== 'never' && inRequest.includes(verb)) || (responseObject !== 'never' && inResponse.includes(verb)));
      }
    }

    return false;
  });
}

/** Requests of a verb for a resource: first those that have each value once, then the other combinations. */
function* probesOf(rule: PolicyRule, { group, resource, subresource = '', isClusterScoped }: Sensitive, verb: string): Generator<RequestAttributes> {
  const requesters = requestersOf(rule);
  const namespaces = isClusterScoped ? [''] : rule.namespaces?.length ? rule.namespaces.filter((namespace) => namespace !== '' || verb === 'list') : [STRANGER];
  const names = WITHOUT_NAME.includes(verb) && subresource === '' ? ['', ...verb === 'list' ? namesOf(rule) : []] : namesOf(rule);
  const lengths = [requesters.length, namespaces.length, names.length];
  const all = lengths.reduce((product, length) => product * length, 1);
  const longest = Math.max(...lengths);
  const probeAt = (one: number, two: number, three: number): RequestAttributes => requestOf({
    ...requesters[one % requesters.length], verb, apiGroup: group, resource, subresource, namespace: namespaces[two % namespaces.length] ?? '', name: names[three % names.length] ?? ''
  });

  for (let index = 0; index < Math.min(longest, MAX_PROBES) && all; index++) {
    yield probeAt(index, index, index);
  }
  for (let index = 0; index < Math.min(all, MAX_PROBES) && all > longest; index++) {
    yield probeAt(index, Math.floor(index / requesters.length), Math.floor(index / requesters.length / namespaces.length));
  }
}

/** Names of objects that a rule is about; the last is a stranger's, where an entry takes any. */
function namesOf({ resources = [] }: PolicyRule): readonly string[] {
  return [...new Set(resources.flatMap(({ resourceNames = [] }) => resourceNames)), STRANGER];
}
