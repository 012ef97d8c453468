/**
 * A part of the page over all of it, where the form around leaves it too little room.
 *
 * It stays where it is in the document, so that nothing in it is drawn anew: the browser's top layer shows it over everything else.
 */
import { nextTick, ref, type Ref } from 'vue';

export interface FullScreen {
  readonly isFullScreen: Ref<boolean>;
  toggle(): Promise<void>;
  /** Keeps the keyboard inside, and leaves by Escape. Listen with it to the part's keys. */
  onKey(event: KeyboardEvent): void;
}

const FOCUSABLE = 'a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled), textarea:not(:disabled), summary, [tabindex]:not([tabindex="-1"])';

/** The part must have the attribute `popover="manual"` exactly while it is over the page. Call it in `setup`. */
export function useFullScreen(part: Ref<HTMLElement | undefined>): FullScreen {
  const isFullScreen = ref(false);

  async function toggle(): Promise<void> {
    isFullScreen.value = !isFullScreen.value;
    await nextTick();
    if (isFullScreen.value) {
      part.value?.showPopover?.();
    }
    // CodeMirror lays itself out anew when the window changes.
    window.dispatchEvent(new Event('resize'));
  }

  function onKey(event: KeyboardEvent): void {
    if (!isFullScreen.value || event.defaultPrevented) {
      return;
    }
    if (event.key === 'Escape') {
      event.stopPropagation(); // a dialog around would close
      void toggle();
    } else if (event.key === 'Tab') {
      const all = [...part.value?.querySelectorAll<HTMLElement>(FOCUSABLE) ?? []].filter((element) => element.offsetParent !== null);
      const [first, last] = [all[0], all.at(-1)];

      if (event.shiftKey ? event.target === first : event.target === last) {
        event.preventDefault();
        (event.shiftKey ? last : first)?.focus();
      }
    }
  }

  return { isFullScreen, toggle, onKey };
}
