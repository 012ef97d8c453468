/**
 * What both editors show besides a text, and what can be asked of them.
 */
import type { Severity } from '../../audit/policy/finding';
import type { TextSpan } from './textSearch';

/** What there is to say of a line, in words. */
export interface LineNote {
  /** Counted from 1. */
  readonly line: number;
  readonly severity: Severity;
  readonly text: string;
}

export interface EditorHandle {
  /** Puts the keyboard on a line, counted from 1. */
  showLine(line: number): void;
  /** Selects a stretch of the text and brings it into sight; the keyboard stays where it is. */
  select(span: TextSpan): void;
  selectedText(): string;
  /** Where the cursor or the selection starts, in UTF-16 units. */
  cursorOffset(): number;
  focus(): void;
  /** Folds or unfolds all items of lists. Does nothing where there is no folding. */
  fold(isFolded: boolean): void;
}
