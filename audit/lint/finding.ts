/** How lint says what it has found. */
import type { Finding, Path } from '../policy/finding';

/** Something that is surely not meant. */
export function warning(name: string, path: Path, params: Finding['params'] = {}): Finding {
  return { code: `lint.${ name }`, severity: 'warn', at: { object: 'policy', path }, params };
}

/** Something that costs, or that may be meant. */
export function note(name: string, path: Path, params: Finding['params'] = {}): Finding {
  return { ...warning(name, path, params), severity: 'info' };
}
