/**
 * What there is to learn from a finding: a short lesson, whose words are in l10n under its name.
 */

export type Lesson =
  | 'order' | 'rest' | 'stages' | 'bodies' | 'access' | 'groups' | 'resources' | 'subresources' | 'verbs' | 'literal' | 'namespaces' | 'names' | 'urls' | 'identities' | 'rancher' | 'fields' | 'noise' | 'refused';

const LESSONS: ReadonlyMap<Lesson, readonly string[]> = new Map<Lesson, readonly string[]>([
  ['order', ['unreachable', 'notAllCompared']],
  ['rest', ['nothingLogged', 'noCatchAll']],
  ['stages', ['requestReceived']],
  ['bodies', ['secretsLogged', 'secretsPassedOn']],
  ['access', ['accessNotLogged']],
  ['groups', ['groupCore', 'groupVersion', 'groupMeant', 'groupUnknown', 'resourceOfOtherGroup', 'resourceWithGroup']],
  ['resources', ['resourceWithVersion', 'resourceName', 'resourceUpperCase', 'resourceUnknown', 'resourceMeant', 'resourceNotYet', 'resourceNoMore']],
  ['subresources', ['starSlashStar', 'patternOfNothing', 'subresourceUnknown', 'subresourceMeant']],
  ['verbs', ['verbNotServed', 'verbOfPaths', 'verbOfResources', 'verbUpperCase', 'verbUnknown', 'verbMeant', 'resourceWithoutVerbs']],
  ['literal', ['starIsLiteral', 'starInside']],
  ['namespaces', ['clusterScoped', 'noNamespace', 'namespaceOfItself', 'namespaceName']],
  ['names', ['namesWithoutName', 'namesOfLists']],
  ['urls', ['urlOfResource', 'urlWithQuery', 'urlBelow']],
  ['identities', ['groupInUsers', 'userInGroups', 'emptyUser', 'serviceAccountName', 'serviceAccountGroup']],
  ['rancher', ['rancherUser', 'rancherPrincipal', 'rancherGroup', 'hidesRancherUsers']],
  ['fields', ['fieldMeant', 'fieldOf']],
  ['noise', ['floodEvents', 'floodLeases', 'floodHealth', 'floodWatches', 'floodEndpoints']]
]);

/** The lesson of a finding's code; undefined where its own words say all. */
export function lessonOf(code: string): Lesson | undefined {
  const [room, name = ''] = code.split('.');

  if (room === 'policy') {
    return code === 'policy.unknownField' || code === 'policy.duplicateKey' ? 'fields' : 'refused';
  }

  return room === 'lint' ? [...LESSONS].find(([, names]) => names.includes(name))?.[0] : undefined;
}
