/** Lines and columns of a text's offsets. */
import type { TextRange } from './finding';
import type { Span } from './jsonTree';

export class TextLines {
  /** Where each line starts. */
  readonly #starts: number[] = [0];

  constructor(text: string) {
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) {
      this.#starts.push(end + 1);
    }
  }

  /** The position of an offset; both count from 1, columns in UTF-16 units. */
  positionOf(offset: number): TextRange['start'] {
    let [low, high] = [0, this.#starts.length];

    while (high - low > 1) {
      const middle = (low + high) >> 1;

      if ((this.#starts[middle] ?? 0) <= offset) {
        low = middle;
      } else {
        high = middle;
      }
    }

    return { line: low + 1, column: offset - (this.#starts[low] ?? 0) + 1 };
  }

  rangeOf({ start, end }: Span): TextRange {
    return { start: this.positionOf(start), end: this.positionOf(end) };
  }
}
