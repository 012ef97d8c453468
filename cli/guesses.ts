/** What is only assumed of requests, as it is said beside their answers. */
import type { Words } from './words';

/** A sentence about resources whose scope is guessed, which may be named several times; none where there are none. */
export function guessNotes(resources: readonly string[], t: Words): readonly string[] {
  return resources.length ? [t('ask.scopeGuessed', { resources: [...new Set(resources)].join(t('rule.comma')) })] : [];
}
