/**
 * Unknown fields, which Kubernetes ignores: what was probably meant.
 *
 * Source: kubernetes/kubernetes#110116 (verbs under resources), gardener/gardener#12126 (verb), kubernetes/website#37958 (a list as
 * group, groups in users).
 */
import type { Finding, Path } from '../policy/finding';
import { warning } from './finding';
import type { Linted } from './lint';
import { nearest } from './nearest';

type Home = 'policy' | 'rule' | 'resources';

const FIELDS: ReadonlyMap<Home, readonly string[]> = new Map<Home, readonly string[]>([
  ['policy', ['apiVersion', 'kind', 'metadata', 'omitStages', 'omitManagedFields', 'rules']],
  ['rule', ['level', 'users', 'userGroups', 'verbs', 'resources', 'namespaces', 'nonResourceURLs', 'omitStages', 'omitManagedFields']],
  ['resources', ['group', 'resources', 'resourceNames']]
]);
/** Names of other systems for our fields, in lower case. */
const MEANT: ReadonlyMap<string, string> = new Map([
  ['apigroup', 'group'], ['apigroups', 'group'], ['apiversions', 'group'], ['names', 'resourceNames'], ['name', 'resourceNames'], ['user', 'users'], ['username', 'users'], ['usernames', 'users'], ['serviceaccounts', 'users'],
  ['usergroup', 'userGroups'], ['urls', 'nonResourceURLs'], ['url', 'nonResourceURLs'], ['paths', 'nonResourceURLs'], ['nonresourcepaths', 'nonResourceURLs'], ['stages', 'omitStages'], ['operations', 'verbs'], ['methods', 'verbs'],
  ['actions', 'verbs'], ['auditlevel', 'level']
]);

/** A finding for each unknown field that belongs elsewhere, or that is nearly one. */
export function findingsOfFields({ findings }: Linted): Finding[] {
  return findings.filter(({ code }) => code === 'policy.unknownField').flatMap(({ at: { path } }) => {
    const own = homeOf(path);

    return own === undefined ? [] : findingsOfField(String(path.at(-1)), own, path);
  });
}

function findingsOfField(field: string, own: Home, path: Path): Finding[] {
  const meantHere = knownIn(own, field);

  if (meantHere !== undefined) {
    return [warning('fieldMeant', path, { field, meant: meantHere })];
  }
  if (own === 'rule' && field === 'groups') { // of users: an entry of resources has one group
    return [warning('fieldMeant', path, { field, meant: 'userGroups' })];
  }
  const home = [...FIELDS.keys()].find((each) => FIELDS.get(each)?.includes(field)) ?? [...own === 'policy' ? [] : FIELDS.keys()].find((each) => knownIn(each, field) !== undefined);
  const meant = home && knownIn(home, field);

  return meant === undefined ? [] : [warning(`fieldOf.${ home ?? own }`, path, { field, meant })];
}

/** The field of an object that a name stands for. */
function knownIn(home: Home, field: string): string | undefined {
  const fields = FIELDS.get(home) ?? [];
  const meant = MEANT.get(field.toLowerCase());

  return fields.find((known) => known === field) ?? fields.find((known) => known === meant) ?? nearest(field, fields);
}

/** What a field stands in; undefined for the fields of `metadata`, which nobody reads. */
function homeOf(path: Path): Home | undefined {
  const [rules, , resources] = path;

  return path.length === 1 ? 'policy'
    : rules === 'rules' && path.length === 3 ? 'rule'
      : rules === 'rules' && resources === 'resources' && path.length === 5 ? 'resources' : undefined;
}
