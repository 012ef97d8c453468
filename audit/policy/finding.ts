/**
 * What we have to say about a policy, a cluster or a source: a code and its parameters. The words are in l10n, under the code.
 */

/** Keys and indexes from an object's top to one of its values. */
export type Path = readonly (string | number)[];

/** The strictest first. */
export const SEVERITIES = ['block', 'warn', 'info'] as const;
export type Severity = typeof SEVERITIES[number];

/** Lines and columns count from 1; the end is exclusive. */
export interface TextRange {
  readonly start: { readonly line: number; readonly column: number };
  readonly end: { readonly line: number; readonly column: number };
}

export interface Place {
  readonly object: 'policy' | 'cluster' | 'source' | 'expectations';
  readonly path: Path;
  readonly range?: TextRange;
}

export interface Finding {
  readonly code: string;
  readonly severity: Severity;
  readonly at: Place;
  /** `upstream`, where there is one, is the text that Kubernetes or Rancher itself prints. */
  readonly params: Readonly<Record<string, string | number>>;
}

/** Whether one of the findings must stop a save. */
export function blocks(findings: readonly Finding[]): boolean {
  return findings.some((finding) => finding.severity === 'block');
}

/** The findings without those that say the same as one before, be it more or less strictly. */
export function withoutRepeats(findings: readonly Finding[]): Finding[] {
  const said = findings.map((finding) => JSON.stringify({ ...finding, severity: '' }));

  return findings.filter((_, index) => said.indexOf(said[index] ?? '') === index);
}

/** The findings whose place is at a path or within it, with the rest of their paths. */
export function findingsAt(findings: readonly Finding[], path: Path): readonly Finding[] {
  return findings.filter(({ at }) => path.every((step, index) => at.path[index] === step)).map((finding) => ({ ...finding, at: { ...finding.at, path: finding.at.path.slice(path.length) } }));
}

/** The field that a path ends with. */
export function lastField(path: Path): string {
  return String(path.at(-1));
}

/** The name that Kubernetes' errors give a path, such as `rules[0].level`. */
export function fieldName(path: Path): string {
  return path.reduce<string>((name, step) => typeof step === 'number' ? `${ name }[${ step }]` : name ? `${ name }.${ step }` : step, '');
}
