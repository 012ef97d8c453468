/**
 * What go.yaml.in/yaml/v2 refuses in a text that is YAML to our parser: it is stricter with tabs, tags, escapes and directives.
 *
 * Where its rule is hard to say we refuse a little more than it does; docs/conformance.md lists what.
 * Source: go.yaml.in/yaml/v2, scannerc.go and parserc.go.
 */
import { isAlias, isMap, isNode, isScalar, isSeq, type Node, type YAMLMap } from 'yaml';

import type { Span } from './jsonTree';
import { Refusal } from './refusal';

/** Most texts hold none of these, and need no closer look. */
const SUSPICIOUS = /[\t?]|^%|^ *:|(?:^|[\s[{,:-])[!&*]|:[[\]{},]|(?:^|[\s[{,]):[^ \n]|\\["/uU]|.{1025}/m;
const NAME = /^[\w-]+$/;
/** What may stand before a tag or an anchor, and the whole of one. */
const PROPERTY = /(?<=^|[\s[{,:?-])[!&][^ \t\r\n\x85\u2028\u2029]*/g;
/** What ends one: YAML's white space, which is less than JavaScript's. */
const WHITE_SPACE = /[ \t\r\n\x85\u2028\u2029]|$/;
const WHOLE_TAG = /^!(?:<[\w%;/?:@&=+$,.~'()*!-]+>|[\w-]*!?[\w%;/?:@&=+$.~'()*-]*)$/;
const ESCAPE = /\\(?:(u[dD][89a-fA-F])|([uU][\da-fA-F]{4,8})|([\s\S]))/g;
/** A quote at the end that is not an escaped one. */
const CLOSED = /^"(?:[^"\\]|\\[\s\S])*"$/;
const LONGEST_KEY = 1024;
/** From the end of a key to a colon on a later line. */
const COLON_BELOW = /(?:[ \t]*(?:#.*)?\r?\n)+ *(?=:)/y;

/** A scalar or an alias, where all else is indicators, white space and comments. */
interface Leaf extends Span {
  readonly node: Node;
  readonly inFlow: boolean;
}

/** Throws a Refusal for the first thing that yaml/v2 refuses in a text whose first document is given. */
export function refuseWhatGoRefuses(text: string, contents: Node | null): void {
  if (!SUSPICIOUS.test(text)) {
    return;
  }
  const leaves: Leaf[] = [];
  const [, second] = text.matchAll(/^%YAML/gm);

  if (second) {
    throw refusal('found duplicate %YAML directive', { start: second.index, end: second.index + second[0].length });
  }
  collectLeaves(text, contents, leaves, false);
  leaves.forEach((leaf) => refuseLeaf(text, leaf));
  refuseBetween(text, leaves);
}

/** Scalars and aliases in the order of the text; keys are looked at on the way. */
function collectLeaves(text: string, node: unknown, leaves: Leaf[], inFlow: boolean): void {
  if (isScalar(node) || isAlias(node)) {
    leaves.push({ node, inFlow, ...spanOf(node) });
  } else if (isSeq(node)) {
    node.items.forEach((item) => collectLeaves(text, item, leaves, inFlow || Boolean(node.flow)));
  } else if (isMap(node)) {
    node.items.forEach(({ key, value }) => {
      if (isScalar(key) && length(spanOf(key)) > LONGEST_KEY || isNode(key) && hasColonAside(text, spanOf(key), node)) {
        throw refusal('could not find expected \':\'', spanOf(key));
      }
      collectLeaves(text, key, leaves, inFlow || Boolean(node.flow));
      collectLeaves(text, value, leaves, inFlow || Boolean(node.flow));
    });
  }
}

/** Whether a key's colon stands below it, and not in the column of its block, where an explicit key has it. */
function hasColonAside(text: string, key: Span, map: YAMLMap): boolean {
  COLON_BELOW.lastIndex = key.end;

  return COLON_BELOW.test(text) && (Boolean(map.flow) || column(text, COLON_BELOW.lastIndex) !== column(text, spanOf(map).start));
}

function column(text: string, offset: number): number {
  return offset - text.lastIndexOf('\n', offset - 1) - 1;
}

function refuseLeaf(text: string, leaf: Leaf): void {
  const { node, inFlow, ...span } = leaf;
  const source = text.slice(span.start, span.end);

  if (isAlias(node) && !NAME.test(node.source)) {
    throw refusal('did not find expected alphabetic or numeric character', span);
  }
  if (!isScalar(node)) {
    return;
  }
  if (node.type === 'QUOTE_DOUBLE') {
    if (!CLOSED.test(source)) {
      throw refusal('found unexpected end of stream', span);
    }
    for (const [escape, surrogate, , character] of source.matchAll(ESCAPE)) {
      if (surrogate !== undefined || character === '/') {
        throw refusal(surrogate === undefined ? 'found unknown escape character' : 'found invalid Unicode character escape code', span, escape);
      }
    }
  } else if (node.type === 'PLAIN' && inFlow && (/^:|\?/.test(source) || /^[ \t]*:[[\]{},]/.test(text.slice(span.end, span.end + 100)))) {
    throw refusal('did not find expected \',\' or \']\'', span);
  } else if (node.type === 'PLAIN' && /\n[ ]*\t/.test(source)) {
    throw refusal('found a tab character that violates indentation', span);
  } else if ((node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED') && source.includes('\t')) {
    refuseTabsInIndentation(source, span);
  }
}

function refuseTabsInIndentation(source: string, span: Span): void {
  const lines = source.split('\n').slice(1);
  const indent = Math.min(...lines.filter((line) => line.trim()).map((line) => line.search(/[^ ]/)));

  if (lines.some((line) => /^ *\t/.test(line) && line.indexOf('\t') <= indent) || /^\S*[ ]*\t/.test(source)) {
    throw refusal('found a tab character where an indentation space is expected', span);
  }
}

/** Looks at indicators, white space and comments: all that stands between the leaves. */
function refuseBetween(text: string, leaves: readonly Leaf[]): void {
  let at = 0;

  for (const { start, end } of leaves) {
    refuseGap(text, at, start);
    at = Math.max(at, end);
  }
  refuseGap(text, at, text.length);
}

function refuseGap(text: string, from: number, to: number): void {
  const lineStart = text.lastIndexOf('\n', from - 1) + 1;

  for (let start = from; start < to;) {
    const newLine = text.indexOf('\n', start);
    const end = newLine < 0 || newLine >= to ? to : newLine + 1;
    const isWhole = start !== from || from === lineStart;
    const part = withoutComment(text.slice(start, end), isWhole);

    if (isWhole && part.startsWith('%') && !/^%(?:YAML[ \t]+1\.1|TAG[ \t]+!(?:[\w-]*!)?[ \t]+[\w%;/?:@&=+$,.~*()-]+)\s*$/.test(part)) {
      throw refusal('found incompatible YAML document', { start, end });
    }
    for (const { index } of part.matchAll(PROPERTY)) {
      refuseProperty(text, start + index);
    }
    if (isWhole ? /^[ ]*([-?:][ ]*)*\t/.test(part.replace(/^---/, 'x')) : /^[ ]*(?:[-?][ ]*)*[-?]\t/.test(part)) {
      throw refusal('found character that cannot start any token', { start, end });
    }
    start = end;
  }
}

/** A tag reaches to the next white space, through commas and brackets too. */
function refuseProperty(text: string, start: number): void {
  const end = start + text.slice(start).search(WHITE_SPACE);
  const isWhole = text[start] === '!' ? WHOLE_TAG.test(text.slice(start, end)) : NAME.test(text.slice(start + 1, end));

  if (!isWhole) {
    throw refusal(text[start] === '!' ? 'did not find expected whitespace or line break' : 'did not find expected alphabetic or numeric character', { start, end });
  }
}

function withoutComment(part: string, isWhole: boolean): string {
  const comment = part.search(isWhole ? /(^|\s)#/ : /\s#/);

  return comment < 0 ? part : part.slice(0, part.indexOf('#', comment));
}

function refusal(reason: string, span: Span, got?: string): Refusal {
  return new Refusal('policy.syntax', { reason, ...(got === undefined ? {} : { got }) }, span);
}

function length({ start, end }: Span): number {
  return end - start;
}

function spanOf(node: Node): Span {
  const [start = 0, end = 0] = node.range ?? [];

  return { start, end };
}
