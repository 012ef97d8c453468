/**
 * Policies that a user has put aside, and the text that a browser keeps of them.
 *
 * The text may have been written by another version, or damaged: what can't be read whole is left as it is.
 */
import { MAX_POLICY_LENGTH } from '../policy/document';
import { MAX_NAME_LENGTH, namedPolicyIn, tidyName, type NamedPolicy } from './namedPolicy';

export interface Draft extends NamedPolicy {
  /** In milliseconds since 1970. */
  readonly keptAt: number;
}

export type KeptProblem = 'damaged' | 'newer';
export type PolicyProblem = 'policyMissing' | 'policyTooLarge';
export type DraftProblem = 'nameMissing' | 'nameTooLong' | 'tooMany' | 'tooMuch' | PolicyProblem;

export const MAX_DRAFTS = 100;
/** In UTF-16 units, of which browsers keep 5 Mi for a whole dashboard: the rest is for the dashboard's own. */
export const MAX_KEPT_LENGTH = 2 * 1024 * 1024;
/** The limits that a draft is over. */
export const LIMITS: Readonly<Partial<Record<string, number>>> = { nameTooLong: MAX_NAME_LENGTH, tooMany: MAX_DRAFTS, tooMuch: MAX_KEPT_LENGTH };
const VERSION = 1;
/** No date is later. */
const LAST_TIME = 8.64e15;

/** The drafts in a text, the newest first; undefined stands for none. */
export function readDrafts(text: string | undefined): readonly Draft[] | KeptProblem {
  if (text === undefined) {
    return [];
  }
  const { version, drafts } = (valueOf(text) ?? {}) as Readonly<Record<string, unknown>>;

  if (typeof version === 'number' && version > VERSION) {
    return 'newer';
  }
  const read = version === VERSION && Array.isArray(drafts) ? drafts.map(draftIn) : [undefined];

  return read.every((draft) => draft !== undefined) && new Set(read.map(({ name }) => name)).size === read.length ? read : 'damaged';
}

/** The text with some drafts. */
export function textOfDrafts(drafts: readonly Draft[]): string {
  return JSON.stringify({ version: VERSION, drafts });
}

/** The draft with a name, as it is written or otherwise spaced. */
export function draftNamed(drafts: readonly Draft[], name: string): Draft | undefined {
  return drafts.find((draft) => draft.name === tidyName(name));
}

/** Why a text can neither be kept nor handed on as a policy; undefined where it can. */
export function problemOfText(policy: string): PolicyProblem | undefined {
  return policy === '' ? 'policyMissing' : policy.length > MAX_POLICY_LENGTH ? 'policyTooLarge' : undefined;
}

/** Why a policy can be no draft; undefined where it can. One with the name of another would take its place. */
export function problemOfDraft(drafts: readonly Draft[], named: NamedPolicy): DraftProblem | undefined {
  const tidy = tidyName(named.name);
  const ofText = problemOfText(named.policy);

  if (tidy === '' || tidy.length > MAX_NAME_LENGTH) {
    return tidy === '' ? 'nameMissing' : 'nameTooLong';
  }
  if (ofText) {
    return ofText;
  }
  const next = withDraft(drafts, { ...named, keptAt: LAST_TIME });

  return next.length > MAX_DRAFTS ? 'tooMany' : textOfDrafts(next).length > MAX_KEPT_LENGTH ? 'tooMuch' : undefined;
}

/** The drafts with one more, which comes first and takes the place of one with its name. */
export function withDraft(drafts: readonly Draft[], draft: Draft): readonly Draft[] {
  const named = { ...draft, name: tidyName(draft.name) };

  return [named, ...withoutDraft(drafts, named.name)];
}

/** The drafts without the one with a name. */
export function withoutDraft(drafts: readonly Draft[], name: string): readonly Draft[] {
  return drafts.filter((draft) => draft.name !== name);
}

function draftIn(value: unknown): Draft | undefined {
  const named = namedPolicyIn(value);
  const { keptAt } = (value ?? {}) as Readonly<Record<string, unknown>>;

  return named && named.name !== '' && typeof keptAt === 'number' && Math.abs(keptAt) <= LAST_TIME ? { ...named, keptAt } : undefined;
}

function valueOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
