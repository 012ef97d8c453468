/** Colours, where a terminal shows them. */
import { createColors } from 'picocolors';

import type { Severity } from '../audit/policy/finding';

export interface Style {
  readonly good: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly bold: (text: string) => string;
  readonly severity: (severity: Severity, text: string) => string;
}

/** Plain unless a terminal shows the text and `NO_COLOR` is not set. */
export function styleOf(isTerminal: boolean): Style {
  const { green, dim, bold, red, yellow, cyan } = createColors(isTerminal && !process.env['NO_COLOR']);
  const colours = { block: red, warn: yellow, info: cyan };

  return { good: green, dim, bold, severity: (severity, text) => colours[severity](text) };
}
