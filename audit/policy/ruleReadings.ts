/**
 * Rules that are read one by one, so that a text of which one rule is new costs one rule.
 *
 * In the style that rulePlaces.ts finds, a rule that can be read by itself means the same among others: nothing in it reaches across
 * its lines. What was read is kept by its text. All other texts are read as a whole.
 */
import { plainValue, type JsonField, type JsonNode } from './jsonTree';
import { readYaml } from './readYaml';
import { Refusal } from './refusal';
import { contentEndOf, ruleLinesOf, type RuleLines } from './rulePlaces';

/** One rule, read by itself. Offsets count from the start of its line. */
export interface RuleReading {
  readonly node: JsonNode;
  /** The same object each time that the same text is read. */
  readonly value: unknown;
  /** Where its last character is, without comments and line ends after it. */
  readonly end: number;
  /** Where the parser ends a list of which it is the last item. */
  readonly listEnd: number;
}

/** A text whose rules are read one by one. */
export interface RuleReadings {
  readonly lines: RuleLines;
  readonly rules: readonly RuleReading[];
}

/** The line above the rules, without its end. */
export const KEY_OF_RULES = 'rules:';

const KEY = `${ KEY_OF_RULES }\n`;
/** Characters of rules that are kept; the least recently used half goes first. */
const MAX_KEPT = 4 * 1024 * 1024;

/** By a rule's text; undefined is one that can't be read by itself. */
type Kept = Map<string, RuleReading | undefined>;

let recent: Kept = new Map();
let older: Kept = new Map();
let recentLength = 0;

/** The rules of a text, or undefined where they can't be read one by one. */
export function ruleReadingsOf(text: string): RuleReadings | undefined {
  const lines = ruleLinesOf(text);
  const rules = lines && readAll(text, lines);

  return rules && { lines, rules };
}

/** How many characters of a text's rules have not been read yet: all of them, where they can't be read one by one. */
export function unreadLength(text: string): number {
  const lines = ruleLinesOf(text);

  return lines ? textsOf(text, lines).reduce((sum, rule) => isKept(rule) ? sum : sum + rule.length, 0) : text.length;
}

/** Reads rules of a text that have not been read yet, up to so many characters of them. Returns whether any are left. */
export function readAhead(text: string, length: number): boolean {
  const lines = ruleLinesOf(text);
  let left = length;

  for (const rule of lines ? textsOf(text, lines) : []) {
    if (!isKept(rule)) {
      if (left <= 0) {
        return true;
      }
      left -= rule.length;
      readingOf(rule);
    }
  }

  return false;
}

/** The tree of a text as readYaml gives it, made of its rules; undefined where they can't be read one by one. */
export function treeOfRules(text: string): JsonNode | undefined {
  const readings = ruleReadingsOf(text);
  const rest = readings && restOf(text, readings.lines);
  const last = readings?.rules.at(-1);

  if (!readings || !rest || !last) {
    return undefined;
  }
  const { starts, indent, end } = readings.lines;
  const [first = 0, lastStart = 0] = [starts[0], starts.at(-1)];
  const by = end - first;
  const listEnd = lastStart + last.listEnd;
  const rules: JsonNode = { kind: 'array', items: readings.rules.map(({ node }, index) => shifted(node, starts[index] ?? 0)), start: first + indent, end: listEnd };
  const fields = rest.fields.map((field): JsonField => field.name === 'rules' ? { ...field, value: rules } : field.key.start < first ? field : { ...field, key: shiftedSpan(field.key, by), value: shifted(field.value, by) });

  return { kind: 'object', fields, start: rest.start, end: rest.fields.some((field) => field.key.start >= first) ? rest.end + by : listEnd };
}

/** The plain value of a text, in which a rule is the same object each time; undefined where rules can't be read one by one. */
export function valueOfRules(text: string): Readonly<Record<string, unknown>> | undefined {
  const readings = ruleReadingsOf(text);
  const rest = readings && restOf(text, readings.lines);

  return readings && rest && { ...plainValue(rest) as Record<string, unknown>, rules: readings.rules.map(({ value }) => value) };
}

/** What a text says without its rules, of which the key alone is left. */
function restOf(text: string, { starts, end }: RuleLines): Extract<JsonNode, { kind: 'object' }> | undefined {
  const above = text.slice(0, starts[0]);
  const reading = read(above + text.slice(end));
  const rules = reading?.root.kind === 'object' ? reading.root.fields.find(({ name }) => name === 'rules') : undefined;
  const isEmpty = rules?.value.kind === 'null' && rules.value.start === rules.value.end && rules.key.end < above.length;

  return isEmpty && reading?.root.kind === 'object' && !reading.duplicates.length ? reading.root : undefined;
}

function readAll(text: string, lines: RuleLines): readonly RuleReading[] | undefined {
  const rules: RuleReading[] = [];

  for (const rule of textsOf(text, lines)) {
    const reading = readingOf(rule);

    if (!reading) {
      return undefined;
    }
    rules.push(reading);
  }

  return rules;
}

/** What stands behind a rule is not its own, but for the last: there the parser takes it into the list. */
function textsOf(text: string, { starts, end }: RuleLines): string[] {
  return starts.map((start, index) => {
    const next = starts[index + 1];

    return text.slice(start, next === undefined ? end : contentEndOf(text, start, next));
  });
}

function isKept(rule: string): boolean {
  return recent.has(rule) || older.has(rule);
}

function readingOf(rule: string): RuleReading | undefined {
  if (recent.has(rule)) {
    return recent.get(rule);
  }
  const reading = older.has(rule) ? older.get(rule) : readRule(rule);

  recentLength += rule.length;
  if (recentLength > MAX_KEPT / 2) {
    older = recent;
    recent = new Map();
    recentLength = rule.length;
  }
  recent.set(rule, reading);

  return reading;
}

function readRule(rule: string): RuleReading | undefined {
  const reading = read(KEY + rule);
  const list = reading?.root.kind === 'object' && reading.root.fields.length === 1 ? reading.root.fields[0]?.value : undefined;
  const [item, ...others] = list?.kind === 'array' ? list.items : [];

  if (!reading || reading.duplicates.length || !list || !item || others.length) {
    return undefined;
  }

  return { node: shifted(item, -KEY.length), value: plainValue(item), end: endOf(KEY + rule, item) - KEY.length, listEnd: list.end - KEY.length };
}

function read(text: string): ReturnType<typeof readYaml> | undefined {
  try {
    return readYaml(text);
  } catch (error) {
    if (error instanceof Refusal || error instanceof RangeError) {
      return undefined;
    }
    throw error;
  }
}

/** Where the last character of a value is; a block's own end is that of what follows it. */
function endOf(text: string, node: JsonNode): number {
  if (node.kind === 'array' && text[node.start] !== '[') {
    return Math.max(node.start, ...node.items.map((item) => endOf(text, item)));
  }
  if (node.kind === 'object' && text[node.start] !== '{') {
    return Math.max(node.start, ...node.fields.map(({ key, value }) => Math.max(key.end, endOf(text, value))));
  }

  return node.end;
}

function shifted(node: JsonNode, by: number): JsonNode {
  const span = shiftedSpan(node, by);

  switch (node.kind) {
    case 'array':
      return { kind: 'array', items: node.items.map((item) => shifted(item, by)), ...span };
    case 'object':
      return { kind: 'object', fields: node.fields.map(({ name, key, value, order }) => ({ name, key: shiftedSpan(key, by), value: shifted(value, by), order })), ...span };
    default:
      return { ...node, ...span };
  }
}

function shiftedSpan({ start, end }: { readonly start: number; readonly end: number }, by: number): { readonly start: number; readonly end: number } {
  return { start: start + by, end: end + by };
}
