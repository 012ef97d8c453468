/**
 * A policy's text together with what kube-apiserver would read in it.
 *
 * The text is the truth: comments, order and quoting are in it alone, and each edit (edit.ts) gives a new text.
 */
import { isNode } from 'yaml';

import { decodePolicy } from './decode';
import type { Finding, Path, TextRange } from './finding';
import { minorVersion } from './kubernetesVersion';
import type { Policy } from './types';
import { findingsOfPolicy } from './validate';
import { isJsonText, MAX_ALIASES, MAX_POLICY_LENGTH, parseYaml, type YamlText } from './yaml';

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
  const jsonError = isJsonText(text) ? errorOf(() => JSON.parse(text)) : undefined; // YAML takes more than JSON

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
  let value: unknown;
  const valueError = errorOf(() => {
    value = yaml.document.toJS({ maxAliasCount: MAX_ALIASES });
  });

  if (valueError) {
    // yaml throws a ReferenceError for too many or dangling aliases, and a plain Error for what cannot be merged.
    return valueError instanceof ReferenceError ? refusedText(text, 'policy.aliases', { limit: MAX_ALIASES }) : refusedText(text, 'policy.syntax', { reason: valueError.message });
  }
  const decoded = decodePolicy(value);
  const { policy } = decoded;
  const findings = policy ? [...findingsOfPolicy({ ...decoded, policy }, minor), ...decoded.findings] : decoded.findings;

  return { text, policy, findings: findings.map((finding) => withRange(finding, yaml)) };
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
