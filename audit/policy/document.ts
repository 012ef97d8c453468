/**
 * A policy's text together with what kube-apiserver would read in it.
 *
 * The text is the truth: comments, order and quoting are in it alone, and each edit (edit.ts) gives a new text.
 */
import { decodePolicy, type Decoded } from './decode';
import { blocks, fieldName, lastField, type Finding, type Path, type TextRange } from './finding';
import { spanOf, type JsonNode } from './jsonTree';
import { minorVersion, OLDEST_JUDGED_MINOR } from './kubernetesVersion';
import type { DuplicateKey } from './readYaml';
import { Refusal } from './refusal';
import { TextLines } from './textLines';
import { treeOf } from './tree';
import { problemOfType, type TypeProblem } from './typeMeta';
import type { Policy } from './types';
import { findingsOfPolicy } from './validate';

/** In UTF-16 units. What a Secret or an etcd entry can hold; nothing larger can reach a cluster. */
export const MAX_POLICY_LENGTH = 1024 * 1024;

/** More than anyone reads, and yet what marks each rule of a long policy. */
const MAX_FINDINGS = 1000;

export interface PolicyDocument {
  readonly text: string;
  /** What the text says; undefined when it can't be decoded at all, and a finding then says why. */
  readonly policy: Policy | undefined;
  /** In the order of the text's checks, each with its place in the text where it has one. */
  readonly findings: readonly Finding[];
  /** Why kube-apiserver would not start, in its own words where they can be known; undefined when it would. */
  readonly error: string | undefined;
  /** What kube-apiserver would warn of in its log, in its own words. */
  readonly warnings: readonly string[];
  /** The lines of a value; where a field is missing, those of its parent. Undefined where the text is no YAML. */
  readonly rangeOf: (path: Path) => TextRange | undefined;
}

/**
 * Reads a policy text as the kube-apiserver of a Kubernetes version does, or of the newest that we know. Every text gives
 * a document; nothing is thrown.
 */
export function readPolicyDocument(text: string, kubernetesVersion?: string): PolicyDocument {
  const lines = new TextLines(text);
  const minor = minorVersion(kubernetesVersion);

  try {
    if (text.length > MAX_POLICY_LENGTH) {
      throw new Refusal('policy.tooLarge', { limit: MAX_POLICY_LENGTH });
    }
    const { root, duplicates } = treeOf(text);

    return documentOf(text, root, duplicates, lines, minor);
  } catch (error) {
    if (error instanceof Refusal) {
      return refusedDocument(text, error, lines);
    }
    throw error;
  }
}

function documentOf(text: string, root: JsonNode, duplicates: readonly DuplicateKey[], lines: TextLines, minor: number): PolicyDocument {
  const rangeOf = (path: Path): TextRange => lines.rangeOf(spanOf(root, path));
  const typeProblem = problemOfType(root);
  const decoded = root.kind === 'object' ? decodePolicy(root, lines, duplicates.map(({ path }) => path)) : undefined;
  const validation = decoded && decoded.error === undefined && !typeProblem ? findingsOfPolicy(decoded.policy, minor) : [];
  const findings = [
    ...(typeProblem ? [findingOfType(typeProblem)] : []),
    ...validation.map((finding) => ({ ...finding, at: { ...finding.at, range: rangeOf(finding.at.path) } })),
    ...duplicates.map(({ path, start, end, upstream }): Finding => ({ code: 'policy.duplicateKey', severity: 'warn', at: { object: 'policy', path, range: lines.rangeOf({ start, end }) }, params: { field: lastField(path), upstream } })),
    ...(decoded?.findings ?? []).filter(({ code, at }) => code !== typeProblem?.code || fieldName(at.path) !== fieldName(typeProblem.path)),
    ...(minor < OLDEST_JUDGED_MINOR ? [findingOfAge()] : [])
  ];

  return {
    text,
    policy:   decoded?.error === undefined ? decoded?.policy : undefined,
    findings: firstOf(findings),
    error:    errorOf(typeProblem, decoded, validation),
    warnings: warningsOf(duplicates, decoded, typeProblem),
    rangeOf
  };
}

function errorOf(typeProblem: TypeProblem | undefined, decoded: Decoded | undefined, validation: readonly Finding[]): string | undefined {
  if (typeProblem) {
    return typeProblem.error;
  }
  if (decoded?.error !== undefined) {
    return `failed decoding: ${ decoded.error }`;
  }
  const messages = [...new Set(validation.map(({ params }) => String(params['upstream'])))];

  return messages.length > 1 ? `[${ messages.join(', ') }]` : messages[0];
}

/** kube-apiserver warns once, of all that strict decoding minds. */
function warningsOf(duplicates: readonly DuplicateKey[], decoded: Decoded | undefined, typeProblem: TypeProblem | undefined): string[] {
  const inYaml = duplicates.length ? [`yaml: unmarshal errors:\n${ duplicates.map(({ upstream }) => `  ${ upstream }`).join('\n') }`] : [];
  const all = [...inYaml, ...decoded?.strictErrors ?? []];

  return all.length && decoded?.error === undefined && !typeProblem ? [`strict decoding error: ${ all.join(', ') }`] : [];
}

/** The first findings and, where there are more, one that counts the others and blocks if one of them does. */
function firstOf(findings: readonly Finding[]): readonly Finding[] {
  const others = findings.slice(MAX_FINDINGS);
  const more: Finding = { code: 'policy.moreFindings', severity: blocks(others) ? 'block' : 'warn', at: { object: 'policy', path: [] }, params: { count: others.length } };

  return others.length ? [...findings.slice(0, MAX_FINDINGS), more] : findings;
}

function findingOfType({ code, path, params, error }: TypeProblem): Finding {
  return { code, severity: 'block', at: { object: 'policy', path }, params: { ...params, upstream: error } };
}

function findingOfAge(): Finding {
  return { code: 'policy.versionNotJudged', severity: 'info', at: { object: 'policy', path: [] }, params: { oldest: `1.${ OLDEST_JUDGED_MINOR }` } };
}

function refusedDocument(text: string, { code, params, span }: Refusal, lines: TextLines): PolicyDocument {
  const range = span && lines.rangeOf(span);
  const reason = params['reason'] ?? params['upstream'];

  return {
    text,
    policy:   undefined,
    findings: [{ code, severity: 'block', at: { object: 'policy', path: [], ...(range ? { range } : {}) }, params }],
    error:    `failed decoding: ${ reason ?? code }`,
    warnings: [],
    rangeOf:  () => undefined
  };
}
