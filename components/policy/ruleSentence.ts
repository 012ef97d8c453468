/**
 * A rule as one plain sentence: what it is about, done how, where and by whom.
 */
import { groupText, itemText, listText } from '../../audit/policy/itemText';
import type { GroupResources, PolicyRule } from '../../audit/policy/types';
import type { Texts } from '../useTexts';

/** Of each list so many items: the open rule has them all. */
const MOST = 12;

/** The sentence, without the level, which stands beside it. */
export function ruleSentence(rule: PolicyRule, t: Texts): string {
  const { verbs = [], namespaces = [], users = [], userGroups = [], omitStages = [], omitManagedFields } = rule;
  const part = (key: string, list: readonly string[], empty?: string) => list.length ? [t(`rule.${ key }`, { items: shown(list, t, empty) })] : [];

  return [
    verbs.length ? t('rule.verbsOn', { verbs: shown(verbs, t), subject: subject(rule, t) }) : t('rule.subject', { subject: subject(rule, t) }),
    ...part('namespaces', namespaces, t('rule.clusterScoped')),
    ...part('users', users),
    ...part('userGroups', userGroups),
    ...part('omitStages', omitStages),
    ...omitManagedFields === undefined ? [] : [t(omitManagedFields ? 'rule.withoutManagedFields' : 'rule.withManagedFields')]
  ].join(t('rule.comma'));
}

function subject({ resources = [], nonResourceURLs = [], namespaces = [] }: PolicyRule, t: Texts): string {
  if (resources.length) {
    return listText(resources.map((group) => subjectOfGroup(group, t)), t, MOST);
  }
  if (nonResourceURLs.length) {
    return t('rule.paths', { items: shown(nonResourceURLs, t) });
  }

  return t(namespaces.length ? 'rule.everyResource' : 'rule.everything');
}

function subjectOfGroup({ group = '', resources = [], resourceNames = [] }: GroupResources, t: Texts): string {
  const what = resources.length ? shown(resources, t) : t('rule.everyResource');
  const inGroup = group || !resources.length ? t('rule.inGroup', { what, group: groupText(group, t) }) : what;

  return resourceNames.length ? t('rule.named', { what: inGroup, names: shown(resourceNames, t) }) : inGroup;
}

function shown(items: readonly string[], t: Texts, empty?: string): string {
  return listText(items.map((item) => itemText(item, empty)), t, MOST);
}
