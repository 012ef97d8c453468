/**
 * Opens a file of the user's machine as text, by a button or by dropping it. Nothing is sent anywhere.
 */
import { ref, type Ref } from 'vue';

import { MAX_FILE_SIZE, textOfFile, type FileText } from '../../audit/policy/fileText';
import type { Texts } from '../useTexts';

export interface FileOpening {
  /** Whether a file hangs over the text and would be opened. */
  readonly isOver: Ref<boolean>;
  /** For `change` of an input for files. */
  onChoose(event: Event): void;
  /** For `dragenter`, `dragover`, `dragleave` and `drop`; leaves alone what is no file. */
  onDrag(event: DragEvent): void;
}

/** `take` gets the text of a file that is one, and says in words what it did with it; `state` has what became of the file that was opened last. A file of more bytes than the limit is not read. */
export function useFileOpening(t: Texts, state: Ref<string>, mayOpen: () => boolean, take: (text: string, name: string) => string, limit = MAX_FILE_SIZE): FileOpening {
  const isOver = ref(false);
  /** How often something was opened: a large file may be read after one that was opened later. */
  let opened = 0;

  async function open(files: FileList | null | undefined): Promise<void> {
    const [file, ...others] = files ?? [];

    if (!file) {
      return;
    }
    const mine = ++opened;

    if (others.length) {
      state.value = t('file.several');

      return;
    }
    const read = await textOfChosenFile(file, limit);

    if (mine === opened) {
      state.value = 'text' in read ? take(read.text, file.name) : t(`file.${ read.problem }`, { name: file.name, limit: limit / 1024 });
    }
  }

  function onChoose({ target }: Event): void {
    const input = target as HTMLInputElement;

    void open(input.files);
    // The same file may be opened again.
    input.value = '';
  }

  function onDrag(event: DragEvent): void {
    if (!event.dataTransfer?.types.includes('Files')) {
      return;
    }
    // The editor would put the file's text where it falls, and the browser would leave the page for it.
    event.preventDefault();
    event.stopPropagation();
    isOver.value = mayOpen() && event.type !== 'drop' && event.type !== 'dragleave';
    if (event.type === 'drop' && mayOpen()) {
      void open(event.dataTransfer.files);
    }
  }

  return { isOver, onChoose, onDrag };
}

/** Its text, or why it has none: a folder and a file that is gone can't be read. */
async function textOfChosenFile(file: File, limit: number): Promise<FileText | { readonly problem: 'unreadable' }> {
  try {
    return file.size > limit ? { problem: 'tooLarge' } : textOfFile(new Uint8Array(await file.arrayBuffer()), limit);
  } catch {
    return { problem: 'unreadable' };
  }
}
