/**
 * A text for the user's clipboard or as a file, and what there is to say of it.
 */
import { ref, type Ref } from 'vue';

import { copyText, downloadText } from './saveText';
import type { Texts } from './useTexts';

export interface TextExport {
  /** What happened last, in words; empty where nothing has. */
  readonly state: Ref<string>;
  copy(name: string, text: string): Promise<void>;
  download(name: string, text: string): void;
}

export function useTextExport(t: Texts): TextExport {
  const state = ref('');

  return {
    state,

    async copy(name, text) {
      try {
        await copyText(text);
        state.value = t('manifests.copied', { name });
      } catch {
        state.value = t('manifests.notCopied');
      }
    },

    download(name, text) {
      state.value = '';
      downloadText(name, text);
    }
  };
}
