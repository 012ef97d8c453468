/**
 * Whether kube-apiserver can read a label selector: one that it can't makes it forget the other options of a list.
 *
 * Source: k8s.io/apimachinery/pkg/labels/selector.go (Lexer, Parser) and pkg/api/validate/content (IsLabelKey, IsLabelValue).
 */
import { isInteger } from './integer';

/** Operators and words; anything else between white space is a key or a value. A NUL ends a token, and stands for the end where one begins. */
const TOKEN = /[ \t\r\n]*(?:(!=|==|[=!(),<>]|[^=!(),<>\0 \t\r\n]+)\0?|\0|$)/y;
const COMPARISONS = ['>', '<'];
const OPERATORS = ['=', '==', '!=', ...COMPARISONS];
const SYMBOLS: readonly (string | undefined)[] = [...OPERATORS, '!', '(', ')', ',', undefined];

const NAME = /^(?:[A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;
const SUBDOMAIN = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/;
const MAX_NAME = 63;
const MAX_SUBDOMAIN = 253;

/** True for the empty selector too. */
export function isLabelSelector(text: string): boolean {
  const tokens = tokensOf(text);
  let position = 0;

  // The list has no end mark: what lies behind it is undefined.
  while (tokens[position] !== undefined) {
    const next = afterRequirement(tokens, position);

    if (next === undefined || (tokens[next] !== undefined && tokens[next] !== ',')) {
      return false;
    }
    if (tokens[next] === ',' && !isWord(tokens[next + 1]) && tokens[next + 1] !== '!') {
      return false;
    }
    position = next + 1;
  }

  return true;
}

function tokensOf(text: string): string[] {
  const tokens: string[] = [];

  TOKEN.lastIndex = 0;
  for (let token = TOKEN.exec(text)?.[1]; token !== undefined; token = TOKEN.exec(text)?.[1]) {
    tokens.push(token);
  }

  return tokens;
}

/** Where `key`, `!key`, `key=value` or `key in (…)` ends; undefined where none stands. */
function afterRequirement(tokens: readonly string[], start: number): number | undefined {
  const isNegated = tokens[start] === '!';
  const at = isNegated ? start + 1 : start;
  const key = tokens[at];
  const operator = tokens[at + 1];

  if (!isWord(key) || !isLabelKey(key)) {
    return undefined;
  }
  if (isNegated || operator === undefined || operator === ',') {
    return at + 1;
  }
  if (operator === 'in' || operator === 'notin') {
    return afterValues(tokens, at + 2);
  }

  return OPERATORS.includes(operator) ? afterValue(tokens, at + 2, operator) : undefined;
}

function afterValue(tokens: readonly string[], at: number, operator: string): number | undefined {
  const value = tokens[at];
  const isEmpty = value === undefined || value === ',';

  if (!isEmpty && !isWord(value)) {
    return undefined;
  }
  const text = isEmpty ? '' : value;

  return isLabelValue(text) && (!COMPARISONS.includes(operator) || isInteger(text)) ? at + (isEmpty ? 0 : 1) : undefined;
}

/** Values may be empty: `()`, `(,)` and `(a,,b)` are lists. */
function afterValues(tokens: readonly string[], start: number): number | undefined {
  if (tokens[start] !== '(') {
    return undefined;
  }
  for (let at = start + 1; ; at++) {
    const token = tokens[at];

    if (token === ')') {
      return at + 1;
    }
    if (token !== ',' && (!isWord(token) || !isLabelValue(token) || (tokens[at + 1] !== ',' && tokens[at + 1] !== ')'))) {
      return undefined;
    }
  }
}

function isWord(token: string | undefined): token is string {
  return !SYMBOLS.includes(token);
}

function isLabelKey(key: string): boolean {
  const parts = key.split('/');
  const name = parts.at(-1) ?? '';
  const [prefix = ''] = parts;

  return parts.length <= 2 && name.length <= MAX_NAME && NAME.test(name) && (parts.length === 1 || (prefix.length <= MAX_SUBDOMAIN && SUBDOMAIN.test(prefix)));
}

function isLabelValue(value: string): boolean {
  return value === '' || (value.length <= MAX_NAME && NAME.test(value));
}
