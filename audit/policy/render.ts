/**
 * New policy text: how we write a rule or a field that was not there before.
 *
 * A list of strings stands on one line while it is short; all else stands as a block.
 */
import { Document, isScalar, visit } from 'yaml';

/** Columns that a list may take on one line. */
const SHORT = 80;

/**
 * Block YAML of a value, without a line end, that reads back as the same value under YAML 1.1.
 * @param indent columns to put before each line but the first
 */
export function blockText(value: unknown, indent = 0): string {
  const document = documentOf(value);

  visit(document, { Seq: (_key, node) => {
    node.flow = node.items.every((item) => isScalar(item)) && JSON.stringify(node).length <= SHORT;
  } });

  return textOf(document).replaceAll('\n', `\n${ ' '.repeat(indent) }`);
}

/** The same in flow style, on one line, as it may stand within `[…]` and `{…}`. */
export function flowText(value: unknown): string {
  const document = documentOf(value);

  visit(document, { Collection: (_key, node) => {
    node.flow = true;
  } });

  return textOf(document);
}

function documentOf(value: unknown): Document {
  return new Document(value, { version: '1.1', aliasDuplicateObjects: false });
}

function textOf(document: Document): string {
  return document.toString({ lineWidth: 0, indentSeq: false, flowCollectionPadding: false }).trimEnd();
}
