/** A file that the user has chosen to be a policy. */
import { MAX_FILE_SIZE, textOfFile, type FileText } from '../../audit/policy/fileText';

/** Its text, or why it has none: a folder and a file that is gone can't be read. A file that is too large is not read at all. */
export async function textOfChosenFile(file: File): Promise<FileText | { readonly problem: 'unreadable' }> {
  try {
    return file.size > MAX_FILE_SIZE ? { problem: 'tooLarge' } : textOfFile(new Uint8Array(await file.arrayBuffer()));
  } catch {
    return { problem: 'unreadable' };
  }
}
