/**
 * Unknown fields, which Kubernetes ignores: what was probably meant.
 *
 * Source: kubernetes/kubernetes#110116 (verbs under resources), gardener/gardener#12126 (verb), kubernetes/website#37958 (a list as
 * group, groups in users).
 */
import { lastField, type Finding, type Path } from '../policy/finding';
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

/** A field that we know, what it stands in, and whether that is elsewhere than where an unknown one stands. */
export interface MeantField {
  readonly home: Home;
  readonly field: string;
  readonly isElsewhere: boolean;
}

/** A finding for each unknown field that belongs elsewhere, or that is nearly one, in the place of the one that reading gave. */
export function findingsOfFields({ findings }: Linted): Finding[] {
  return findings.filter(isUnknownField).flatMap(({ at, params }) => {
    const meant = fieldMeant(at.path);

    if (!meant) {
      return [];
    }
    const { code, severity } = meant.isElsewhere ? warning(`fieldOf.${ meant.home }`, at.path) : warning('fieldMeant', at.path);

    return [{ code, severity, at, params: { ...params, meant: meant.field } }];
  });
}

/** Whether a finding says of an unknown field what was probably meant. */
export function explainsField({ code }: Finding): boolean {
  return code === 'lint.fieldMeant' || code.startsWith('lint.fieldOf.');
}

/** Whether a finding is about an unknown field, be it explained or not. */
export function isOfUnknownField(finding: Finding): boolean {
  return isUnknownField(finding) || explainsField(finding);
}

/** Whether a finding says no more of a field than that it is unknown. */
export function isUnknownField({ code }: Finding): boolean {
  return code === 'policy.unknownField';
}

/** What an unknown field at a path probably is; undefined where it is like none. */
export function fieldMeant(path: Path): MeantField | undefined {
  const field = lastField(path);
  const own = homeOf(path);
  // Groups in a rule are of users: an entry of resources has one group.
  const here = own && (knownIn(own, field) ?? (own === 'rule' && field === 'groups' ? 'userGroups' : undefined));

  if (own === undefined || here !== undefined) {
    return own && here ? { home: own, field: here, isElsewhere: false } : undefined;
  }
  const home = [...FIELDS.keys()].find((each) => FIELDS.get(each)?.includes(field)) ?? [...own === 'policy' ? [] : FIELDS.keys()].find((each) => knownIn(each, field) !== undefined);
  const there = home && knownIn(home, field);

  return home && there ? { home, field: there, isElsewhere: true } : undefined;
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
