// Random policy texts: sane ones, ones with surprising values or fields, and damaged ones.
import fc from 'fast-check';

/** Scalars and other values that some parser takes for something else. */
const SURPRISES = [
  'yes', 'no', 'on', 'off', 'y', 'N', '~', 'null', 'Null', '', '""', '\'\'', '010', '0o10', '0x1F', '0b11', '1_000', '1e3', '1.5', '.5', '+1', '-1', '09', '1:30', '2020-01-01', '2001-12-14t21:59:43.10-05:00',
  '1.2.3', '0123abc', 'yEs', 'tRue', '=', '<<', 'true', 'TRUE', 'false', '.inf', '-.INF', '.nan', '!!str 5', '!!int 5', '!!int x', '!!bool yes', '!!float 1', '!!binary aGVsbG8=', '!!binary x', '!foo x', '! 5', '!!null ""',
  '!!null x', '!!timestamp 2020-01-01', '99999999999999999999', '9223372036854775808', '-9223372036854775809', '1e999', '_1', '1_', '0x', '0b2', '|\n  text', '>\n  folded\n  more', '|+\n  x\n', '>-\n x', '*a', '&a x', '&b [x]',
  '{x: 1}', '[a, [b]]', '[a,]', '[,]', '{}', '[]', '{a, b}', '- a', '- - a', 'a: b', '"a\\tb"', '"\\x41\\u0042"', '"bad \\q"', '@x', '`x', '%x', 'a #c', 'a#c', 'x:y', 'x: y', 'http://x', '"a": b', '[a: b]', '!!set {a, b}',
  '!!omap [a: 1]', '!<tag:yaml.org,2002:str> 5', 'a\tb', '\'it\'\'s\'', '0.', '-0', '+.5', '0777', '-0b1', '0o8', '"\\ud83c\\udf89"', 'é', '🎉', '--', '-x', '?x', ':x', '!', '&', '*', '|', '>'
];
const KEYS = ['Level', 'verb', 'foo', 'resource', 'metadata', 'kind', 'APIVERSION', '__proto__', 'constructor', '1', 'true', 'null', '1.5', '010', '"users"', '<<', '? level', '&k level', '!!str level', 'yes'];
const STRINGS = ['get', 'list', 'pods', '""', 'apps', 'jane', 'edit', 'web-0', 'pods/log', '/version', '/api*', 'system:masters', '"*"', '"*/scale"', 'default', '\'kube-system\'', 'x/y'];
const LEVELS = ['None', 'Metadata', 'Request', 'RequestResponse'];
const METADATA = [
  '{name: x}', '{name: 5}', '{bogus: 1}', '{creationTimestamp: null}', '{creationTimestamp: 2020-01-01T00:00:00Z}', '{creationTimestamp: 2020-02-30T00:00:00Z}', '{generation: 1}', '{generation: 1.5}', '{generation: 1e3}', '{labels: {a: b}}',
  '{labels: {a: 1}}', '{ownerReferences: [{uid: x, controller: yes}]}', '{managedFields: [{fieldsV1: 5, time: 2020-01-01}]}', 'null', '[]', 'x'
];
const BEFORE = ['---\n', '\ufeff', '# c\n', '%YAML 1.1\n---\n', '%YAML 1.2\n---\n', '---\n---\n', '\n\n', '--- # c\n', '...\n', '\t\n'];
const AFTER = ['---\nx: [', '...\n', '---\n', '...\n%YAML 3\n', '# end', '- x\n', '\n  y: z\n', '%'];
const DAMAGE = [' ', '\t', '\n', ':', '-', '[', ']', '{', '}', ',', '"', '\'', '#', '&', '*', '!', '|', '>', '%', '@', '?', '  ', '- ', ': ', '\r', '\n\n', 'x', '0', '\u00a0', '\u0085', '\x01', '\\'];
const LINE_ENDS = [' #c', ' ', '\t', '\t#c', ':', ' x', ' &z', ' !t'];

/** Policy texts, which shrink line by line and then character by character. */
export class PolicyTexts extends fc.Arbitrary<string> {
  override generate(random: fc.Random): fc.Value<string> {
    return new fc.Value(new Writer(random).text(), undefined);
  }

  override canShrinkWithoutContext(value: unknown): value is string {
    return typeof value === 'string';
  }

  override shrink(text: string): fc.Stream<fc.Value<string>> {
    return fc.stream(shorter(text)).map((value) => new fc.Value(value, undefined));
  }
}

/** A text without one of its lines, or without one of its characters. */
export function *shorter(text: string): Generator<string> {
  const lines = text.split('\n');

  for (const index of lines.keys()) {
    yield lines.toSpliced(index, 1).join('\n');
  }
  for (let index = 0; index < text.length; index++) {
    yield text.slice(0, index) + text.slice(index + 1);
  }
}

class Writer {
  readonly #random: fc.Random;

  constructor(random: fc.Random) {
    this.#random = random;
  }

  text(): string {
    const text = this.#chance(0.1) ? this.#json() : this.#yaml();

    return this.#chance(0.35) ? this.#damaged(text) : text;
  }

  #yaml(): string {
    const indent = this.#chance(0.5) ? 2 : 4;
    const rules = this.#many(1, 3, () => `${ ' '.repeat(indent - 2) }- ${ this.#chance(0.05) ? '&a ' : '' }${ this.#rule(indent) }`);
    const parts = this.#mixed([
      `apiVersion: ${ this.#chance(0.96) ? 'audit.k8s.io/v1' : this.#pick(['audit.k8s.io/v1beta1', 'audit.k8s.io', 'v1', 'a/b/c', '""', '/', ...SURPRISES]) }`,
      ...this.#chance(0.96) ? ['kind: Policy'] : [`kind: ${ this.#pick(['policy', 'Event', 'PolicyList', '""', ...SURPRISES]) }`],
      ...this.#maybe(0.1, () => `metadata: ${ this.#pick(METADATA) }`),
      ...this.#maybe(0.1, () => `omitStages: ${ this.#pick(['[RequestReceived]', '[foo]', 'null', '[]', '[Panic, Panic]']) }`),
      ...this.#maybe(0.1, () => `omitManagedFields: ${ this.#pick(['true', 'no', '1', 'x', 'null']) }`),
      ...this.#maybe(0.05, () => 'x: &a {level: Metadata, users: [u]}'),
      ...this.#maybe(0.05, () => this.#oddField()),
      `rules:\n${ rules.join('\n') }`
    ], 0.1);
    const text = [...this.#maybe(0.04, () => this.#pick(BEFORE)), parts.join('\n'), '\n', ...this.#maybe(0.04, () => this.#pick(AFTER))].join('');

    return this.#chance(0.05) ? text.replaceAll('\n', '\r\n') : text;
  }

  #rule(indent: number): string {
    const lists = ['users', 'userGroups', 'verbs', 'namespaces', 'nonResourceURLs', 'omitStages'].filter(() => this.#chance(0.2));
    const parts = [
      `level: ${ this.#chance(0.97) ? this.#pick(LEVELS) : this.#pick(SURPRISES) }`,
      ...lists.map((name) => this.#list(name, indent)),
      ...this.#maybe(0.3, () => `resources:\n${ this.#many(1, 2, () => `${ ' '.repeat(indent) }- ${ this.#group(indent + 2) }`).join('\n') }`),
      ...this.#maybe(0.1, () => `omitManagedFields: ${ this.#pick(['true', 'yes', 'off', 'null', '"true"', '1']) }`),
      ...this.#maybe(0.05, () => this.#oddField()),
      ...this.#maybe(0.05, () => `<<: ${ this.#pick(['*a', '{level: None}', '[*a, {verbs: [get]}]', 'x', '[]']) }`),
      ...this.#maybe(0.03, () => `level: ${ this.#pick(LEVELS) }`)
    ];

    return this.#mixed(parts, 0.3).join(`\n${ ' '.repeat(indent) }`);
  }

  #list(name: string, indent: number): string {
    const items = this.#many(0, 2, () => name === 'omitStages' ? this.#pick(['RequestReceived', 'Panic']) : name === 'nonResourceURLs' ? this.#pick(['/healthz*', '/version', '"*"']) : this.#string());

    return this.#chance(0.5) ? `${ name }: [${ items.join(', ') }]` : `${ name }:${ items.map((item) => `\n${ ' '.repeat(indent) }- ${ item }`).join('') || ' []' }`;
  }

  #group(indent: number): string {
    const parts = [
      ...this.#maybe(0.8, () => `group: ${ this.#pick(['""', 'apps', 'batch', '"*"', 'rbac.authorization.k8s.io', 'v1', this.#chance(0.1) ? 'A/v1' : '""', this.#string()]) }`),
      ...this.#maybe(0.7, () => `resources: [${ this.#many(0, 2, () => this.#string()).join(', ') }]`),
      ...this.#maybe(0.05, () => `resourceNames: [${ this.#string() }]`),
      ...this.#maybe(0.03, () => this.#oddField())
    ];

    return this.#chance(0.3) ? `{ ${ parts.join(', ') } }` : parts.join(`\n${ ' '.repeat(indent) }`) || '{}';
  }

  #json(): string {
    const rule = (): object => ({ level: this.#pick([...LEVELS, 'Metadata', null, 5]), ...(this.#chance(0.4) ? { users: this.#pick([['a', 'b'], [null], [], 5]) } : {}), ...(this.#chance(0.2) ? { resources: [{ group: '', resources: ['pods'] }, null] } : {}) });
    const text = JSON.stringify({ apiVersion: 'audit.k8s.io/v1', kind: 'Policy', rules: this.#many(1, 2, rule), ...(this.#chance(0.2) ? { foo: 1 } : {}) }, null, this.#pick([0, 2]));
    const twice = `"${ this.#pick(['level', 'users', 'rules', 'kind']) }": ${ JSON.stringify(this.#pick([rule(), [rule()], 'None', null, [null, 'z'], 5, 'Policy'])) }`;

    return this.#chance(0.3) ? text.replace(/"(level|users|rules|kind)":/, (key) => `${ twice }, ${ key }`) : text;
  }

  #damaged(text: string): string {
    const at = this.#int(text.length);
    const lines = text.split('\n');
    const index = this.#int(lines.length - 1);
    const line = lines[index] ?? '';

    return this.#pick([
      () => text.slice(0, at) + text.slice(at + 1),
      () => text.slice(0, at) + this.#pick(DAMAGE) + text.slice(at),
      () => text.slice(0, at) + this.#pick(SURPRISES) + text.slice(at),
      () => lines.with(index, this.#pick([' ', '\t', '  ']) + line).join('\n'),
      () => lines.with(index, line.replace(/^ {1,2}/, '')).join('\n'),
      () => lines.with(index, line + this.#pick(LINE_ENDS)).join('\n'),
      () => lines.toSpliced(index, 1).join('\n'),
      () => lines.toSpliced(index, 0, this.#pick(lines)).join('\n')
    ])();
  }

  #oddField(): string {
    return `${ this.#pick(KEYS) }: ${ this.#pick(SURPRISES) }`;
  }

  #string(): string {
    return this.#chance(0.98) ? this.#pick(STRINGS) : this.#pick(SURPRISES);
  }

  #maybe(probability: number, make: () => string): string[] {
    return this.#chance(probability) ? [make()] : [];
  }

  #many<Item>(least: number, most: number, make: () => Item): Item[] {
    return Array.from({ length: least + this.#int(most - least) }, make);
  }

  /** In another order, now and then. */
  #mixed(parts: readonly string[], probability: number): string[] {
    const cut = this.#chance(probability) ? this.#int(parts.length) : 0;

    return [...parts.slice(cut), ...parts.slice(0, cut)];
  }

  #pick<Item>(items: readonly Item[]): Item {
    return items[this.#int(items.length - 1)] as Item;
  }

  #chance(probability: number): boolean {
    return this.#int(999) < probability * 1_000;
  }

  /** From 0 to a number, that included. */
  #int(most: number): number {
    return this.#random.nextInt(0, most);
  }
}
