/**
 * The sign beside a line that there is something to say of. Its words show on hover; for the keyboard and for screen readers they are said
 * where the cursor is, and stand in the list of findings.
 */
import type { LineNote } from './editorHandle';

const ICONS: Readonly<Record<LineNote['severity'], string>> = { block: 'icon-error', warn: 'icon-warning', info: 'icon-info' };

export function noteSign({ severity, text }: LineNote): HTMLElement {
  const sign = document.createElement('i');

  sign.className = `icon ${ ICONS[severity] } audit-note audit-note-${ severity }`;
  sign.title = text;
  sign.setAttribute('aria-hidden', 'true');

  return sign;
}
