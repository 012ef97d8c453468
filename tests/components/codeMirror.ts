/**
 * The host's CodeMirror for component tests: the real one, in a component with the part of the host's interface that we use.
 */
import CodeMirror from 'codemirror';
import 'codemirror/addon/fold/foldgutter.js';
import 'codemirror/keymap/sublime.js';
import 'codemirror/mode/yaml/yaml.js';
import { defineComponent, h, onMounted, ref } from 'vue';

import type { CodeMirrorEditor } from '../../components/editor/codeMirror';

// jsdom lays nothing out.
const NOWHERE = { left: 0, right: 0, top: 0, bottom: 0, width: 0, height: 0 } as DOMRect;

Range.prototype.getBoundingClientRect = () => NOWHERE;
Range.prototype.getClientRects = () => Object.assign([], { item: () => null });
Object.defineProperty(HTMLElement.prototype, 'offsetWidth', { get: () => 500 });
window.focus = () => undefined;
window.ResizeObserver ??= class {
  unobserve = () => undefined;
  observe = () => undefined;
  disconnect = () => undefined;
} as unknown as typeof ResizeObserver;
window.IntersectionObserver ??= class {
  observe = () => undefined;
  disconnect = () => undefined;
} as unknown as typeof IntersectionObserver;

/** Of the editor that was mounted last. */
export let editor: CodeMirrorEditor;

/** For the host's components. */
export const Codemirror = defineComponent({
  props: ['value', 'options', 'originalStyle'],
  emits: ['ready'],
  setup(props, { emit }) {
    const root = ref<HTMLElement>();

    onMounted(() => {
      editor = CodeMirror(root.value, { value: props.value, ...props.options }) as CodeMirrorEditor;
      emit('ready', editor);
    });

    return () => h('div', { ref: root });
  }
});

/** Puts the host's loader in place, or takes it away. */
export function setLoader(load: (() => Promise<unknown>) | undefined): void {
  Object.assign(window, { __codeMirrorLoader: load });
}
