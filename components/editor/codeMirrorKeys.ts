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

/** Every key map then undoes by `keys`, and Tab leaves the text where it can't be changed. */
export function setKeys(editor: CodeMirrorEditor, keys: HistoryKeys, isReadOnly: () => boolean): void {
  let leaves = false;
  const ifEditable = (run: () => void) => () => {
    if (!isReadOnly()) {
      run();
    }
  };

  Object.assign(editor, { undo: ifEditable(keys.undo), redo: ifEditable(keys.redo), undoSelection: ifEditable(keys.undo), redoSelection: ifEditable(keys.redo) });
  editor.on('keydown', (_, event) => {
    if (event.key === 'Tab') {
      event.codemirrorIgnore = leaves || isReadOnly();
      leaves = false;
    } else if (event.key !== 'Shift') {
      leaves = event.key === 'Escape';
    }
  });
}
