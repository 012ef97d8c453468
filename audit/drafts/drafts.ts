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
export type DraftProblem = 'nameMissing' | 'nameTooLong' | 'policyMissing' | 'policyTooLarge' | 'tooMany';

export const MAX_DRAFTS = 100;
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
  const read = version === VERSION && Array.isArray(drafts) && drafts.length <= MAX_DRAFTS ? drafts.map(draftIn) : [undefined];

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

/** Why a policy can be no draft; undefined where it can. One with the name of another would take its place. */
export function problemOfDraft(drafts: readonly Draft[], { name, policy }: NamedPolicy): DraftProblem | undefined {
  const tidy = tidyName(name);

  if (tidy === '' || tidy.length > MAX_NAME_LENGTH) {
    return tidy === '' ? 'nameMissing' : 'nameTooLong';
  }
  if (policy === '' || policy.length > MAX_POLICY_LENGTH) {
    return policy === '' ? 'policyMissing' : 'policyTooLarge';
  }

  return drafts.length >= MAX_DRAFTS && !draftNamed(drafts, tidy) ? 'tooMany' : undefined;
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
