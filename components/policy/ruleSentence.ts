/**
 * A rule as one plain sentence: what it is about, done how, where and by whom.
 */
import { groupText, itemsText } from '../../audit/policy/itemText';
import type { GroupResources, PolicyRule } from '../../audit/policy/types';
import type { Texts } from '../useTexts';

/** The sentence, without the level, which stands beside it. */
export function ruleSentence(rule: PolicyRule, t: Texts): string {
  const { verbs = [], namespaces = [], users = [], userGroups = [], omitStages = [], omitManagedFields } = rule;
  const part = (key: string, items: readonly string[], empty?: string) => items.length ? [t(`rule.${ key }`, { items: itemsText(items, t, empty) })] : [];

  return [
    verbs.length ? t('rule.verbsOn', { verbs: itemsText(verbs, t), subject: subject(rule, t) }) : t('rule.subject', { subject: subject(rule, t) }),
    ...part('namespaces', namespaces, t('rule.clusterScoped')),
    ...part('users', users),
    ...part('userGroups', userGroups),
    ...part('omitStages', omitStages),
    ...omitManagedFields === undefined ? [] : [t(omitManagedFields ? 'rule.withoutManagedFields' : 'rule.withManagedFields')]
  ].join(t('rule.comma'));
}

function subject({ resources = [], nonResourceURLs = [], namespaces = [] }: PolicyRule, t: Texts): string {
  if (resources.length) {
    return resources.map((group) => subjectOfGroup(group, t)).join(t('rule.comma'));
  }
  if (nonResourceURLs.length) {
    return t('rule.paths', { items: itemsText(nonResourceURLs, t) });
  }

  return t(namespaces.length ? 'rule.everyResource' : 'rule.everything');
}

function subjectOfGroup({ group = '', resources = [], resourceNames = [] }: GroupResources, t: Texts): string {
  const what = resources.length ? itemsText(resources, t) : t('rule.everyResource');
  const inGroup = group || !resources.length ? t('rule.inGroup', { what, group: groupText(group, t) }) : what;

  return resourceNames.length ? t('rule.named', { what: inGroup, names: itemsText(resourceNames, t) }) : inGroup;
}
