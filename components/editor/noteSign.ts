/**
 * The sign beside a line that there is something to say of. Its words show on hover; for the keyboard and for screen readers they are said
 * where the cursor is, and stand in the list of findings.
 */
import { SEVERITY_ICONS } from '../severityIcon';
import type { LineNote } from './editorHandle';

export function noteSign({ severity, text }: LineNote): HTMLElement {
  const sign = document.createElement('i');

  sign.className = `icon ${ SEVERITY_ICONS[severity] } audit-note audit-note-${ severity }`;
  sign.title = text;
  sign.setAttribute('aria-hidden', 'true');

  return sign;
}
