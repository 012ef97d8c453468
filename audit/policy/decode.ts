/**
 * From a policy's JSON to a Policy, with a finding for each value that kube-apiserver's decoder refuses or ignores.
 *
 * It decodes strictly first; what only strictness minds becomes one warning. As in Go, a field that stands twice in JSON
 * is decoded into what the first one left, and null leaves a string, a boolean or a struct as it is.
 * Source: k8s.io/apiserver/pkg/audit/policy/reader.go and sigs.k8s.io/json, decode.go.
 */
import { fieldName, type Finding, type Path, type Severity } from './finding';
import { POLICY, type GoType } from './goTypes';
import { goQuoted } from './goText';
import { plainValue, type JsonField, type JsonNode, type Span } from './jsonTree';
import { isDate } from './scalars';
import type { TextLines } from './textLines';
import type { Policy, PolicyRule } from './types';

export interface Decoded {
  /** What the text says, as far as it decodes. */
  readonly policy: Policy;
  readonly findings: readonly Finding[];
  /** What Go's decoder says when it gives up; undefined where the policy decodes. */
  readonly error: string | undefined;
  /** What only strict decoding minds, in its words: at most 100, each once. */
  readonly strictErrors: readonly string[];
}

/** Longer values of unknown fields, as JSON, are not told. */
const MAX_VALUE_LENGTH = 1_000;

/** The same limit as in sigs.k8s.io/json. */
const MAX_STRICT_ERRORS = 100;

/** Decodes a policy's tree; `repeated` are the paths of fields of which the tree has the last one alone. */
export function decodePolicy(root: JsonNode, lines: TextLines, repeated: readonly Path[] = []): Decoded {
  const decoder = new Decoder(lines, repeated);
  const fields = decoder.decode(POLICY, root, undefined, { path: [], fields: [], struct: '' }) as { [K in keyof Policy]?: Policy[K] };

  return {
    policy:       { ...withoutMeta(fields), rules: (fields.rules ?? []).map(ruleOf) },
    findings:     decoder.findings,
    error:        decoder.fatal ?? decoder.error,
    strictErrors: [...decoder.strictErrors]
  };
}

/** Where the decoder is: the path in the text, and the names that Go's messages use. */
interface Place {
  readonly path: Path;
  readonly fields: readonly string[];
  readonly struct: string;
}

/** Collects on the way down; a class only for that. */
class Decoder {
  readonly findings: Finding[] = [];
  readonly strictErrors = new Set<string>();
  /** The first value of a wrong type. */
  error: string | undefined;
  /** An error that ends the decoding at once, and so is the one that is reported. */
  fatal: string | undefined;
  readonly #lines: TextLines;
  readonly #repeated: ReadonlySet<string>;

  constructor(lines: TextLines, repeated: readonly Path[]) {
    this.#lines = lines;
    this.#repeated = new Set(repeated.map(fieldName));
  }

  /** The value of a type; `previous` is what an earlier field of the same name left. */
  decode(type: GoType, node: JsonNode, previous: unknown, place: Place): unknown {
    switch (type.kind) {
      case 'pointer':
        return node.kind === 'null' ? undefined : this.decode(type.to, node, previous, place);
      case 'slice':
        return this.#slice(type, node, previous, place);
      case 'map':
        return this.#map(type, node, place);
      case 'struct':
        return this.#struct(type, node, previous, place);
      case 'time':
        return this.#time(node, place);
      case 'raw':
        return undefined;
      default:
        return this.#scalar(type, node, previous, place);
    }
  }

  #scalar(type: GoType, node: JsonNode, previous: unknown, place: Place): unknown {
    if (node.kind === 'null') {
      return previous;
    }
    if (node.kind === type.kind && 'value' in node) {
      return node.value;
    }
    if (type.kind === 'int64' && node.kind === 'number') {
      return isInt64(node.text) ? undefined : this.#wrongType(type, node, place, `number ${ node.text }`);
    }

    return this.#wrongType(type, node, place);
  }

  #slice(type: GoType & { kind: 'slice' }, node: JsonNode, previous: unknown, place: Place): unknown {
    if (node.kind !== 'array') {
      return node.kind === 'null' ? undefined : this.#wrongType(type, node, place);
    }
    const old = Array.isArray(previous) ? previous as unknown[] : [];

    return node.items.map((item, index) => this.decode(type.of, item, old[index], { ...place, path: [...place.path, index] }) ?? zeroOf(type.of));
  }

  /** What a map holds is looked at and not kept: a policy has no use for labels and annotations. */
  #map(type: GoType & { kind: 'map' }, node: JsonNode, place: Place): undefined {
    if (node.kind === 'object') {
      const seen = new Set<string>();

      for (const { name, key, value } of node.fields) {
        const path = [...place.path, name];

        this.#once(seen, name, path, key);
        this.decode(type.of, value, undefined, { ...place, path });
      }
    } else if (node.kind !== 'null') {
      this.#wrongType(type, node, place);
    }
  }

  #struct(type: GoType & { kind: 'struct' }, node: JsonNode, previous: unknown, place: Place): unknown {
    if (node.kind !== 'object') {
      return node.kind === 'null' ? previous : this.#wrongType(type, node, place);
    }
    const decoded = new Map<string, unknown>(Object.entries(previous ?? {}));
    const seen = new Set<string>();
    let twice: ReadonlySet<string> | undefined;

    for (const { name, key, value } of node.fields) {
      const field = type.fields.get(name);
      const path = [...place.path, name];

      if (field) {
        this.#once(seen, name, path, key);
        decoded.set(name, this.decode(field, value, decoded.get(name), { path, fields: [...place.fields, name], struct: type.name.replace('v1.', '') }));
      } else {
        this.#strict('unknown field', path);
        this.#add('policy.unknownField', 'warn', path, key, { field: name, ...(twice ??= namesTwice(node.fields)).has(name) || this.#repeated.has(fieldName(path)) ? {} : valueParams(value) });
      }
    }

    return Object.fromEntries([...decoded].filter(([, value]) => value !== undefined));
  }

  #time(node: JsonNode, place: Place): undefined {
    if (node.kind === 'null') {
      return;
    }
    if (node.kind !== 'string') {
      this.fatal ??= `json: cannot unmarshal ${ node.kind } into Go struct field ${ place.struct }.${ place.fields.join('.') } of type string`;
      this.#add('policy.wrongType', 'block', place.path, node, { field: fieldName(place.path), wanted: 'string', got: node.kind, upstream: this.fatal });
    } else if (!isRfc3339(node.value)) {
      const upstream = `parsing time ${ goQuoted(node.value) } as "2006-01-02T15:04:05Z07:00"`;

      this.fatal ??= upstream;
      this.#add('policy.time', 'block', place.path, node, { field: fieldName(place.path), got: node.value, upstream });
    }
  }

  #once(seen: Set<string>, name: string, path: Path, key: Span): void {
    if (seen.has(name)) {
      this.#strict('duplicate field', path);
      this.#add('policy.duplicateKey', 'warn', path, key, { field: name });
    }
    seen.add(name);
  }

  #strict(problem: string, path: Path): void {
    if (this.strictErrors.size < MAX_STRICT_ERRORS) {
      this.strictErrors.add(`${ problem } ${ goQuoted(fieldName(path)) }`);
    }
  }

  #wrongType(type: GoType, node: JsonNode, place: Place, value: string = node.kind): undefined {
    const upstream = `json: cannot unmarshal ${ value } into Go struct field ${ place.struct }.${ place.fields.join('.') } of type ${ type.name }`;

    this.error ??= upstream;
    this.#add('policy.wrongType', 'block', place.path, node, { field: fieldName(place.path), wanted: WANTED[type.kind], got: node.kind, upstream });
  }

  #add(code: string, severity: Severity, path: Path, span: Span, params: Finding['params']): void {
    this.findings.push({ code, severity, at: { object: 'policy', path, range: this.#lines.rangeOf(span) }, params });
  }
}

/** What an unknown field holds, as JSON, where that is short. */
function valueParams(node: JsonNode): { readonly value?: string } {
  const value = node.end - node.start < MAX_VALUE_LENGTH ? JSON.stringify(plainValue(node)) : undefined;

  return value !== undefined && value.length < MAX_VALUE_LENGTH ? { value } : {};
}

function namesTwice(fields: readonly JsonField[]): ReadonlySet<string> {
  const seen = new Set<string>();

  return new Set(fields.map(({ name }) => name).filter((name) => seen.has(name) || !seen.add(name)));
}

const WANTED: Readonly<Record<GoType['kind'], string>> = {
  string: 'string', bool: 'boolean', int64: 'integer', time: 'string', raw: 'object', pointer: 'object', slice: 'array', map: 'object', struct: 'object'
};

function zeroOf(type: GoType): unknown {
  return type.kind === 'string' ? '' : {};
}

function withoutMeta({ omitStages, omitManagedFields }: { [K in keyof Policy]?: Policy[K] }): Omit<Policy, 'rules'> {
  return { ...(omitStages ? { omitStages } : {}), ...(omitManagedFields === undefined ? {} : { omitManagedFields }) };
}

function ruleOf({ level = '', resources, ...fields }: { [K in keyof PolicyRule]?: PolicyRule[K] }): PolicyRule {
  return { level, ...fields, ...(resources ? { resources: resources } : {}) };
}

function isInt64(text: string): boolean {
  return /^-?\d+$/.test(text) && BigInt.asIntN(64, BigInt(text)) === BigInt(text);
}

/** As time.Parse reads it with the layout of RFC 3339. */
function isRfc3339(text: string): boolean {
  const [, year, month, day, hour, minute, second, zoneHour = '0', zoneMinute = '0'] = /^(\d{4})-(\d\d)-(\d\d)T(\d{1,2}):(\d\d):(\d\d)(?:[.,]\d+)?(?:Z|[-+](\d\d):(\d\d))$/.exec(text)?.map(String) ?? [];

  return year !== undefined && isDate(Number(year), Number(month), Number(day)) && Number(hour) < 24 && Number(minute) < 60 && Number(second) < 60
    && (Number(zoneHour) || 0) < 24 && (Number(zoneMinute) || 0) < 60;
}
