/**
 * Opens a file of the user's machine as a policy's text, by a button or by dropping it. Nothing is sent anywhere.
 */
import { ref, type Ref } from 'vue';

import { MAX_FILE_SIZE } from '../../audit/policy/fileText';
import type { Texts } from '../useTexts';
import { textOfChosenFile } from './chosenFile';

export interface FileOpening {
  /** Whether a file hangs over the text and would be opened. */
  readonly isOver: Ref<boolean>;
  open(files: FileList | null | undefined): Promise<void>;
  /** For `dragenter`, `dragover`, `dragleave` and `drop`; leaves alone what is no file. */
  onDrag(event: DragEvent): void;
}

/** `take` gets the text of a file that is one; `state` says in words what became of it. */
export function useFileOpening(t: Texts, state: Ref<string>, mayOpen: () => boolean, take: (text: string) => void): FileOpening {
  const isOver = ref(false);

  async function open(files: FileList | null | undefined): Promise<void> {
    const [file, ...others] = files ?? [];

    if (file) {
      state.value = others.length ? t('yaml.file.several') : await takeFile(file);
    }
  }

  async function takeFile(file: File): Promise<string> {
    const { name } = file;
    const read = await textOfChosenFile(file);

    if ('problem' in read) {
      return t(`yaml.file.${ read.problem }`, { name, limit: MAX_FILE_SIZE / 1024 / 1024 });
    }
    take(read.text);

    return t('yaml.file.opened', { name });
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

  return { isOver, open, onDrag };
}
