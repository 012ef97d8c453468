/**
 * What there is to learn from a finding: a short lesson, whose words are in l10n under its name.
 */

/** In the order in which they are best read. */
export const LESSONS = ['order', 'rest', 'stages', 'bodies', 'access', 'groups', 'resources', 'subresources', 'verbs', 'literal', 'namespaces', 'names', 'urls', 'identities', 'rancher', 'fields', 'noise', 'refused'] as const;

export type Lesson = typeof LESSONS[number];

const FINDINGS: ReadonlyMap<Lesson, readonly string[]> = new Map<Lesson, readonly string[]>([
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

  return room === 'lint' ? [...FINDINGS].find(([, names]) => names.includes(name))?.[0] : undefined;
}

/** The lesson with a name, or the one of a finding's code: an address may have either. Undefined where there is none. */
export function lessonNamed(name: string): Lesson | undefined {
  return LESSONS.find((lesson) => lesson === name) ?? lessonOf(name);
}
