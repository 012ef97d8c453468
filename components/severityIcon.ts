/** The host's icon of each severity of a finding. The words beside it say the same. */
import type { Severity } from '../audit/policy/finding';

export const SEVERITY_ICONS: Readonly<Record<Severity, string>> = { block: 'icon-error', warn: 'icon-warning', info: 'icon-info' };
