/**
 * The exact edit that mends what a finding is about, for those that leave no doubt about what was meant.
 *
 * A new fix is one entry in the table; those of unknown fields are in fieldFix.ts.
 */
import { lastField, type Finding, type Path } from '../policy/finding';
import type { PolicyEdit } from '../policy/policyEdit';
import { LEVELS, STAGES, type GroupResources, type Policy, type PolicyRule } from '../policy/types';
import { matchesResource } from '../request/mismatch';
import { fieldFix } from './fieldFix';
import { isOfUnknownField } from './fields';
import { nearest } from './nearest';

/** A rule that a finding is about, and the rest of the path in it. */
interface Found {
  readonly policy: Policy;
  readonly rule: PolicyRule;
  readonly index: number;
  readonly path: Path;
  readonly params: Finding['params'];
}

type RuleFix = (found: Found) => PolicyEdit | undefined;

const OF_RULES: ReadonlyMap<string, RuleFix> = new Map<string, RuleFix>([
  ['policy.levelUnknown', ({ rule, index, params }) => {
    const level = nearest(String(params['got']), LEVELS);

    return level === undefined ? undefined : setRule(index, { ...rule, level });
  }],
  ['policy.urlSlash', (found) => withItems(found, [`/${ String(found.params['got']) }`])],
  ['lint.groupCore', ({ rule, index, path }) => setRule(index, withGroup(rule, path, (group) => [{ ...group, group: '' }]))],
  ['lint.groupMeant', ({ rule, index, path, params }) => setRule(index, withGroup(rule, path, (group) => [{ ...group, group: String(params['wanted']) }]))],
  ...['lint.resourceName', 'lint.resourceUpperCase', 'lint.resourceWithVersion', 'lint.subresourceMeant', 'lint.urlWithQuery', 'lint.verbUpperCase', 'lint.verbMeant'].map((code): [string, RuleFix] => [code, withWanted]),
  ...['lint.resourceMeant', 'lint.resourceWithGroup', 'lint.resourceOfOtherGroup'].map((code): [string, RuleFix] => [code, inGroup]),
  ...['lint.verbOfPaths', 'lint.verbOfResources'].map((code): [string, RuleFix] => [code, (found) => wantedOf(found).length === 1 ? withWanted(found) : undefined]),
  ['lint.starSlashStar', (found) => withItems(found, ['*'])],
  ['lint.starIsLiteral', ({ rule, index, path }) => setRule(index, withList(rule, path.slice(0, -1), () => []))],
  ['lint.urlBelow', (found) => withItems(found, [String(found.params['url']), String(found.params['parent'])])],
  ['lint.emptyUser', (found) => (found.rule.users ?? []).length > 1 ? withItems(found, []) : undefined],
  ['lint.rancherUser', (found) => withItems(found, [String(found.params['user']), String(found.params['instead'])])],
  // A rule for a user and a group is for that user as a member of that group alone: with others in the list it would match less.
  ['lint.groupInUsers', ({ rule, index, params }) => rule.users?.length === 1 && !rule.userGroups?.length ? setRule(index, { ...rule, users: [], userGroups: [String(params['group'])] }) : undefined],
  ['lint.userInGroups', ({ rule, index, params }) => rule.userGroups?.length === 1 && !rule.users?.length ? setRule(index, { ...rule, userGroups: [], users: [String(params['user'])] }) : undefined],
  ['lint.unreachable', ({ index }) => ({ type: 'remove', indexes: [index] })],
  ['lint.secretsLogged', metadataBefore],
  ['lint.secretsPassedOn', metadataBefore]
]);

const OF_POLICY: ReadonlyMap<string, (policy: Policy) => PolicyEdit> = new Map<string, (policy: Policy) => PolicyEdit>([
  ['lint.requestReceived', ({ omitStages = [] }) => ({ type: 'stages', omitStages: [...omitStages, 'RequestReceived'] })],
  ['lint.noCatchAll', ({ rules }) => ({ type: 'add', index: rules.length, rule: { level: 'Metadata' } })]
]);

/** What mends a finding about a policy; undefined where that is for the user to decide. */
export function fixOf(policy: Policy, finding: Finding): PolicyEdit | undefined {
  const { code, at, params } = finding;

  if (at.object !== 'policy') {
    return undefined;
  }
  if (isOfUnknownField(finding)) {
    return fieldFix(policy, finding);
  }
  const [rules, index, ...path] = at.path;
  const rule = rules === 'rules' && typeof index === 'number' ? policy.rules[index] : undefined;

  if (code === 'policy.stageUnknown') {
    return stageFix(policy, at.path, String(params['got']));
  }

  return rule && typeof index === 'number' ? OF_RULES.get(code)?.({ policy, rule, index, path, params }) : OF_POLICY.get(code)?.(policy);
}

function stageFix({ omitStages = [], rules }: Policy, path: Path, got: string): PolicyEdit | undefined {
  const stage = nearest(got, STAGES);
  const [, index] = path;
  const rule = path[0] === 'rules' && typeof index === 'number' ? rules[index] : undefined;
  const replaced = (list: readonly string[]): string[] => [...new Set(list.map((item) => item === got && stage ? stage : item))];

  if (!stage) {
    return undefined;
  }

  return rule && typeof index === 'number' ? setRule(index, { ...rule, omitStages: replaced(rule.omitStages ?? []) }) : { type: 'stages', omitStages: replaced(omitStages) };
}

function setRule(index: number, rule: PolicyRule): PolicyEdit {
  return { type: 'set', index, rule };
}

function wantedOf({ params }: Found): string[] {
  return String(params['wanted']).split(', ');
}

function withWanted(found: Found): PolicyEdit {
  return withItems(found, wantedOf(found));
}

/** Other items in the place of the one that a finding is about. */
function withItems({ rule, index, path }: Found, items: readonly string[]): PolicyEdit {
  const position = Number(path.at(-1));

  return setRule(index, withList(rule, path.slice(0, -1), (list) => [...new Set(list.toSpliced(position, 1, ...items))]));
}

/** A rule with one of its lists changed: `['verbs']`, or `['resources', 0, 'resourceNames']`. */
function withList(rule: PolicyRule, path: Path, change: (list: readonly string[]) => readonly string[]): PolicyRule {
  const field = lastField(path);
  const changed = <Fields extends object>(fields: Fields): Fields => ({ ...fields, [field]: change((fields as Readonly<Record<string, readonly string[] | undefined>>)[field] ?? []) });

  return path.length > 1 ? withGroup(rule, path, (group) => [changed(group)]) : changed(rule);
}

/** A rule with other entries in the place of the one that a path begins with. */
function withGroup(rule: PolicyRule, [, position]: Path, change: (group: GroupResources) => readonly GroupResources[]): PolicyRule {
  return { ...rule, resources: (rule.resources ?? []).flatMap((group, index) => index === position ? change(group) : [group]) };
}

/** What was meant, in an entry of the group that has it. */
function inGroup(found: Found): PolicyEdit | undefined {
  const { rule, index, path, params } = found;
  const groups = String(params['groups'] ?? params['group']).split(', ').map((group) => group === '""' ? '' : group);
  const [wantedGroup = ''] = groups;
  const [wanted = ''] = wantedOf(found);

  return groups.length > 1 ? undefined : setRule(index, withGroup(rule, path, (group) => {
    const { resources = [], ...others } = group;
    const rest = resources.toSpliced(Number(path.at(-1)), 1);

    if ((group.group ?? '') === wantedGroup) {
      return [{ ...group, resources: resources.map((resource, position) => position === path.at(-1) ? wanted : resource) }];
    }

    // An entry that is left without resources would stand for all of its group.
    return [...rest.length ? [{ ...group, resources: rest }] : [], { ...others, group: wantedGroup, resources: [wanted] }];
  }));
}

/** A rule at Metadata that takes exactly those requests for a resource that the rule would log with their bodies. */
function metadataBefore({ rule, index, params }: Found): PolicyEdit {
  const [name = '', ...group] = String(params['resource']).split('.');
  const [resource = '', subresource = ''] = name.split('/');
  const { nonResourceURLs: _, ...others } = rule;
  const entries = (rule.resources ?? []).filter((entry) => [group.join('.'), '*'].includes(entry.group ?? '') && (!entry.resources?.length || entry.resources.some((pattern) => matchesResource(pattern, resource, subresource))));
  const names = entries.length && entries.every(({ resourceNames }) => resourceNames?.length) ? [...new Set(entries.flatMap(({ resourceNames = [] }) => resourceNames))] : [];

  return { type: 'add', index, rule: { ...others, level: 'Metadata', resources: [{ group: group.join('.'), resources: [name], ...names.length ? { resourceNames: names } : {} }] } };
}
