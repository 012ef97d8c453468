/**
 * A policy text as kube-apiserver reads it before it knows the types: JSON or YAML, the first rule for that is the text's own.
 */
import { plainValue, type JsonNode } from './jsonTree';
import { isJsonText, readJson } from './readJson';
import { readYaml, type DuplicateKey } from './readYaml';
import { Refusal } from './refusal';
import { treeOfRules, valueOfRules } from './ruleReadings';

/** The tree of a policy text; throws a Refusal for what kube-apiserver can't read. */
export function treeOf(text: string): { readonly root: JsonNode; readonly duplicates: readonly DuplicateKey[] } {
  try {
    const root = isJsonText(text) ? readJson(text) : treeOfRules(text);

    return root ? { root, duplicates: [] } : readYaml(text);
  } catch (error) {
    throw error instanceof RangeError ? new Refusal('policy.tooDeep') : error; // the parser has filled the stack
  }
}

/** The plain value of a policy text; undefined where it can't be read. A rule that was there before is the same object, where that can be known. */
export function valueOf(text: string): unknown {
  try {
    return (isJsonText(text) ? undefined : valueOfRules(text)) ?? plainValue(treeOf(text).root);
  } catch (error) {
    if (error instanceof Refusal) {
      return undefined;
    }
    throw error;
  }
}
