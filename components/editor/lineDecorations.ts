/**
 * Signs beside the lines of a CodeMirror, and colours behind them. Only what differs from before is touched: a long policy has thousands of lines.
 */
import type { LineMark } from '../policy/lineMark';
import type { CodeMirrorEditor, LineHandle } from './codeMirror';
import type { LineNote } from './editorHandle';
import { noteSign } from './noteSign';

export const NOTE_GUTTER = 'audit-notes';

export interface LineDecorations {
  showNotes(notes: readonly LineNote[]): void;
  showMarks(marks: readonly LineMark[]): void;
}

/** The decorations of an editor's lines; they move with their lines. */
export function lineDecorations(editor: CodeMirrorEditor): LineDecorations {
  const notes = linesWith<LineNote>(editor, (note) => `${ note.severity } ${ note.text }`, (line, note) => editor.setGutterMarker(line, NOTE_GUTTER, note ? noteSign(note) : null));
  const marks = linesWith<LineMark['kind']>(editor, (kind) => kind, (line, kind, before) => {
    for (const where of ['background', 'gutter'] as const) {
      if (before) {
        editor.removeLineClass(line, where, `audit-${ before }`);
      }
      if (kind) {
        editor.addLineClass(line, where, `audit-${ kind }`);
      }
    }
  });

  return {
    showNotes: (wanted) => notes(wanted.map((note) => ({ from: note.line, to: note.line, what: note }))),
    showMarks: (wanted) => marks(wanted.map(({ from, to, kind }) => ({ from, to, what: kind })))
  };
}

interface Stretch<What> {
  readonly from: number;
  readonly to: number;
  readonly what: What;
}

/** Shows something at lines, and remembers what is shown where. The last of several at one line counts. */
function linesWith<What>(editor: CodeMirrorEditor, keyOf: (what: What) => string, show: (line: LineHandle, what: What | undefined, before: What | undefined) => void): (wanted: readonly Stretch<What>[]) => void {
  let shown = new Map<LineHandle, What>();

  return (wanted) => {
    const next = new Map<LineHandle, What>();

    for (const { from, to, what } of wanted) {
      const end = Math.min(to, editor.lineCount());

      if (from <= end) {
        editor.eachLine(Math.max(0, from - 1), end, (line) => {
          next.set(line, what);
        });
      }
    }
    const changed = [
      ...[...shown].filter(([line]) => !next.has(line) && editor.getLineNumber(line) !== null).map(([line, before]) => ({ line, what: undefined, before })),
      ...[...next].map(([line, what]) => ({ line, what, before: shown.get(line) })).filter(({ what, before }) => before === undefined || keyOf(before) !== keyOf(what))
    ];

    // Even an operation without changes makes the editor measure itself.
    if (changed.length) {
      editor.operation(() => changed.forEach(({ line, what, before }) => show(line, what, before)));
    }
    shown = next;
  };
}
