/**
 * How the user wants editors of code to be, by the host's preferences.
 *
 * Source: @rancher/shell components/CodeMirror.vue and store/prefs.js, on all hosts.
 */
import { computed, type ComputedRef } from 'vue';

import { hostAbove } from './hostAbove';

const KEY_MAPS = ['sublime', 'emacs', 'vim'];

export interface EditorPreferences {
  /** The name of one of CodeMirror's themes that the host loads. */
  readonly theme: ComputedRef<string>;
  readonly keyMap: ComputedRef<string>;
}

/** The preferences of the user of the host. Call it in `setup`. */
export function useEditorPreferences(): EditorPreferences {
  const { $store } = hostAbove<{ readonly $store: { readonly getters: Readonly<Record<string, unknown>> } }>();

  return {
    theme:  computed(() => `base16-${ $store.getters['prefs/theme'] === 'dark' ? 'dark' : 'light' }`),
    keyMap: computed(() => {
      const preference = $store.getters['prefs/get'] as ((key: string) => unknown) | undefined;
      const keyMap = preference?.('keymap');

      return KEY_MAPS.find((name) => name === keyMap) ?? 'sublime';
    })
  };
}
