/**
 * Policy text as YAML nodes, for reading as kube-apiserver reads it and for editing in place.
 */
import { parseDocument, type Document, type Node, type ParsedNode, type Tags } from 'yaml';

import { Refusal } from './refusal';

/** Scalars as the text writes them, tags as they are: what both mean is scalars.ts' business. */
export const AS_WRITTEN = { version: '1.1', schema: 'failsafe', resolveKnownTags: false, uniqueKeys: false, prettyErrors: false, logLevel: 'silent' } as const;

/** Keeps what an edit in place needs, and prints in quotes what YAML 1.1 would take for something else than a string. */
const EDITING = { version: '1.1', merge: true, uniqueKeys: false, prettyErrors: false, keepSourceTokens: true, customTags: withoutTimes } as const;

/** Neither is text to yaml/v2; and its line breaks U+2028 and U+2029 end comments where nobody sees it. */
const UNSAFE = /[\0-\x08\v\f\x0e-\x1f\x7f-\x84\x86-\x9f\u2028\u2029\ufeff\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;
const OTHER_LINE_BREAKS = /\r(?!\n)|\x85/g;
const DOCUMENT_END = /^\.\.\.(?=[ \t\r\n\x85\u2028\u2029]|$)/m;
/** What our parser minds and yaml/v2 doesn't: both read on alike. */
const HARMLESS = /^Comments must be separated from other tokens/;

/**
 * A text up to the end of its first document, with line ends that all parsers know, so that offsets stay. Throws a Refusal
 * for characters that are no text.
 */
export function firstDocumentText(text: string): string {
  const unsafe = UNSAFE.exec(text.slice(1)); // a byte order mark may stand first

  if (unsafe) {
    throw new Refusal('policy.character', { character: codeOf(unsafe[0]) }, { start: unsafe.index + 1, end: unsafe.index + 2 });
  }
  const broken = text.replace(OTHER_LINE_BREAKS, '\n');
  const ended = broken.slice(0, DOCUMENT_END.exec(broken)?.index);

  return ended.slice(0, nextDocument(ended));
}

/** Where the second document starts; undefined where there is none. */
function nextDocument(text: string): number | undefined {
  let hasContent = false;

  for (let start = 0; start < text.length; start = text.indexOf('\n', start) + 1 || text.length) {
    const isMarker = /^---(?=[ \t\r\n\x85\u2028\u2029]|$)/.test(text.slice(start, start + 4));

    if (isMarker && hasContent) {
      return start;
    }
    hasContent ||= isMarker || !/^\ufeff?(?:[ \t]*(?:#.*)?|%.*)\r?$/.test(text.slice(start, text.indexOf('\n', start) < 0 ? undefined : text.indexOf('\n', start)));
  }

  return undefined;
}

/** The content of a document's text; null where there is none. Throws a Refusal for what is no YAML. */
export function parsePolicyYaml(text: string): Node | null {
  const document = parseDocument(text, AS_WRITTEN);
  const error = document.errors.find(({ message }) => !HARMLESS.test(message));

  if (error) {
    const [start, end] = error.pos;

    throw error.code === 'RESOURCE_EXHAUSTION' ? new Refusal('policy.tooDeep') : new Refusal('policy.syntax', { reason: error.message }, { start, end });
  }

  return document.contents;
}

/** A text's first document, to edit it in place; what it means is readPolicyDocument's to say. */
export function parseForEdit(text: string): Document.Parsed<ParsedNode> {
  return parseDocument(text, { ...EDITING, logLevel: 'silent' });
}

/** Neither base 60 numbers nor dates are anything but strings to yaml/v2. */
function withoutTimes(tags: Tags): Tags {
  return tags.filter((tag) => typeof tag === 'string' || !(tag.tag.endsWith(':timestamp') || ('format' in tag && tag.format === 'TIME')));
}

function codeOf(character: string): string {
  return `U+${ (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0') }`;
}
