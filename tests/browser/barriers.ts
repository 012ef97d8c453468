/** What keeps people out of a page, as axe finds it. */
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

import type { HostLook } from './hosts';

export interface Barrier {
  readonly id: string;
  readonly html: string;
  readonly target: string;
}

/** The serious and critical barriers within a part of the page, but for those that are the host's own. */
export async function barriersIn(page: Page, look: HostLook, selector = '[data-testid="audit-log-tab"]'): Promise<Barrier[]> {
  const { violations } = await new AxeBuilder({ page }).include(selector).analyze();
  const barriers = violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html, target }): Barrier => ({ id, html, target: String(target[0]) })));

  return page.evaluate(
    ({ barriers, faint }) => barriers.filter(({ id, target }) => id !== 'color-contrast' || !faint || !document.querySelector(target)?.closest(faint)),
    { barriers, faint: look.faint }
  );
}
