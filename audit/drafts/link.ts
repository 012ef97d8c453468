/**
 * A policy in the fragment of a link, which no browser sends to a server: `#policy1z.…`, where 1 is the version, z says that what follows is
 * deflated (RFC 1951; t: as it is), and the rest is JSON in the alphabet of base64 for URLs.
 *
 * A link may come from anybody: what is too much is refused before it is read.
 */
import { base64urlnopad } from '@scure/base';

import { MAX_POLICY_LENGTH } from '../policy/document';
import { MAX_FILE_LENGTH } from '../request/expectationFile';
import { namedPolicyIn, type NamedPolicy } from './namedPolicy';

export type LinkProblem = 'missing' | 'newer' | 'damaged' | 'tooLarge';

export interface PackedPolicy {
  readonly bytes: Uint8Array;
  readonly isDeflated: boolean;
}

/** In bytes: what a policy, its expectations and its name take as JSON, all of it in letters of three bytes. */
export const MAX_SHARED_SIZE = 3 * (MAX_POLICY_LENGTH + MAX_FILE_LENGTH) + 1024;
/** From so many characters on mail and chat programs cut links. */
export const LONG_LINK = 2_000;
/** The shortest limit of a browser that is in use is 80,000 characters. */
export const MAX_LINK_LENGTH = 64_000;

const VERSION = 1;
const FRAGMENT = /^#?policy(\d{1,9})([a-z])\.([\w-]*)$/;

/** Whether a fragment is meant to be a policy, and no place in a page. */
export function isOfPolicy(fragment: string): boolean {
  return /^#?policy\d/.test(fragment);
}

/** A policy as bytes, which may then be deflated. */
export function bytesOfPolicy({ name, policy, expectations }: NamedPolicy): Uint8Array {
  return new TextEncoder().encode(JSON.stringify({ name, policy, ...expectations === '' ? {} : { expectations } }));
}

/** The fragment of a link, without the # before it. */
export function fragmentOf({ bytes, isDeflated }: PackedPolicy): string {
  return `policy${ VERSION }${ isDeflated ? 'z' : 't' }.${ base64urlnopad.encode(bytes) }`;
}

/** What is packed in a fragment, or why nothing is. */
export function readFragment(fragment: string): PackedPolicy | LinkProblem {
  if (!isOfPolicy(fragment)) {
    return 'missing';
  }
  const [, version, form, text = ''] = FRAGMENT.exec(fragment) ?? [];

  if (Number(version) > VERSION) {
    return 'newer';
  }
  if (text.length > MAX_SHARED_SIZE) {
    return 'tooLarge';
  }
  try {
    return Number(version) === VERSION && (form === 'z' || form === 't') ? { bytes: base64urlnopad.decode(text), isDeflated: form === 'z' } : 'damaged';
  } catch {
    return 'damaged';
  }
}

/** The policy in bytes that are not deflated any more, or why there is none. */
export function policyOfBytes(bytes: Uint8Array): NamedPolicy | LinkProblem {
  if (bytes.length > MAX_SHARED_SIZE) {
    return 'tooLarge';
  }
  try {
    return namedPolicyIn(JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes))) ?? 'damaged';
  } catch {
    return 'damaged';
  }
}
