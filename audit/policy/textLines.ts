/** Lines and columns of a text's offsets. */
import type { TextRange } from './finding';
import type { Span } from './jsonTree';

const [NEW_LINE, RETURN] = [10, 13];

export class TextLines {
  readonly #text: string;
  /** Where each line starts; found when someone asks. */
  #starts: readonly number[] | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  /** The position of an offset; both count from 1, columns in UTF-16 units. */
  positionOf(offset: number): TextRange['start'] {
    const starts = this.#starts ??= startsOf(this.#text);
    let [low, high] = [0, starts.length];

    while (high - low > 1) {
      const middle = (low + high) >> 1;

      if ((starts[middle] ?? 0) <= offset) {
        low = middle;
      } else {
        high = middle;
      }
    }

    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
  }

  rangeOf({ start, end }: Span): TextRange {
    return { start: this.positionOf(start), end: this.positionOf(end) };
  }
}

/** A line ends by any of the three line ends, as editors have it. */
function startsOf(text: string): number[] {
  const starts = [0];

  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);

    if (code === NEW_LINE || (code === RETURN && text.charCodeAt(at + 1) !== NEW_LINE)) {
      starts.push(at + 1);
    }
  }

  return starts;
}

/** Where the line after the one that holds an offset starts, or the text's end. */
export function lineAfter(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);

  return end < 0 ? text.length : end + 1;
}

/** How the lines of a text end. */
export function lineEndOf(text: string): '\n' | '\r\n' {
  return text.includes('\r\n') ? '\r\n' : '\n';
}
