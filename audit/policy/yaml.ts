/**
 * Policy text as YAML nodes: the scalars of YAML 1.1 as sigs.k8s.io/yaml reads them, with caps for untrusted text.
 */
import { isAlias, isMap, isNode, isPair, isSeq, LineCounter, parseAllDocuments, parseDocument, type Document, type ParsedNode, type Tags } from 'yaml';

import type { TextRange } from './finding';

/** In UTF-16 units. What a Secret or an etcd entry can hold; nothing larger can reach a cluster. */
export const MAX_POLICY_LENGTH = 1024 * 1024;
/** Values that aliases and merge keys may add to those that the text spells out. */
export const MAX_ALIASED_VALUES = 10_000;

export interface YamlText {
  readonly document: Document.Parsed<ParsedNode>;
  /** Lines and columns of two offsets in the text. */
  readonly rangeAt: (start: number, end: number) => TextRange;
}

const OPTIONS = {
  version:      '1.1',
  merge:        true,
  uniqueKeys:   false,
  prettyErrors: false,
  keepSourceTokens: true,
  customTags:   withoutTimes
} as const;

/** sigs.k8s.io/yaml reads neither base 60 numbers nor dates: both stay strings. */
function withoutTimes(tags: Tags): Tags {
  return tags.filter((tag) => typeof tag === 'string' || !(tag.tag.endsWith(':timestamp') || ('format' in tag && tag.format === 'TIME')));
}

/**
 * Parses the first document of a text, which is the only one that kube-apiserver reads; syntax errors, and a nesting
 * deeper than the stack, are in `document.errors`.
 * Source: sigs.k8s.io/yaml over go.yaml.in/yaml/v2.
 */
export function parseYaml(text: string): YamlText {
  const lineCounter = new LineCounter();
  const documents = parseAllDocuments(text, { ...OPTIONS, lineCounter });
  const position = (offset: number) => {
    const { line, col } = lineCounter.linePos(offset);

    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };

  return {
    document: documents[0] ?? parseDocument('', OPTIONS),
    rangeAt:  (start, end) => ({ start: position(start), end: position(end) })
  };
}

/** Whether kube-apiserver reads a text as JSON only: its first character that is not white space is `{`. */
export function isJsonText(text: string): boolean {
  return text.trimStart().startsWith('{');
}

/** How many values a document's aliases add to those that its text spells out; infinite for an alias inside its own anchor. */
export function aliasedValues(document: Document.Parsed<ParsedNode>): number {
  const anchors = new Map<string, number>();
  let aliased = 0;
  const valuesIn = (node: unknown): number => {
    if (isPair(node)) {
      return valuesIn(node.key) + valuesIn(node.value);
    }
    if (isAlias(node)) {
      const values = anchors.get(node.source) ?? 0;

      aliased += values;

      return values;
    }
    const anchor = isNode(node) && 'anchor' in node ? node.anchor : undefined;

    if (anchor) {
      anchors.set(anchor, Infinity);
    }
    const values = isMap(node) || isSeq(node) ? node.items.reduce<number>((sum, item) => sum + valuesIn(item), 1) : 1;

    if (anchor) {
      anchors.set(anchor, values);
    }

    return values;
  };

  valuesIn(document.contents);

  return aliased;
}
