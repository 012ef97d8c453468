/**
 * Verbs of a rule that no request has.
 *
 * Those of requests for resources are made from the method and the path, those of others are methods in lower case; which ones a
 * resource has is in the catalogue. Source: k8s.io/apiserver/pkg/endpoints/request/requestinfo.go
 */
import type { Finding, Path } from '../policy/finding';
import type { GroupResources, PolicyRule } from '../policy/types';
import { resourceNamed } from '../request/catalogue';
import { note, warning } from './finding';
import type { Linted } from './lint';
import { kindsOf } from './ruleIndex';

const OF_RESOURCES = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch', 'proxy'];
const OF_PATHS = ['get', 'head', 'post', 'put', 'patch', 'delete', 'options', 'connect', 'trace'];
/** What people write for the verbs of resources: methods, and words of other systems. */
const MEANT_OF_RESOURCES: ReadonlyMap<string, string> = new Map([
  ['post', 'create'], ['put', 'update'], ['head', 'get'], ['read', 'get, list, watch'], ['view', 'get, list, watch'], ['write', 'create, update, patch, delete, deletecollection'], ['edit', 'update, patch'],
  ['modify', 'update, patch'], ['change', 'update, patch'], ['replace', 'update'], ['apply', 'create, patch'], ['add', 'create'], ['remove', 'delete'], ['deletecollections', 'deletecollection'], ['delete-collection', 'deletecollection'],
  ['exec', 'create, get'], ['connect', 'create, get']
]);
const MEANT_OF_PATHS: ReadonlyMap<string, string> = new Map([['list', 'get'], ['watch', 'get'], ['read', 'get'], ['create', 'post'], ['update', 'put'], ['deletecollection', 'delete']]);

/** Findings about the verbs of each rule. */
export function findingsOfVerbs({ policy: { rules } }: Linted): Finding[] {
  return rules.flatMap((rule, index) => [...findingsOfSpelling(rule, ['rules', index, 'verbs']), ...findingsOfServed(rule, ['rules', index])]);
}

function findingsOfSpelling(rule: PolicyRule, path: Path): Finding[] {
  const { isForResources, isForPaths } = kindsOf(rule);
  const allowed = [...isForResources ? OF_RESOURCES : [], ...isForPaths ? OF_PATHS : []];

  return (rule.verbs ?? []).flatMap((verb, index): Finding[] => {
    const at = [...path, index];
    const lower = verb.toLowerCase();
    const meant = allowed.includes(lower) ? lower : (isForResources ? MEANT_OF_RESOURCES : MEANT_OF_PATHS).get(lower);

    if (allowed.includes(verb) || verb === '' || verb === '*') { // OPTIONS has no verb, the star is looked at with other wildcards
      return [];
    }
    if (verb !== lower && meant !== undefined) {
      return [warning('verbUpperCase', at, { verb, wanted: meant })];
    }
    if (OF_PATHS.includes(verb)) {
      return [warning('verbOfPaths', at, { verb, wanted: meant ?? OF_RESOURCES.join(', ') })];
    }
    if (OF_RESOURCES.includes(verb)) {
      return [warning('verbOfResources', at, { verb, wanted: meant ?? OF_PATHS.join(', ') })];
    }

    return [meant === undefined ? warning('verbUnknown', at, { verb }) : warning('verbMeant', at, { verb, wanted: meant })];
  });
}

/** A resource in the place where a rule names it, and the verbs that it has; undefined for what is not known. */
interface Served {
  readonly path: Path;
  readonly pattern: string;
  readonly verbs: readonly string[] | undefined;
}

/** Verbs that none of a rule's resources has, or resources that have none of its verbs: they match requests that are refused, at most. */
function findingsOfServed(rule: PolicyRule, path: Path): Finding[] {
  const verbs = (rule.verbs ?? []).filter((verb) => OF_RESOURCES.includes(verb));
  const served = (rule.resources ?? []).flatMap((group, index) => servedBy(group, [...path, 'resources', index]));
  const idle = verbs.filter((verb) => served.length > 0 && served.every((each) => each.verbs && !hasVerb(each.verbs, verb)));
  const resource = served.map(({ pattern }) => pattern).join(', ');

  return [
    ...(rule.verbs ?? []).flatMap((verb, index) => idle.includes(verb) ? [note('verbNotServed', [...path, 'verbs', index], { verb, resource })] : []),
    ...served.flatMap((each) => verbs.length > idle.length && each.verbs && !each.verbs.some((verb) => verbs.includes(verb))
      ? [note('resourceWithoutVerbs', each.path, { resource: each.pattern, verbs: verbs.join(', '), served: each.verbs.join(', ') })] : [])
  ];
}

/** Who may delete thinks of many as well: `deletecollection` beside `delete` is no mistake where only one can be deleted. */
function hasVerb(served: readonly string[], verb: string): boolean {
  return served.includes(verb) || (verb === 'deletecollection' && served.includes('delete'));
}

function servedBy({ group = '', resources }: GroupResources, path: Path): Served[] {
  return resources?.length ? resources.map((pattern, index) => ({ path: [...path, 'resources', index], pattern, verbs: verbsOf(group, pattern) })) : [{ path, pattern: '*', verbs: undefined }];
}

function verbsOf(group: string, pattern: string): readonly string[] | undefined {
  const [resource = '', subresource] = pattern.split('/');
  const entry = resourceNamed(group, resource);

  return subresource === undefined ? entry?.verbs : entry?.subresources.get(subresource);
}
