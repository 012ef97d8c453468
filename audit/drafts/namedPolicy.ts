/**
 * A policy with a name and its expectations, as it is put aside or handed on to others.
 */
import { MAX_POLICY_LENGTH } from '../policy/document';
import { MAX_FILE_LENGTH, excessOf, readExpectations, textOfExpectations } from '../request/expectationFile';
import { withChangesBetween, withExpectations, type Expectation } from '../request/expectations';
import type { Finding } from '../policy/finding';

export interface NamedPolicy {
  readonly name: string;
  readonly policy: string;
  /** As text, as their file has it; '' for none. */
  readonly expectations: string;
}

/** In UTF-16 units. */
export const MAX_NAME_LENGTH = 100;

/**
 * A name without what is not seen in it, such as the ends of lines, or characters that turn the direction of a text. Those that join letters or
 * keep them apart stay within it: scripts and emoji are made of them.
 */
export function tidyName(name: string): string {
  const seen = name.replaceAll(/\s/gu, ' ').replaceAll(/(?![\u200C\u200D])[\p{Cc}\p{Cf}]/gu, '');

  return seen.replaceAll(/ +/g, ' ').replaceAll(/^(?:[ \u200C\u200D])+|(?:[ \u200C\u200D])+$/gu, '').normalize('NFC');
}

/** A tidy name that is no longer than it may be. */
export function shortName(name: string): string {
  return tidyName(tidyName(name).slice(0, MAX_NAME_LENGTH).replace(/[\uD800-\uDBFF]$/, ''));
}

/** A value that came from elsewhere, where it is a named policy; undefined where it is none, or too large. */
export function namedPolicyIn(value: unknown): NamedPolicy | undefined {
  const { name, policy, expectations = '' } = (value ?? {}) as Readonly<Record<string, unknown>>;

  if (!isText(name, MAX_NAME_LENGTH) || !isText(policy, MAX_POLICY_LENGTH) || !isText(expectations, MAX_FILE_LENGTH) || policy === '') {
    return undefined;
  }

  return { name: shortName(name), policy, expectations };
}

/**
 * Expectations as text, with those of another policy: of two about the same request the other's is taken. Where one of the texts can't be read, or
 * both together are too much, they stay as they are, and findings say why.
 */
export function withExpectationsOf(expectations: string, added: string): { readonly text: string; readonly findings: readonly Finding[] } {
  if (added === '') {
    return { text: expectations, findings: [] };
  }
  const more = readExpectations(added);

  if (expectations === '') {
    return { text: more.findings.length ? '' : added, findings: more.findings };
  }
  const here = readExpectations(expectations);
  const list = withExpectations(here.expectations, more.expectations);
  const text = textOfExpectations(list);
  const findings = [...here.findings, ...more.findings, ...excessOf(list, text)];

  return { text: findings.length ? expectations : text, findings };
}

/** Expectations as text, with what turned one text into another, exactly that one where nothing else was done to them. They stay where one can't be read. */
export function withExpectationsStepped(now: string, from: string, to: string): string {
  if (now === from) {
    return to;
  }
  const [here, left, wanted] = [listIn(now), listIn(from), listIn(to)];
  const list = here && left && wanted && withChangesBetween(here, left, wanted);
  const text = list && textOfExpectations(list);

  return text === undefined || excessOf(list ?? [], text).length ? now : text;
}

function listIn(text: string): readonly Expectation[] | undefined {
  const { expectations, findings } = text === '' ? { expectations: [], findings: [] } : readExpectations(text);

  return findings.length ? undefined : expectations;
}

function isText(value: unknown, limit: number): value is string {
  return typeof value === 'string' && value.length <= limit;
}
