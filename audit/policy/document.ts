/**
 * A policy's text together with what kube-apiserver would read in it.
 *
 * The text is the truth: comments, order and quoting are in it alone, and each edit (edit.ts) gives a new text.
 */
import { isNode } from 'yaml';

import { decodePolicy } from './decode';
import { blocks, type Finding, type Path, type TextRange } from './finding';
import { minorVersion } from './kubernetesVersion';
import type { Policy } from './types';
import { findingsOfPolicy } from './validate';
import { aliasedValues, isJsonText, MAX_ALIASED_VALUES, MAX_POLICY_LENGTH, parseYaml, type YamlText } from './yaml';

/** More than anyone reads; each costs a look for its place in the text. */
const MAX_FINDINGS = 100;

export interface PolicyDocument {
  readonly text: string;
  /** What the text says; undefined when it can't be decoded at all, and a finding then says why. */
  readonly policy: Policy | undefined;
  /** In the order of the text's checks, each with its place in the text where it has one. */
  readonly findings: readonly Finding[];
}

/**
 * Reads a policy text as the kube-apiserver of a Kubernetes version does, or of the newest that we know. Every text gives
 * a document; nothing is thrown.
 */
export function readPolicyDocument(text: string, kubernetesVersion?: string): PolicyDocument {
  if (text.length > MAX_POLICY_LENGTH) {
    return refusedText(text, 'policy.tooLarge', { limit: MAX_POLICY_LENGTH });
  }
  if (!text.trim()) {
    return refusedText(text, 'policy.empty');
  }
  const jsonError = isJsonText(text) ? errorOf(() => {
    JSON.parse(text);
  }) : undefined; // YAML takes more than JSON

  return jsonError ? refusedText(text, 'policy.jsonSyntax', { reason: jsonError.message }) : readYaml(text, minorVersion(kubernetesVersion));
}

function readYaml(text: string, minor: number): PolicyDocument {
  const yaml = parseYaml(text);
  const [syntaxError] = yaml.document.errors;

  if (syntaxError?.code === 'RESOURCE_EXHAUSTION') { // deeper than the stack
    return refusedText(text, 'policy.tooDeep');
  }
  if (syntaxError) {
    const range = yaml.rangeAt(...syntaxError.pos);
    const params = { line: range.start.line, column: range.start.column, reason: syntaxError.message };

    return { text, policy: undefined, findings: [{ code: 'policy.syntax', severity: 'block', at: { object: 'policy', path: [], range }, params }] };
  }
  if (aliasedValues(yaml.document) > MAX_ALIASED_VALUES) {
    return refusedText(text, 'policy.aliases', { limit: MAX_ALIASED_VALUES });
  }
  let value: unknown;
  const valueError = errorOf(() => {
    value = yaml.document.toJS({ maxAliasCount: -1 });
  });

  if (valueError) { // a dangling alias, or what cannot be merged
    return refusedText(text, 'policy.syntax', { reason: valueError.message });
  }
  const decoded = decodePolicy(value);
  const { policy } = decoded;
  const findings = policy ? [...findingsOfPolicy({ ...decoded, policy }, minor), ...decoded.findings] : decoded.findings;

  return { text, policy, findings: firstOf(findings).map((finding) => withRange(finding, yaml)) };
}

/** The first findings and, where there are more, one that counts the others and blocks if one of them does. */
function firstOf(findings: readonly Finding[]): readonly Finding[] {
  const others = findings.slice(MAX_FINDINGS);
  const more: Finding = { code: 'policy.moreFindings', severity: blocks(others) ? 'block' : 'warn', at: { object: 'policy', path: [] }, params: { count: others.length } };

  return others.length ? [...findings.slice(0, MAX_FINDINGS), more] : findings;
}

function errorOf(action: () => void): Error | undefined {
  try {
    action();
  } catch (error) {
    if (error instanceof Error) {
      return error;
    }
    throw error;
  }

  return undefined;
}

function withRange(finding: Finding, yaml: YamlText): Finding {
  const range = rangeOfPath(yaml, finding.at.path);

  return range ? { ...finding, at: { ...finding.at, range } } : finding;
}

/** The nearest node that exists on the way to a path: a missing field is marked at its parent. */
function rangeOfPath(yaml: YamlText, path: Path): TextRange | undefined {
  for (let length = path.length; length >= 0; length--) {
    const node = yaml.document.getIn(path.slice(0, length), true);

    if (isNode(node) && node.range) {
      return yaml.rangeAt(node.range[0], node.range[1]);
    }
  }

  return undefined;
}

function refusedText(text: string, code: string, params: Finding['params'] = {}): PolicyDocument {
  return { text, policy: undefined, findings: [{ code, severity: 'block', at: { object: 'policy', path: [] }, params }] };
}
