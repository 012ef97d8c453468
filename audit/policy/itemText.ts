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
