/**
 * The `filter` of a list: parsed as Steve's own selector language and applied to one object.
 *
 * A comma means OR, a repeated parameter AND. Text is compared exactly with `=` and, without regard to case, as a
 * part with `~`. Source: steve pkg/stores/sqlpartition/queryparser, listprocessor, sqlcache/informer/sqlgenerator.go
 */
import { objectAt, type JsonObject, type JsonValue } from '../json';
import type { ResourceType } from '../types';
import { serverError } from './errors';
import { cellOf, checkField } from './indexedFields';

type Operator = 'exists' | 'missing' | '=' | '!=' | '~' | '!~' | '<' | '>' | 'in' | 'notin';

interface Condition {
  readonly field: string;
  readonly operator: Operator;
  readonly values: readonly string[];
}

const TOKEN = /\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|(!=|!~|==|=|~|<|>|!|\(|\)|,)|([^\s=!~<>(),"']+))/y;

interface Token {
  readonly text: string;
  readonly quoted: boolean;
}

type Filter = (object: JsonObject, cells: readonly JsonValue[]) => boolean;

/** A test for objects of a type from the `filter` parameters of a query. */
export function filterFrom(parameters: readonly string[], type: ResourceType): Filter {
  const groups = parameters.map((parameter) => parse(parameter)).filter((group) => group.length > 0);

  for (const { field } of groups.flat()) {
    checkField(type, field);
  }

  return (object, cells) => groups.every((group) => group.some((condition) => matches(condition, object, cells)));
}

function matches(condition: Condition, object: JsonObject, cells: readonly JsonValue[]): boolean {
  const label = labelKey(condition.field);
  const value = label === undefined ? cellOf(object, cells, condition.field) : objectAt(object, 'metadata', 'labels')[label];
  const present = value !== undefined && value !== null;
  const text = present ? String(value) : '';
  const wanted = condition.values[0] ?? '';

  switch (condition.operator) {
    case 'exists':
      return present;
    case 'missing':
      return !present;
    case '=':
      return present ? text === wanted : wanted === '' && label === undefined;
    case '!=':
      return text !== wanted;
    case '~':
      return present && text.toLowerCase().includes(wanted.toLowerCase());
    case '!~':
      return !text.toLowerCase().includes(wanted.toLowerCase());
    case '<':
      return present && Number(text) < Number(wanted);
    case '>':
      return present && Number(text) > Number(wanted);
    case 'in':
      return present && condition.values.includes(text);
    case 'notin':
      return !condition.values.includes(text);
  }
}

function labelKey(field: string): string | undefined {
  return /^metadata\.labels\[(.+)\]$/.exec(field)?.[1] ?? /^metadata\.labels\.(.+)$/.exec(field)?.[1];
}

function parse(parameter: string): Condition[] {
  const tokens = tokensOf(parameter);
  const conditions: Condition[] = [];
  let at = 0;
  const next = (): Token | undefined => tokens[at++];
  const isSign = (token: Token | undefined, sign: string): boolean => token !== undefined && !token.quoted && token.text === sign;

  while (at < tokens.length) {
    const negated = isSign(tokens[at], '!');

    at += negated ? 1 : 0;

    const field = next();

    if (!field || /^[=!~<>(),]+$/.test(field.text)) {
      throw serverError(`found '${ field?.text ?? '' }', expected: !, identifier, or 'end of string'`);
    }
    if (negated || at === tokens.length || isSign(tokens[at], ',')) {
      conditions.push({ field: field.text, operator: negated ? 'missing' : 'exists', values: [] });
    } else {
      conditions.push(comparison(field.text, next, () => tokens[at]));
    }
    if (at < tokens.length && !isSign(next(), ',')) {
      throw serverError(`found '${ tokens[at - 1]?.text ?? '' }', expected: ',' or 'end of string'`);
    }
  }

  return conditions;
}

function comparison(field: string, next: () => Token | undefined, peek: () => Token | undefined): Condition {
  const sign = (next()?.text ?? '').toLowerCase();

  if (sign === 'in' || sign === 'notin') {
    const values: string[] = [];

    next();
    for (let token = next(); token && token.text !== ')'; token = next()) {
      if (token.quoted || token.text !== ',') {
        values.push(token.text);
      }
    }

    return { field, operator: sign, values };
  }

  const operator = sign === '==' ? '=' : sign;

  if (operator !== '=' && operator !== '!=' && operator !== '~' && operator !== '!~' && operator !== '<' && operator !== '>') {
    throw serverError(`found '${ sign }', expected: in, notin, =, ==, !=, ~, !~, <, >`);
  }

  const empty = peek() === undefined || (peek()?.text === ',' && peek()?.quoted === false);

  return { field, operator, values: [empty ? '' : next()?.text ?? ''] };
}

function tokensOf(parameter: string): Token[] {
  const tokens: Token[] = [];
  const text = parameter.trim();

  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const from = TOKEN.lastIndex;
    const found = TOKEN.exec(text);

    if (!found) {
      throw serverError(`unable to parse requirement: ${ text.slice(from) }`);
    }

    const quoted = found[1] ?? found[2];

    tokens.push(quoted === undefined ? { text: found[3] ?? found[4] ?? '', quoted: false } : { text: quoted, quoted: true });
  }

  return tokens;
}
