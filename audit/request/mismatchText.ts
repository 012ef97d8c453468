/**
 * Why a rule does not match a request, in words.
 */
import { groupText, itemText, listText } from '../policy/itemText';
import type { Words } from '../policy/words';
import type { Mismatch, ResourceOfRequest } from './mismatch';

/** So many values are named. */
const MOST = 6;

/** One short sentence without its full stop. */
export function mismatchText(mismatch: Mismatch, t: Words): string {
  switch (mismatch.condition) {
    case 'users': return mismatch.got === null ? t('mismatch.noUser') : t('mismatch.users', { got: mismatch.got, wanted: wantedText(mismatch.wanted, t) });
    case 'userGroups': return mismatch.got === null ? t('mismatch.noUser') : t('mismatch.userGroups', { wanted: wantedText(mismatch.wanted, t) });
    case 'verbs': return t('mismatch.verbs', { got: mismatch.got, wanted: wantedText(mismatch.wanted, t) });
    case 'namespaces': return mismatch.got === '' ? t('mismatch.noNamespace', { wanted: wantedText(mismatch.wanted, t, t('rule.clusterScoped')) }) : t('mismatch.namespaces', { got: mismatch.got, wanted: wantedText(mismatch.wanted, t, t('rule.clusterScoped')) });
    case 'resourceRequest': return t('mismatch.resourceRequest', { got: mismatch.got });
    case 'nonResourceURLs': return typeof mismatch.got === 'string' ? t('mismatch.nonResourceURLs', { got: mismatch.got, wanted: wantedText(mismatch.wanted, t) }) : t('mismatch.notAPath', { got: resourceText(mismatch.got, t) });
    case 'resources': return resourcesText(mismatch, t);
  }
}

function resourcesText({ wanted, got, nearest }: Extract<Mismatch, { readonly condition: 'resources' }>, t: Words): string {
  const ofGroup = wanted.filter(({ group = '' }) => group === got.apiGroup || group === '*');

  switch (nearest) {
    case 'group': return t('mismatch.group', { got: groupText(got.apiGroup, t), wanted: wantedText(wanted.map(({ group = '' }) => groupText(group, t)), t) });
    case 'resources': return t('mismatch.resources', { got: resourceText(got, t), wanted: wantedText(ofGroup.flatMap(({ resources }) => resources ?? []), t) });
    case 'resourceNames': return got.name === '' ? t('mismatch.noName', { wanted: wantedText(ofGroup.flatMap(({ resourceNames }) => resourceNames ?? []), t) }) : t('mismatch.resourceNames', { got: got.name, wanted: wantedText(ofGroup.flatMap(({ resourceNames }) => resourceNames ?? []), t) });
  }
}

function resourceText({ apiGroup, resource, subresource }: ResourceOfRequest, t: Words): string {
  const what = subresource ? `${ resource }/${ subresource }` : resource;

  return apiGroup ? t('rule.inGroup', { what, group: groupText(apiGroup, t) }) : what;
}

function wantedText(items: readonly string[], t: Words, empty?: string): string {
  return listText([...new Set(items)].map((item) => itemText(item, empty)), t, MOST);
}
