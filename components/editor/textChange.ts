/**
 * From one text to another by the fewest lines, so that an editor keeps its cursor, its scroll position and what is folded;
 * and what someone typed with the line ends of the text before. Editors themselves know `\n` alone.
 */
import { diffArrays } from 'diff';

/** Text in place of a stretch of the text before. Offsets are UTF-16 units. */
export interface TextChange {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** With more lines that differ, all between the first and the last of them is one change: finding the least would take too long. */
const MOST_LINES = 200;

/** A text as an editor holds it. */
export function plainText(text: string): string {
  return text.replaceAll(/\r\n?/g, '\n');
}

/** What makes the second of two plain texts out of the first, in order and apart from each other; nothing where they are the same. */
export function changesBetween(before: string, after: string): TextChange[] {
  const whole = trimmed(before, { from: 0, to: before.length, text: after });

  if (!whole) {
    return [];
  }
  const from = whole.from && before.lastIndexOf('\n', whole.from - 1) + 1;
  const nextEnd = before.indexOf('\n', whole.to);
  const to = nextEnd < 0 ? before.length : nextEnd + 1;
  const lines = diffArrays(linesOf(before.slice(from, to)), linesOf(after.slice(from, after.length - (before.length - to))), { maxEditLength: MOST_LINES });

  return lines ? changesOf(lines, from).flatMap((change) => trimmed(before, change) ?? []) : [whole];
}

function changesOf(parts: readonly { readonly value: readonly string[]; readonly added: boolean; readonly removed: boolean }[], start: number): TextChange[] {
  const changes: TextChange[] = [];
  let offset = start;
  let open = false;

  for (const { value, added, removed } of parts) {
    const text = value.join('');
    const last = open ? changes.pop() : undefined;
    const { from, text: before } = last ?? { from: offset, text: '' };

    offset += added ? 0 : text.length;
    open = added || removed;
    if (open) {
      changes.push({ from, to: offset, text: added ? before + text : before });
    } else if (last) {
      changes.push(last);
    }
  }

  return changes;
}

/** A change without what stays the same at its ends; undefined where nothing is left. */
function trimmed(before: string, { from, to, text }: TextChange): TextChange | undefined {
  const most = Math.min(to - from, text.length);
  let head = 0;
  let tail = 0;

  while (head < most && before.charCodeAt(from + head) === text.charCodeAt(head)) {
    head++;
  }
  while (tail < most - head && before.charCodeAt(to - tail - 1) === text.charCodeAt(text.length - tail - 1)) {
    tail++;
  }

  return head + tail === to - from && head + tail === text.length ? undefined : { from: from + head, to: to - tail, text: text.slice(head, text.length - tail) };
}

function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+/g) ?? [];
}

/** What was typed over a text, with its line ends: those that stay are as they were, new ones like the text's first. */
export function withLineEnds(before: string, typed: string): string {
  const usual = /\r\n?|\n/.exec(before)?.[0] ?? '\n';
  let [head, typedHead] = [0, 0];
  let [tail, typedTail] = [before.length, typed.length];

  if (!before.includes('\r')) {
    return typed;
  }
  while (head < tail && typedHead < typedTail && plainAt(before, head) === typed[typedHead]) {
    head += before.startsWith('\r\n', head) ? 2 : 1;
    typedHead++;
  }
  while (tail > head && typedTail > typedHead && plainAt(before, tail - 1) === typed[typedTail - 1]) {
    tail -= before[tail - 1] === '\n' && before[tail - 2] === '\r' ? 2 : 1;
    typedTail--;
  }

  return before.slice(0, head) + typed.slice(typedHead, typedTail).replaceAll('\n', usual) + before.slice(tail);
}

function plainAt(text: string, index: number): string | undefined {
  return text[index] === '\r' ? '\n' : text[index];
}
