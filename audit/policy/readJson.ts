/**
 * Policy text that is JSON.
 *
 * kube-apiserver reads a text as JSON, and as nothing else, when its first character that is not white space is a brace.
 * Source: k8s.io/apimachinery/pkg/util/yaml (IsJSONBuffer) and sigs.k8s.io/json.
 */
import { MAX_DEPTH, type JsonField, type JsonNode } from './jsonTree';
import { Refusal } from './refusal';

/** White space as unicode.IsSpace has it: unlike JavaScript's it holds U+0085, and no byte order mark. */
const STARTS_WITH_BRACE = /^[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]*\{/;
const TOKEN = /[ \t\r\n]*(?:([{}[\],:])|("[^"\\]*(?:\\.[^"\\]*)*")|([-+.\dA-Za-z]+))/y;

/** Whether kube-apiserver reads a text as JSON only. */
export function isJsonText(text: string): boolean {
  return STARTS_WITH_BRACE.test(text);
}

/** The tree of a JSON text; throws a Refusal for what is no JSON, or too deep. */
export function readJson(text: string): JsonNode {
  try {
    JSON.parse(text);
  } catch (error) {
    throw new Refusal('policy.jsonSyntax', { reason: error instanceof Error ? error.message : String(error) });
  }

  return new Reader(text).value(0);
}

/** Walks through a text that is known to be JSON. */
class Reader {
  readonly #text: string;
  #token = '';
  #start = 0;
  #end = 0;

  constructor(text: string) {
    this.#text = text;
    this.#next();
  }

  /** The value that starts with the current token; the current token is then the one after it. */
  value(depth: number): JsonNode {
    if (depth > MAX_DEPTH) {
      throw new Refusal('policy.tooDeep', { limit: MAX_DEPTH });
    }
    const [token, start] = [this.#token, this.#start];

    if (token === '{') {
      const fields = this.#list('}', (order) => this.#field(depth, order));

      return { kind: 'object', fields, start, end: this.#endOfLast };
    }
    if (token === '[') {
      const items = this.#list(']', () => this.value(depth + 1));

      return { kind: 'array', items, start, end: this.#endOfLast };
    }
    const span = { start, end: this.#end };

    this.#next();
    if (token.startsWith('"')) {
      return { kind: 'string', value: JSON.parse(token) as string, ...span };
    }
    if (token === 'null') {
      return { kind: 'null', ...span };
    }

    return token === 'true' || token === 'false' ? { kind: 'bool', value: token === 'true', ...span } : { kind: 'number', text: token, ...span };
  }

  #endOfLast = 0;

  #field(depth: number, order: number): JsonField {
    const key = { start: this.#start, end: this.#end };
    const name = JSON.parse(this.#token) as string;

    this.#next();
    this.#next();

    return { name, key, value: this.value(depth + 1), order };
  }

  #list<Item>(close: string, item: (index: number) => Item): Item[] {
    const items: Item[] = [];

    this.#next();
    while (this.#token !== close) {
      items.push(item(items.length));
      if (this.#token === ',') {
        this.#next();
      }
    }
    this.#endOfLast = this.#end;
    this.#next();

    return items;
  }

  #next(): void {
    TOKEN.lastIndex = this.#end;
    const [all = '', sign, string, word] = TOKEN.exec(this.#text) ?? [];

    this.#token = sign ?? string ?? word ?? '';
    this.#end += all.length;
    this.#start = this.#end - this.#token.length;
  }
}
