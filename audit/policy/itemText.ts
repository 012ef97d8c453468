/**
 * The items of a list as people see them.
 */
import type { Words } from './words';

/** How an empty string is shown, and typed. */
export const EMPTY = '""';

/** An item's words; an empty string may stand for something. */
export function itemText(item: string, empty: string = EMPTY): string {
  return item || empty;
}

/** The first of some texts, one after the other, and how many more there are. */
export function listText(texts: readonly string[], t: Words, most: number): string {
  const shown = texts.slice(0, most).join(t('rule.comma'));

  return texts.length > most ? t('rule.andMore', { items: shown, count: texts.length - most }) : shown;
}

/** An API group's words: the core group has no name, and one that is called so is another. */
export function groupText(group: string, t: Words): string {
  const core = t('rule.core');

  return group === 'core' || group === core ? t('rule.literal', { text: group }) : group || core;
}
