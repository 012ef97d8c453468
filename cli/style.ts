/** Colours, where a terminal shows them. */
import { createColors } from 'picocolors';

import type { Severity } from '../audit/policy/finding';

/** Text with the colour that it gets when it goes out: what is in it is made harmless before. */
export interface Painted {
  readonly text: string;
  readonly paint: (text: string) => string;
}

export interface Style {
  readonly good: (text: string) => Painted;
  readonly dim: (text: string) => Painted;
  readonly bold: (text: string) => Painted;
  readonly severity: (severity: Severity, text: string) => Painted;
}

/** Plain unless a terminal shows the text and `NO_COLOR` is not set. */
export function styleOf(isTerminal: boolean): Style {
  const { green, dim, bold, red, yellow, cyan } = createColors(isTerminal && !process.env['NO_COLOR']);
  const colours = { block: red, warn: yellow, info: cyan };

  const painted = (paint: Painted['paint']) => (text: string): Painted => ({ text, paint });

  return { good: painted(green), dim: painted(dim), bold: painted(bold), severity: (severity, text) => painted(colours[severity])(text) };
}
