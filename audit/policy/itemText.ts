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

/** All items, one after the other. */
export function itemsText(items: readonly string[], t: Words, empty?: string): string {
  return items.map((item) => itemText(item, empty)).join(t('rule.comma'));
}

/** An API group's words: the core group has no name, and one that is called so is another. */
export function groupText(group: string, t: Words): string {
  const core = t('rule.core');

  return group === 'core' || group === core ? t('rule.literal', { text: group }) : group || core;
}
