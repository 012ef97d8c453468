/**
 * A stopwatch in the page: it starts with what the browser says of a key or a click, and stops when the page shows what came of it.
 */
import type { Locator, Page } from '@playwright/test';

/** What the page shows then: another rule list, another text, or a finding about a level. */
export type Shown = 'rules' | 'text' | 'finding' | 'noFinding';

interface Times {
  /** From each key to the paint after it. */
  paints: number[];
  /** Tasks that kept the page busy for longer than 50 ms. */
  tasks: number[];
}

interface Watch extends Times {
  /** When the last key or click was. */
  start: number;
  /** Undefined until the page shows it. */
  stop: number | undefined;
  wait(shown: Shown): void;
}

type WatchedWindow = typeof window & { auditWatch: Watch };

/** Starts the stopwatch in a page. */
export async function recordTimes(page: Page): Promise<void> {
  // tsx calls it in each function that it compiles.
  await page.evaluate('globalThis.__name = (named) => named');
  await page.evaluate(() => {
    let isThere: (() => boolean) | undefined;
    const watch: Watch = {
      paints: [],
      tasks:  [],
      start:  0,
      stop:   undefined,
      wait(shown) {
        const text = { rules: rulesText, text: editorText, finding: () => '', noFinding: () => '' }[shown];
        const before = text();

        watch.start = 0;
        watch.stop = undefined;
        isThere = shown === 'finding' ? () => hasFinding() : shown === 'noFinding' ? () => !hasFinding() : () => text() !== '' && text() !== before;
      }
    };

    function rulesText(): string {
      const list = document.querySelector<HTMLElement>('[data-testid="audit-rule-0"]');

      return list?.offsetParent ? list.textContent ?? '' : '';
    }

    function editorText(): string {
      const editor = document.querySelector('[data-testid="audit-yaml"] .CodeMirror') as unknown as { readonly CodeMirror?: { getValue(): string } } | null;

      return editor?.CodeMirror?.getValue() ?? '';
    }

    function hasFinding(): boolean {
      return document.querySelector('[data-testid="audit-log-tab"] [data-code="policy.levelUnknown"]') !== null;
    }

    /** Runs after the next frame was painted. */
    function afterPaint(then: () => void): void {
      requestAnimationFrame(() => {
        const channel = new MessageChannel();

        channel.port1.onmessage = then;
        channel.port2.postMessage(0);
      });
    }

    function look(): void {
      if (isThere?.() && watch.start) {
        isThere = undefined;
        afterPaint(() => {
          watch.stop = performance.now();
        });
      } else if (isThere) {
        requestAnimationFrame(look);
      }
    }

    function begin(event: Event): void {
      watch.start = event.timeStamp;
      if (event.type === 'keydown') {
        afterPaint(() => watch.paints.push(performance.now() - event.timeStamp));
      }
      look();
    }

    document.addEventListener('keydown', begin, true);
    document.addEventListener('click', begin, true);
    new PerformanceObserver((list) => watch.tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: 'longtask' });
    (window as WatchedWindow).auditWatch = watch;
  });
}

/** How long it takes from a click to what is shown then. */
export async function clicked(page: Page, button: Locator, shown: Shown): Promise<number> {
  await page.evaluate((what) => (window as WatchedWindow).auditWatch.wait(what), shown);
  await button.first().click();

  return elapsed(page);
}

/** How long it takes from a key to what is shown then. */
export async function keyed(page: Page, key: string, shown: Shown): Promise<number> {
  await page.evaluate((what) => (window as WatchedWindow).auditWatch.wait(what), shown);
  await page.keyboard.press(key);

  return elapsed(page);
}

/** All that was measured so far. */
export async function timesOf(page: Page): Promise<Readonly<Times>> {
  return page.evaluate(() => {
    const { paints, tasks } = (window as WatchedWindow).auditWatch;

    return { paints, tasks };
  });
}

async function elapsed(page: Page): Promise<number> {
  await page.waitForFunction(() => (window as WatchedWindow).auditWatch.stop !== undefined);

  return page.evaluate(() => {
    const { start, stop } = (window as WatchedWindow).auditWatch;

    return (stop ?? NaN) - start;
  });
}
