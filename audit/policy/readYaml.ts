/**
 * Policy text that is YAML, as the JSON that kube-apiserver makes of it.
 *
 * Source: sigs.k8s.io/yaml (YAMLToJSON) over go.yaml.in/yaml/v2, decode.go. A key that comes later replaces an earlier one, and
 * so does one that is merged in later.
 */
import { isAlias, isMap, isScalar, isSeq, type Alias, type Node, type Scalar as ScalarNode, type YAMLMap } from 'yaml';

import type { Path } from './finding';
import { refuseWhatGoRefuses } from './goSyntax';
import { goFloat32, goQuoted } from './goText';
import { MAX_DEPTH, type JsonField, type JsonNode, type Span } from './jsonTree';
import { Refusal } from './refusal';
import { plainScalar, TAG_PREFIX, taggedScalar, type Scalar } from './scalars';
import { TextLines } from './textLines';
import { firstDocumentText, parsePolicyYaml } from './yaml';

/** Values that aliases may add to those that the text spells out. */
export const MAX_ALIASED_VALUES = 10_000;

export interface YamlReading {
  readonly root: JsonNode;
  readonly duplicates: readonly DuplicateKey[];
}

/** A key that stands twice in a map, in the text or after a merge. */
export interface DuplicateKey extends Span {
  readonly path: Path;
  /** As yaml/v2 says it when it reads strictly. */
  readonly upstream: string;
}

/** The tree of a YAML text's first document; throws a Refusal for what Go's parser refuses, or what is too large. */
export function readYaml(text: string): YamlReading {
  const first = firstDocumentText(text);
  const contents = parsePolicyYaml(first);

  refuseWhatGoRefuses(first, contents);
  const reader = new Reader(contents, new TextLines(first));
  const root = contents ? reader.value(contents, []) : { kind: 'null', start: 0, end: text.length } as const;

  refuseInfinite(root);

  return { root, duplicates: reader.duplicates };
}

/** JSON has no word for them. */
function refuseInfinite(node: JsonNode): void {
  if (node.kind === 'number' && /[IN]/.test(node.text)) {
    throw new Refusal('policy.notFinite', { upstream: `json: unsupported value: ${ node.text }` }, node);
  }
  const parts = node.kind === 'array' ? node.items : node.kind === 'object' ? node.fields.map(({ value }) => value) : [];

  parts.forEach(refuseInfinite);
}

/** A map on the way: its fields by their keys as Go tells them apart, so that `1` and `"1"` are two. */
type Fields = Map<string, JsonField>;

/** Follows yaml/v2's decoder into an empty interface, with its count of what aliases add. */
class Reader {
  readonly duplicates: DuplicateKey[] = [];
  readonly #lines: TextLines;
  readonly #anchors = new Map<Alias, Node>();
  readonly #open = new Set<Alias>();
  #values = 1;
  #aliased = 0;

  constructor(contents: Node | null, lines: TextLines) {
    this.#lines = lines;
    findAnchors(contents, new Map(), this.#anchors);
  }

  value(node: Node, path: Path): JsonNode {
    this.#count(path);
    if (isAlias(node)) {
      return this.#followed(node, (target) => this.value(target, path));
    }
    const span = spanOf(node);

    if (isScalar(node)) {
      return { ...jsonOf(this.#scalar(node)), ...span };
    }
    if (isSeq(node)) {
      return { kind: 'array', items: node.items.map((item, index) => this.value(item as Node, [...path, index])), ...span };
    }
    const fields: Fields = new Map();

    this.#fill(fields, node as YAMLMap<Node, Node | null>, path);

    return { kind: 'object', fields: sorted([...fields.values()]), ...span };
  }

  #fill(fields: Fields, map: YAMLMap<Node, Node | null>, path: Path): void {
    for (const { key, value } of map.items) {
      if (isMergeKey(key)) {
        this.#merge(fields, value, path);
        continue;
      }
      this.#count(path);
      const scalar = isAlias(key) ? this.#followed(key, (target) => this.#keyOf(target, path)) : this.#keyOf(key, path);
      const name = nameOf(scalar, key);
      const id = `${ scalar.type } ${ name }`;
      const field = { name, key: spanOf(key), value: value ? this.value(value, [...path, name]) : this.#missing(key, path), order: fields.get(id)?.order ?? fields.size };

      if (fields.has(id)) {
        const { line } = this.#lines.positionOf(field.value.start);

        this.duplicates.push({ ...field.key, path: [...path, name], upstream: `line ${ line }: key ${ scalar.type === 'string' ? goQuoted(name) : name } already set in map` });
      }
      fields.set(id, field);
    }
  }

  #merge(fields: Fields, node: Node | null, path: Path): void {
    const sources = isSeq(node) ? (node.items as Node[]).toReversed() : [node]; // earlier ones take precedence

    for (const source of sources) {
      const target = isAlias(source) ? this.#anchors.get(source) : source;

      if (!isMap(target)) {
        throw new Refusal('policy.syntax', { reason: 'map merge requires map or sequence of maps as the value' }, node ? spanOf(node) : undefined);
      }
      this.#count(path);
      if (isAlias(source)) {
        this.#followed(source, () => {
          this.#count(path);
          this.#fill(fields, target as YAMLMap<Node, Node | null>, path);
        });
      } else {
        this.#fill(fields, target as YAMLMap<Node, Node | null>, path);
      }
    }
  }

  #keyOf(node: Node, path: Path): Scalar {
    if (isScalar(node)) {
      return this.#scalar(node);
    }
    if (isAlias(node)) {
      this.#count(path);

      return this.#followed(node, (target) => this.#keyOf(target, path));
    }
    throw new Refusal('policy.syntax', { reason: 'invalid map key' }, spanOf(node));
  }

  #missing(key: Node, path: Path): JsonNode {
    this.#count(path);

    return { kind: 'null', start: spanOf(key).end, end: spanOf(key).end };
  }

  #scalar(node: ScalarNode): Scalar {
    const text = typeof node.value === 'string' ? node.value : '';

    if (node.tag === undefined && node.type !== undefined && node.type !== 'PLAIN') {
      return { type: 'string', value: text };
    }
    const scalar = node.tag === undefined ? plainScalar(text) : taggedScalar(node.tag, text);

    if ('error' in scalar) {
      throw new Refusal('policy.syntax', { reason: scalar.error }, spanOf(node));
    }

    return scalar;
  }

  #followed<Result>(alias: Alias, follow: (target: Node) => Result): Result {
    const target = this.#anchors.get(alias);

    if (!target) {
      throw new Refusal('policy.syntax', { reason: `unknown anchor '${ alias.source }' referenced` }, spanOf(alias));
    }
    if (this.#open.has(alias)) {
      throw new Refusal('policy.syntax', { reason: `anchor '${ alias.source }' value contains itself` }, spanOf(alias));
    }
    this.#open.add(alias);
    const result = follow(target);

    this.#open.delete(alias);

    return result;
  }

  /** yaml/v2 refuses what comes nearly all from aliases; we refuse a great deal that comes from them too. */
  #count(path: Path): void {
    this.#values++;
    this.#aliased += this.#open.size ? 1 : 0;
    if (this.#aliased > MAX_ALIASED_VALUES || (this.#aliased > 100 && this.#values > 1000 && this.#aliased / this.#values > 0.99)) {
      throw new Refusal('policy.aliases', { limit: MAX_ALIASED_VALUES });
    }
    if (path.length > MAX_DEPTH) {
      throw new Refusal('policy.tooDeep', { limit: MAX_DEPTH });
    }
  }
}

/** The node that each alias stands for: the last one before it with its anchor. */
function findAnchors(node: unknown, named: Map<string, Node>, found: Map<Alias, Node>): void {
  if (isAlias(node)) {
    const target = named.get(node.source);

    if (target) {
      found.set(node, target);
    }
  } else if (isScalar(node) || isSeq(node) || isMap(node)) {
    if (node.anchor) {
      named.set(node.anchor, node);
    }
    if (isSeq(node)) {
      node.items.forEach((item) => findAnchors(item, named, found));
    } else if (isMap(node)) {
      node.items.forEach(({ key, value }) => {
        findAnchors(key, named, found);
        findAnchors(value, named, found);
      });
    }
  }
}

function isMergeKey(key: Node): boolean {
  return isScalar(key) && key.value === '<<' && ((key.tag === undefined && key.type === 'PLAIN') || key.tag === '!' || key.tag === `${ TAG_PREFIX }merge`);
}

/** A map's key as JSON has it. Source: sigs.k8s.io/yaml, convertToJSONableObject. */
function nameOf(key: Scalar, node: Node): string {
  switch (key.type) {
    case 'string':
      return key.value;
    case 'bool':
      return String(key.value);
    case 'float':
      return goFloat32(key.value).replace(/^\+?(-?)Inf$/, '$1.inf').replace('NaN', '.nan');
    case 'int':
      if (key.value < 2n ** 63n) {
        return String(key.value);
      }
      throw new Refusal('policy.syntax', { reason: 'unsupported map key of type: uint64' }, spanOf(node));
    case 'null':
      throw new Refusal('policy.syntax', { reason: 'unsupported map key of type: %!s(<nil>)' }, spanOf(node));
  }
}

function jsonOf(scalar: Scalar): { kind: 'null' } | { kind: 'bool'; value: boolean } | { kind: 'number'; text: string } | { kind: 'string'; value: string } {
  switch (scalar.type) {
    case 'null':
      return { kind: 'null' };
    case 'bool':
      return { kind: 'bool', value: scalar.value };
    case 'string':
      return { kind: 'string', value: scalar.value };
    default:
      return { kind: 'number', text: String(scalar.value).replace(/^(-?)Infinity$/, (_, sign: string) => `${ sign || '+' }Inf`) };
  }
}

/** By the bytes of UTF-8, as json.Marshal sorts them. */
function sorted(fields: JsonField[]): JsonField[] {
  return fields.sort((one, other) => compareCodePoints(one.name, other.name));
}

function compareCodePoints(one: string, other: string): number {
  for (let index = 0; index < Math.min(one.length, other.length); index++) {
    const [first = 0, second = 0] = [one.charCodeAt(index), other.charCodeAt(index)];

    if (first !== second) { // a surrogate stands for more than any other unit
      return isSurrogate(first) === isSurrogate(second) ? first - second : isSurrogate(first) ? 1 : -1;
    }
  }

  return one.length - other.length;
}

function isSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdfff;
}

function spanOf(node: Node): Span {
  const [start = 0, end = 0] = node.range ?? [];

  return { start, end };
}
