/**
 * The text of a file that someone opens, as a policy for instance, or why it can be none.
 */
import { MAX_POLICY_LENGTH } from './document';

/** Of a policy, in bytes. */
export const MAX_FILE_SIZE = MAX_POLICY_LENGTH;

export type FileProblem = 'empty' | 'tooLarge' | 'notUtf8' | 'notText';
export type FileText = { readonly text: string } | { readonly problem: FileProblem };

/** Reads a file's bytes as UTF-8. The text is exact: a byte order mark and the line ends stay. */
export function textOfFile(bytes: Uint8Array, limit = MAX_FILE_SIZE): FileText {
  if (!bytes.length) {
    return { problem: 'empty' };
  }
  if (bytes.length > limit) {
    return { problem: 'tooLarge' };
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);

    return [...text].some(isControl) ? { problem: 'notText' } : { text };
  } catch {
    return { problem: 'notUtf8' };
  }
}

/** What stands in no text that people write, such as the zeros of a picture or an archive. */
function isControl(character: string): boolean {
  return character < ' ' && !'\t\n\r'.includes(character);
}
