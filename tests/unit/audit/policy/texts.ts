/** Policy texts as people write and mistype them, for properties that hold for each. */
import fc from 'fast-check';

import { LEVELS, STAGES, type PolicyRule } from '../../../../audit/policy/types';

const WORDS = fc.constantFrom('jane', 'system:nodes', 'a b', 'yes', '007', '*', '#1', 'ü', 'x: y');
const LIST = fc.array(WORDS, { minLength: 1, maxLength: 3 });
const GROUP = fc.record({ group: fc.constantFrom('', 'apps', 'batch'), resources: fc.array(fc.constantFrom('pods', 'pods/log', '*', '*/status'), { minLength: 1, maxLength: 3 }), resourceNames: LIST }, { requiredKeys: [] });

/** Rules of any kind, those among them that kube-apiserver refuses but decodes. */
export const RULES: fc.Arbitrary<PolicyRule> = fc.record({
  level:             fc.constantFrom(...LEVELS),
  users:             LIST,
  userGroups:        LIST,
  verbs:             fc.array(fc.constantFrom('get', 'list', 'watch'), { minLength: 1, maxLength: 3 }),
  resources:         fc.array(GROUP, { minLength: 1, maxLength: 2 }),
  nonResourceURLs:   fc.array(fc.constantFrom('/healthz*', '/version'), { minLength: 1, maxLength: 2 }),
  omitStages:        fc.array(fc.constantFrom(...STAGES), { minLength: 1, maxLength: 2 }),
  omitManagedFields: fc.boolean()
}, { requiredKeys: ['level'], noNullPrototype: true });

/** The lines of a rule below each other; `#?` is a comment that textsOf gives a number. */
const RULE_LINES = fc.record({
  above:  fc.constantFrom([], ['#?'], ['', '#?'], ['  #?', '#?']),
  fields: fc.constantFrom(
    ['level: None'], ['level: Metadata   #?'], ['{level: Request, users: [jane]}'], ['{ level: None } #?'], ['level: "None"', 'verbs: [get, list]'], ['verbs:', '- get #?', '#?', '- list', 'level: Request'],
    ['level: None', 'users: [jane,', '  joe] #?'], ['level: None', 'resources:', '- group: ""', '  resources: ["pods"] #?', '- group: apps', '  #?', '  resource: [deployments]'], ['verb: get #?', 'level: None'], ['user:', '- jane #?', 'level: None'], ['level: None', 'resources:', '- verbs: [get] #?', '  resources: [pods]'], ['users:', '    - jane', '    - joe', 'level: None', 'unknown: #?', '  a: 1']
  ),
  below: fc.constantFrom([], [], ['  #?'], ['', '    #?'])
});

interface Layout {
  readonly head: readonly string[];
  readonly tail: readonly string[];
  readonly indent: number;
  readonly rules: readonly { readonly above: readonly string[]; readonly fields: readonly string[]; readonly below: readonly string[] }[];
  readonly lineEnd: string;
  readonly isEnded: boolean;
  readonly style: Style;
}

/** Rules as lines; the same, of which the last stands for the first or merges it; or in brackets, as YAML or as JSON. */
type Style = 'lines' | 'alias' | 'merge' | 'flow' | 'json';

/** Texts in the style of the documentation's policies, with comments in all places: each comment is another one. */
export const TEXTS: fc.Arbitrary<string> = fc.record({
  head:    fc.constantFrom(['apiVersion: audit.k8s.io/v1', 'kind: Policy', 'rules:'], ['#?', 'apiVersion: audit.k8s.io/v1', 'kind: Policy #?', 'omitStages: [RequestReceived]', 'rules: #?'], ['---', 'apiVersion: audit.k8s.io/v1', 'kind: Policy', 'rules:']),
  tail:    fc.constantFrom([], [], ['#?'], ['omitStages: [Panic] #?'], ['#?', 'omitStages:', '- RequestReceived #?'], ['', '  #?']),
  indent:  fc.constantFrom(0, 2, 4),
  rules:   fc.array(RULE_LINES, { minLength: 1, maxLength: 5 }),
  lineEnd: fc.constantFrom('\n', '\n', '\r\n'),
  isEnded: fc.boolean(),
  style:   fc.constantFrom('lines', 'lines', 'lines', 'alias', 'merge', 'flow', 'json')
}).map(textOf);

function textOf({ head, tail, rules, lineEnd, isEnded, style, indent }: Layout): string {
  if (style === 'json') {
    return `{"apiVersion": "audit.k8s.io/v1", "kind": "Policy", "note": 12345678901234567890, "rules": [${ rules.map((_, index) => `${ lineEnd }  {"level": "None", "users": ["${ index }"]}`).join(',') }${ lineEnd }]}${ isEnded ? lineEnd : '' }`;
  }
  const space = ' '.repeat(indent);
  const lines = style === 'flow' ? [...head.slice(0, -1), 'rules: [ #?', ...rules.flatMap(({ above }) => [...above, '  {level: None, verbs: [get]}, #?']), ']', ...tail] : [...head, ...blockLines(rules, style).map((line) => line && space + line), ...tail];
  let comment = 0;

  return lines.join(lineEnd).replaceAll('#?', () => `# c${ comment++ }.`) + (isEnded ? lineEnd : '');
}

function blockLines(rules: Layout['rules'], style: Style): string[] {
  const lines = rules.flatMap(({ above, fields, below }, rule) => {
    const [first = '', ...others] = fields;
    const anchor = style !== 'lines' && rule === 0 ? first.startsWith('{') ? '&a ' : '&a\n  ' : '';

    return [...above, ...`- ${ anchor }${ first }`.split('\n'), ...others.map((line) => `  ${ line }`), ...below];
  });

  return [...lines, ...style === 'alias' ? ['#?', '- *a #?'] : style === 'merge' ? ['#?', '- <<: *a #?', '  level: Metadata #?'] : []];
}

const TYPED = ['\n', ' ', '  ', '- ', '-', '#', ' # typed\n', ':', '"', '\'', '[', ']', '{', '}', ',', '\n- level: None\n', 'rules:', '\r\n', '?', 'x', '\n\n', '\n# typed\n', '*', '|', '>', '&a ', '!x ', '*a', '<<: ', '- |\n', '%', '---\n', '\n...\n', '\t', '\u2028', 'omitStages: [Panic]\n'];

/** What someone does with a keyboard: where in the text, how much is taken out, and what is put there. */
export interface Typing {
  readonly at: number;
  readonly removed: number;
  readonly inserted: string;
}

export const TYPINGS: fc.Arbitrary<Typing> = fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), removed: fc.constantFrom(0, 0, 1, 3, 12), inserted: fc.constantFrom('', ...TYPED) });

/** The text after a typing. */
export function typedInto(text: string, { at, removed, inserted }: Typing): string {
  const start = Math.floor(at * text.length);

  return text.slice(0, start) + inserted + text.slice(start + removed);
}
