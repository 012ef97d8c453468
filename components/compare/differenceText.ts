/**
 * Requests that are decided differently, in words: done how, to what, by whom, where.
 */
import { listText } from '../../audit/policy/itemText';
import type { Difference, Outcome } from '../../audit/request/compare';
import type { Extent, GroupPart } from '../../audit/request/mergeDifferences';
import { OTHER } from '../../audit/request/requestKinds';
import type { NamespaceClass, Who, WhoClass } from '../../audit/request/requestScopes';
import type { Texts } from '../useTexts';

/** As many as one reads; the others are counted. */
const MOST = 6;

/** The sentence, such as `create, update: deployments (apps), by anyone`; with everything that is in it, or what one reads. */
export function differenceText({ what, verbs, who, namespaces, names }: Difference, t: Texts, isWhole = false): string {
  const list = (items: readonly string[]): string => listText(items, t, isWhole ? Infinity : MOST);
  const subject = what.isEverything ? t(`compare.every.${ what.type }`) : what.type === 'path' ? t('rule.paths', { items: list(what.paths) }) : groupsText(what.groups, t, list, isWhole ? Infinity : MOST);

  return [
    verbs.of === 'all' ? subject : t('rule.verbsOn', { verbs: list(verbs.items), subject }),
    whoText(who, t, list),
    ...partsText('names', names, (name) => [name], t, list),
    ...partsText('namespaces', namespaces, namespaceTexts, t, list)
  ].join(t('rule.comma'));

  function namespaceTexts({ members }: NamespaceClass): string[] {
    return members.flatMap((member) => member === undefined ? [] : [member || t('compare.acrossNamespaces')]);
  }
}

function groupsText(groups: readonly GroupPart[], t: Texts, list: (items: readonly string[]) => string, most: number): string {
  return listText(groups.map((part) => {
    const what = part.group === OTHER ? customText(part, t, list) : groupText(part, t, list);

    return part.scope ? t(`compare.scope.${ part.scope }`, { what }) : what;
  }), t, most);
}

function groupText({ group, resources, isWhole }: GroupPart, t: Texts, list: (items: readonly string[]) => string): string {
  const name = group || t('rule.core');

  return isWhole ? t('compare.group', { group: name }) : t('rule.inGroup', { what: list(resources.map((resource) => resource.replace(OTHER, t('compare.others')))), group: name });
}

/** Custom resources that stand for all others, their subresources, and those that a rule names whatever their group. */
function customText({ resources, isWhole }: GroupPart, t: Texts, list: (items: readonly string[]) => string): string {
  const named = resources.filter((resource) => resource.split('/')[0] !== OTHER);
  const subresources = resources.filter((resource) => resource.startsWith(`${ OTHER }/`)).map((resource) => resource.replace(`${ OTHER }/`, ''));

  return [
    ...isWhole || resources.includes(OTHER) ? [t('compare.custom')] : [],
    ...!isWhole && subresources.length ? [t('compare.customStatus', { subresources: subresources.join(t('rule.comma')) })] : [],
    ...!isWhole && named.length ? [t('rule.inGroup', { what: list(named), group: t('compare.otherGroups') })] : []
  ].join(t('rule.comma'));
}

function whoText(who: Extent<WhoClass>, t: Texts, list: (items: readonly string[]) => string): string {
  return who.of === 'all' ? t('compare.anyone') : t(`compare.who.${ who.of }`, { items: list(membersOf(who.items).map((member) => memberText(member, t))) });
}

/** Groups come last: what follows “members of” is read as one, too. */
function membersOf(classes: readonly WhoClass[]): readonly Who[] {
  const members = classes.flatMap((each) => each.members);
  const isGroup = ({ type }: Who): boolean => type === 'group';

  return [...members.filter((member) => !isGroup(member)), ...members.filter(isGroup)];
}

/** Someone, as a rule would call them. */
export function memberText(member: Who, t: Texts): string {
  switch (member.type) {
    case 'user': return member.name;
    case 'group': return t('compare.members', { group: member.name });
    case 'member': return t('compare.memberOf', { user: member.name, group: member.group });
    default: return t(`compare.${ member.type }`);
  }
}

function partsText<Item>(key: 'names' | 'namespaces', extent: Extent<Item>, texts: (item: Item) => readonly string[], t: Texts, list: (items: readonly string[]) => string): string[] {
  return extent.of === 'all' ? [] : [t(`compare.${ key }.${ extent.of }`, { items: list(extent.items.flatMap(texts)) })];
}

/** What a policy does with a request besides the level: the rule, the stages that it leaves out, and whether managed fields are. */
export function outcomeText({ rule, omitStages, omitManagedFields }: Outcome, t: Texts): string {
  return [
    rule === undefined ? t('compare.noRule') : t('compare.rule', { number: rule + 1 }),
    ...omitStages.length ? [t('rule.omitStages', { items: omitStages.join(t('rule.comma')) })] : [],
    ...omitManagedFields ? [t('compare.managedFields')] : []
  ].join(t('rule.comma'));
}
