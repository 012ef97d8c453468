/**
 * A rule as one plain sentence: what it is about, done how, where and by whom.
 */
import type { GroupResources, PolicyRule } from '../../audit/policy/types';
import type { Texts } from '../useTexts';

/** The sentence, without the level, which stands beside it. */
export function ruleSentence(rule: PolicyRule, t: Texts): string {
  const { verbs = [], namespaces = [], users = [], userGroups = [], omitStages = [] } = rule;
  const list = (items: readonly string[]) => items.map((item) => item || t('rule.clusterScoped')).join(t('rule.comma'));
  const part = (key: string, items: readonly string[]) => items.length ? [t(`rule.${ key }`, { items: list(items) })] : [];

  return [
    verbs.length ? t('rule.verbsOn', { verbs: list(verbs), subject: subject(rule, t) }) : t('rule.subject', { subject: subject(rule, t) }),
    ...part('namespaces', namespaces),
    ...part('users', users),
    ...part('userGroups', userGroups),
    ...part('omitStages', omitStages)
  ].join(t('rule.comma'));
}

function subject({ resources = [], nonResourceURLs = [], namespaces = [] }: PolicyRule, t: Texts): string {
  if (resources.length) {
    return resources.map((group) => groupText(group, t)).join(t('rule.comma'));
  }
  if (nonResourceURLs.length) {
    return t('rule.paths', { items: nonResourceURLs.join(t('rule.comma')) });
  }

  return t(namespaces.length ? 'rule.everyResource' : 'rule.everything');
}

function groupText({ group = '', resources = [], resourceNames = [] }: GroupResources, t: Texts): string {
  const what = resources.length ? resources.join(t('rule.comma')) : t('rule.everyResource');
  const inGroup = group || !resources.length ? t('rule.inGroup', { what, group: group || t('rule.core') }) : what;

  return resourceNames.length ? t('rule.named', { what: inGroup, names: resourceNames.join(t('rule.comma')) }) : inGroup;
}
