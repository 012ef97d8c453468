/**
 * Keys of a CodeMirror: those of the host's key maps that undo and redo belong to whoever keeps the history, whichever they are, and Tab leaves the text
 * after Escape, so that nobody is caught in it.
 */
import type { CodeMirrorEditor } from './codeMirror';

type Command = string | ((editor: CodeMirrorEditor) => void);

export interface HistoryKeys {
  undo(): void;
  redo(): void;
}

/** For CodeMirror's `extraKeys`. YAML has no tabs: Tab indents by spaces. */
export const EXTRA_KEYS: Readonly<Record<string, Command>> = {
  'Tab':          (editor) => editor.execCommand(editor.somethingSelected() ? 'indentMore' : 'insertSoftTab'),
  'Shift-Tab':    'indentLess',
  'Shift-Ctrl-[': 'fold',
  'Shift-Ctrl-]': 'unfold'
};

/** Every key map then undoes by `keys`, and Tab leaves a text that can't be changed, or that nobody has touched since the keyboard came to it. */
export function setKeys(editor: CodeMirrorEditor, keys: HistoryKeys, isReadOnly: () => boolean): void {
  let leaves = false;
  let isPressed = false;
  const ifEditable = (run: () => void) => () => {
    if (!isReadOnly()) {
      run();
    }
  };

  Object.assign(editor, { undo: ifEditable(keys.undo), redo: ifEditable(keys.redo), undoSelection: ifEditable(keys.undo), redoSelection: ifEditable(keys.redo) });
  // Whoever passes through a form by Tab changes nothing; a mouse is put where someone wants to type.
  editor.on('mousedown', () => {
    isPressed = true;
    leaves = false;
  });
  editor.on('focus', () => {
    leaves = !isPressed;
    isPressed = false;
  });
  editor.on('blur', () => {
    isPressed = false;
  });
  editor.on('keydown', (_, event) => {
    if (event.key === 'Tab') {
      event.codemirrorIgnore = leaves || isReadOnly();
    } else if (event.key !== 'Shift') {
      leaves = event.key === 'Escape';
    }
  });
}
