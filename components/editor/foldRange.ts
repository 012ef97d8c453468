/**
 * Which lines of a YAML text belong to a line, and can be folded into it. Lines count from 0 here.
 *
 * The host's own folding leaves out items of lists, and asks the highlighter about each line, which takes long in a long text.
 */

/** The text of a line; undefined behind the last. */
export type LineAt = (line: number) => string | undefined;

/** The last line that belongs to a line; undefined where none does. */
export function foldEnd(lineAt: LineAt, start: number): number | undefined {
  const first = lineAt(start) ?? '';

  return isComment(first) ? endOfComment(lineAt, start) : first.trim() ? endOfBlock(lineAt, start, first) : undefined;
}

function endOfComment(lineAt: LineAt, start: number): number | undefined {
  let end = start;

  if (isComment(lineAt(start - 1))) {
    return undefined;
  }
  while (isComment(lineAt(end + 1))) {
    end++;
  }

  return end > start ? end : undefined;
}

function endOfBlock(lineAt: LineAt, start: number, first: string): number | undefined {
  const indent = indentOf(first);
  let end: number | undefined;

  for (let line = start + 1, text = lineAt(line); text !== undefined; text = lineAt(++line)) {
    if (!text.trim() || isComment(text)) {
      continue;
    }
    const isDeeper = indentOf(text) > indent || indentOf(text) === indent && isItem(text) && !isItem(first);

    if (!isDeeper) {
      break;
    }
    end = line;
  }

  return end;
}

/** The outermost items of lists with more than one line: the rules of a policy. */
export function foldableItems(lineAt: LineAt): number[] {
  const items: number[] = [];

  for (let line = 0, text = lineAt(line); text !== undefined; text = lineAt(++line)) {
    const end = isItem(text) ? foldEnd(lineAt, line) : undefined;

    if (end !== undefined) {
      items.push(line);
      line = end;
    }
  }

  return items;
}

function indentOf(text: string): number {
  return text.length - text.trimStart().length;
}

function isItem(text: string): boolean {
  return /^\s*-(\s|$)/.test(text);
}

function isComment(text: string | undefined): boolean {
  return /^\s*#/.test(text ?? '');
}
