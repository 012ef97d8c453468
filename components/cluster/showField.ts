/**
 * Brings the keyboard to the field of our screens that a finding is about.
 */
import { nextTick } from 'vue';

import type { Target } from './findingTarget';

/** Focuses the field in the part of the page; the part that it is in, where the field can't be focused. */
export async function showField(root: HTMLElement | undefined, target: Target): Promise<void> {
  await nextTick();
  const field = root?.querySelector<HTMLElement>(`[data-audit-target="${ target }"]:not(:disabled)`) ?? root?.querySelector<HTMLElement>(`[data-audit-part~="${ target.startsWith('audit-') ? 'log' : target }"]`);

  field?.scrollIntoView?.({ block: 'center' });
  field?.focus({ preventScroll: true });
}
