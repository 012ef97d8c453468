/**
 * Two texts beside each other: what they share around each change, and what one has in place of the other.
 */
import { diffLines } from 'diff';

import { CONTEXT } from './manifests';

export interface NumberedLine {
  /** Counted from 1. */
  readonly number: number;
  readonly text: string;
}

/** Lines that stand side by side: `same` ones are on both sides, a `gap` stands for lines that are left out. */
export interface Hunk {
  readonly type: 'same' | 'changed' | 'gap';
  readonly before: readonly NumberedLine[];
  readonly after: readonly NumberedLine[];
}

interface Block {
  readonly type: 'same' | 'changed';
  readonly before: NumberedLine[];
  readonly after: NumberedLine[];
}

/** Lines that are looked at as changed; texts that share less stand beside each other as a whole, since the search would take too long. */
const MAX_CHANGED_LINES = 2_000;

/** The changes from one text to another, with a few lines around them; nothing where they are the same. */
export function hunksOf(before: string, after: string): Hunk[] {
  const blocks = blocksOf(before, after);

  return blocks.some(({ type }) => type === 'changed') ? blocks.flatMap((block, index) => block.type === 'same' ? aroundChanges(block, index === 0, index === blocks.length - 1) : [block]) : [];
}

/** Whole texts as runs of same and of changed lines. */
function blocksOf(before: string, after: string): Block[] {
  const blocks: Block[] = [];
  const next = { before: 1, after: 1 };

  for (const { added, removed, value } of diffLines(before, after, { maxEditLength: MAX_CHANGED_LINES }) ?? [{ added: false, removed: true, value: before }, { added: true, removed: false, value: after }]) {
    const type = added || removed ? 'changed' : 'same';
    const last = blocks.at(-1);
    const block: Block = last?.type === type ? last : { type, before: [], after: [] };

    if (block !== last) {
      blocks.push(block);
    }
    for (const text of value.replace(/\n$/, '').split('\n')) {
      if (!added) {
        block.before.push({ number: next.before++, text });
      }
      if (!removed) {
        block.after.push({ number: next.after++, text });
      }
    }
  }

  return blocks;
}

function aroundChanges({ before, after }: Block, isFirst: boolean, isLast: boolean): Hunk[] {
  const head = isFirst ? 0 : CONTEXT;
  const tail = isLast ? 0 : CONTEXT;
  const same = (from: number, to?: number): Hunk => ({ type: 'same', before: before.slice(from, to), after: after.slice(from, to) });

  return head + tail >= before.length ? [same(0)] : [...head ? [same(0, head)] : [], { type: 'gap', before: [], after: [] } as const, ...tail ? [same(before.length - tail)] : []];
}
