/**
 * Where the parts of a page stand: read from it, and compared with what was recorded.
 *
 * Fonts differ from machine to machine, and with them where lines break. So what must hold everywhere is what fonts don't decide: columns, what
 * stands above or beside what, that nothing is cut off or in the way. Pixels are only compared where the fonts are those of the recording.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { dump, load } from 'js-yaml';
import type { Locator, Page } from '@playwright/test';

/** Left, top, width and height within the part, in CSS pixels. */
export type Box = readonly [number, number, number, number];
/** By `data-testid`, with a number where it stands more than once. */
export type Layout = Readonly<Record<string, Box>>;

/** The layouts of a language. */
export interface Recording {
  /** What the texts measure in the fonts of the machine that made it, and its browser. */
  readonly fonts: string;
  readonly parts: Readonly<Record<string, Layout>>;
}

/** In pixels, or as a share of what was recorded, whichever is more. */
const COLUMN = { pixels: 16, share: 0.1 };
/** Where lines break otherwise, a part grows or shrinks. */
const HEIGHT = { pixels: 40, share: 0.5 };

/** The boxes of a part and of all that is in it. */
export async function layoutOf(part: Locator): Promise<Layout> {
  return part.evaluate((root) => {
    const { left, top } = root.getBoundingClientRect();
    const counts = new Map<string, number>();
    const boxes: Record<string, [number, number, number, number]> = {};

    for (const element of [root, ...root.querySelectorAll('[data-testid]')]) {
      const box = element.getBoundingClientRect();
      const id = element.getAttribute('data-testid') ?? 'part';
      const count = counts.get(id) ?? 0;

      // What is folded away has a box, too, once somebody has asked for it.
      if (box.width && box.height && element.checkVisibility()) {
        counts.set(id, count + 1);
        boxes[count ? `${ id } ${ count + 1 }` : id] = [box.left - left, box.top - top, box.width, box.height].map(Math.round) as [number, number, number, number];
      }
    }

    return boxes;
  });
}

/** In what a layout differs from the recorded one, in words; nothing where fonts alone can explain it. */
export function layoutDifferences(recorded: Layout, layout: Layout): string[] {
  const ids = Object.keys(recorded);
  const missing = [...ids.filter((id) => !layout[id]).map((id) => `${ id } is gone`), ...Object.keys(layout).filter((id) => !recorded[id]).map((id) => `${ id } is new`)];
  const both = ids.flatMap((id) => {
    const [was, is] = [recorded[id], layout[id]];

    return was && is ? [{ id, was, is }] : [];
  });

  return [
    ...missing,
    ...both.flatMap(({ id, was, is }) => [
      ...isNear(was[0], is[0], COLUMN) && isNear(was[2], is[2], COLUMN) ? [] : [`${ id } is in the columns ${ is[0] } to ${ is[0] + is[2] }, not ${ was[0] } to ${ was[0] + was[2] }`],
      ...isNear(was[3], is[3], HEIGHT) ? [] : [`${ id } is ${ is[3] } high, not ${ was[3] }`]
    ]),
    ...both.flatMap((one) => both.flatMap((other) => ([1, 0] as const).flatMap((axis) => isBefore(one.was, other.was, axis) && !isBefore(one.is, other.is, axis) ? [`${ one.id } is no more ${ axis ? 'above' : 'left of' } ${ other.id }`] : [])))
  ];
}

function isNear(was: number, is: number, { pixels, share }: typeof COLUMN): boolean {
  return Math.abs(was - is) <= Math.max(pixels, share * was);
}

/** Whether one ends where the other begins, or before: by the vertical axis or the horizontal one. */
function isBefore(one: Box, other: Box, axis: 0 | 1): boolean {
  return one[axis] + one[axis === 0 ? 2 : 3] <= other[axis] + 1;
}

/** What is wrong with a part whatever the fonts are: cut off, sticking out, or over something that can be pressed. */
export async function layoutFaults(part: Locator): Promise<string[]> {
  return part.evaluate((root) => {
    const frame = root.getBoundingClientRect();
    const elements = [...root.querySelectorAll<HTMLElement>('*')].filter((element) => element.checkVisibility() && !element.closest('.CodeMirror') && !isHidden(element));
    const nameOf = (element: Element): string => `<${ element.tagName.toLowerCase() }${ element.getAttribute('data-testid') ? ` ${ element.getAttribute('data-testid') }` : '' }> “${ (element.textContent ?? '').trim().slice(0, 40) }”`;
    const pressed = elements.filter((element) => element.matches('button, input:not([type="radio"], [type="checkbox"]), select, textarea, summary, a'));

    return [
      ...elements.filter((element) => {
        const { left, right } = element.getBoundingClientRect();

        return (right > frame.right + 2 || left < frame.left - 2) && !scrollerOf(element);
      }).map((element) => `${ nameOf(element) } sticks out`),
      // What is typed may be longer than its input.
      ...elements.filter((element) => !element.matches('input, select, textarea') && ['hidden', 'clip'].includes(getComputedStyle(element).overflowX) && element.scrollWidth > element.clientWidth + 1).map((element) => `${ nameOf(element) } is cut off`),
      ...pressed.flatMap((one, index) => pressed.slice(index + 1).flatMap((other) => overlap(one, other) ? [`${ nameOf(one) } and ${ nameOf(other) } are in each other’s way`] : []))
    ];

    /** Whether something is for screen readers alone. */
    function isHidden(element: Element): boolean {
      for (let each: Element | null = element; each && each !== root; each = each.parentElement) {
        if (getComputedStyle(each).clipPath !== 'none' || each.getBoundingClientRect().width <= 1) {
          return true;
        }
      }

      return false;
    }

    function scrollerOf(element: Element): boolean {
      for (let each = element.parentElement; each && each !== root.parentElement; each = each.parentElement) {
        if (['auto', 'scroll'].includes(getComputedStyle(each).overflowX)) {
          return true;
        }
      }

      return false;
    }

    function overlap(one: Element, other: Element): boolean {
      const [a, b] = [one.getBoundingClientRect(), other.getBoundingClientRect()];

      return !one.contains(other) && !other.contains(one) && Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 2;
    }
  });
}

/** What texts measure here: the same on two machines with the same fonts and the same browser. */
export async function fontsOf(page: Page): Promise<string> {
  const widths = await page.evaluate(() => {
    const context = document.createElement('canvas').getContext('2d');
    const families = [getComputedStyle(document.body).fontFamily, ...[...document.querySelectorAll('.CodeMirror, pre')].slice(0, 1).map((element) => getComputedStyle(element).fontFamily), 'monospace'];

    return [...new Set(families)].flatMap((family) => ['Hamburgefonstiv 0123', '审计日志策略'].map((text) => {
      if (context) {
        context.font = `14px ${ family }`;
      }

      return context?.measureText(text).width.toFixed(3);
    }));
  });

  return [page.context().browser()?.version(), ...widths].join(' ');
}

const fileOf = (locale: string): string => resolve(__dirname, 'layouts', `${ locale }.yaml`);

/** What was recorded for a language. */
export function recordingOf(locale: string): Recording {
  return existsSync(fileOf(locale)) ? load(readFileSync(fileOf(locale), 'utf8')) as Recording : { fonts: '', parts: {} };
}

/** Keeps a recording. */
export function record(locale: string, recording: Recording): void {
  mkdirSync(dirname(fileOf(locale)), { recursive: true });
  writeFileSync(fileOf(locale), `# Where the parts stand in ${ locale }: left, top, width and height. Made by npm run screenshots.\n${ dump(recording, { flowLevel: 3, lineWidth: -1 }) }`);
}
