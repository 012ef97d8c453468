/** A file that the user has chosen to be read as text: a policy, unless someone says otherwise. */
import { MAX_FILE_SIZE, textOfFile, type FileText } from '../../audit/policy/fileText';

/** Its text, or why it has none: a folder and a file that is gone can't be read. A file of more bytes than the limit is not read at all. */
export async function textOfChosenFile(file: File, limit = MAX_FILE_SIZE): Promise<FileText | { readonly problem: 'unreadable' }> {
  try {
    return file.size > limit ? { problem: 'tooLarge' } : textOfFile(new Uint8Array(await file.arrayBuffer()), limit);
  } catch {
    return { problem: 'unreadable' };
  }
}
