/**
 * All that is to say about a policy text, as plain data: a worker can post it, where a PolicyDocument has functions.
 */
import { readPolicyDocument, type PolicyDocument } from '../policy/document';
import type { Finding, Path, TextRange } from '../policy/finding';
import type { Policy } from '../policy/types';
import { explainsField, isUnknownField } from './fields';
import { findingsOfLint } from './lint';

export interface PolicyReport {
  readonly policy: Policy | undefined;
  /** Of the text as kube-apiserver reads it. */
  readonly findings: readonly Finding[];
  /** The same, and lint. */
  readonly allFindings: readonly Finding[];
  readonly error: string | undefined;
  readonly warnings: readonly string[];
  /** Of each rule where it stands: line and column of its start, and of its end. */
  readonly ruleRanges: readonly number[];
}

const NUMBERS_OF_RANGE = 4;

/** What a kube-apiserver of the version says of a text, and lint of one that it takes. */
export function reportOf(text: string, kubernetesVersion: string | undefined): PolicyReport {
  const document = readPolicyDocument(text, kubernetesVersion);
  const { policy, findings, error, warnings, rangeOf } = document;
  const ruleRanges = (policy?.rules ?? []).flatMap((_, index) => numbersOf(rangeOf(['rules', index])));

  return { policy, findings, error, warnings, ruleRanges, allFindings: findingsOfDocument(document, kubernetesVersion) };
}

/** The document that a report of a text is about. */
export function documentOfReport(text: string, kubernetesVersion: string | undefined, { policy, findings, error, warnings, ruleRanges }: PolicyReport): PolicyDocument {
  let whole: PolicyDocument | undefined;

  /** Places within a rule are not in the report: who asks for one waits until the text is read again. */
  const rangeOf = (path: Path): TextRange | undefined => {
    const [first, index, ...rest] = path;
    const range = first === 'rules' && typeof index === 'number' && !rest.length ? rangeIn(ruleRanges, index) : undefined;

    return range ?? (whole ??= readPolicyDocument(text, kubernetesVersion)).rangeOf(path);
  };

  return { text, policy, findings, error, warnings, rangeOf };
}

/** What is to say of a policy that was read for a version: lint of one that kube-apiserver takes, with its place, comes last. */
export function findingsOfDocument({ policy, error, findings, rangeOf }: PolicyDocument, kubernetesVersion: string | undefined): readonly Finding[] {
  if (!policy || error !== undefined) {
    return findings;
  }
  const ofLint = findingsOfLint(policy, findings, kubernetesVersion).map((finding) => finding.at.range ? finding : withRange(finding, rangeOf(finding.at.path)));
  const explained = new Set(ofLint.filter(explainsField).map(({ at }) => JSON.stringify(at)));

  return [...findings.filter((finding) => !isUnknownField(finding) || !explained.has(JSON.stringify(finding.at))), ...ofLint];
}

function withRange(finding: Finding, range: TextRange | undefined): Finding {
  return range ? { ...finding, at: { ...finding.at, range } } : finding;
}

function numbersOf(range: TextRange | undefined): number[] {
  return range ? [range.start.line, range.start.column, range.end.line, range.end.column] : [0, 0, 0, 0];
}

function rangeIn(numbers: readonly number[], index: number): TextRange | undefined {
  const [startLine = 0, startColumn = 0, endLine = 0, endColumn = 0] = numbers.slice(index * NUMBERS_OF_RANGE, (index + 1) * NUMBERS_OF_RANGE);

  return startLine ? { start: { line: startLine, column: startColumn }, end: { line: endLine, column: endColumn } } : undefined;
}
