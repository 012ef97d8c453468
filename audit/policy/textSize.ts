/**
 * How much work it is to read a text, told without reading it.
 */
import { ruleLinesOf } from './rulePlaces';
import { unreadLength } from './ruleReadings';

/** What so many rules take, as people write them. */
const LONG_TEXT = 12_000;
const MANY_RULES = 100;
/** Fewer characters can't be as many rules. */
const SHORT_TEXT = MANY_RULES * '- level: None'.length;
/** Rules of so many characters are read while nobody notices. */
const FEW_CHARACTERS = 2_000;

/** Whether reading a text and lint of it take longer than a keystroke may. */
export function isLongText(text: string): boolean {
  return text.length > LONG_TEXT || (text.length > SHORT_TEXT && (ruleLinesOf(text)?.starts.length ?? 0) > MANY_RULES);
}

/** Whether a text is read at once because nearly all of its rules were read before, as after an edit of one of them. */
export function isQuicklyRead(text: string): boolean {
  return unreadLength(text) <= FEW_CHARACTERS;
}
