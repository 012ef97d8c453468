/**
 * Marks in a CodeMirror what a search finds, and the match that is looked at. Only lines in sight are searched for it.
 */
import type { CodeMirrorEditor, Position, TextMark } from './codeMirror';

/** What CodeMirror gives an overlay of a line. */
interface Stream {
  readonly string: string;
  pos: number;
  skipToEnd(): void;
}

export interface SearchOverlay {
  show(pattern: RegExp | undefined): void;
  showCurrent(from: Position, to: Position): void;
}

export function searchOverlay(editor: CodeMirrorEditor): SearchOverlay {
  let overlay: object | undefined;
  let current: TextMark | undefined;

  return {
    show(pattern) {
      current?.clear();
      if (overlay) {
        editor.removeOverlay(overlay);
      }
      overlay = pattern && { token: (stream: Stream) => tokenOf(stream, new RegExp(pattern)) };
      if (overlay) {
        editor.addOverlay(overlay);
      }
    },

    showCurrent(from, to) {
      current?.clear();
      current = editor.markText(from, to, { className: 'audit-match-current' });
    }
  };
}

/** Reads to the end of a match that starts here, or up to the next one. */
function tokenOf(stream: Stream, pattern: RegExp): string | null {
  pattern.lastIndex = stream.pos;
  const match = pattern.exec(stream.string);

  if (match?.index === stream.pos) {
    stream.pos += match[0].length;

    return 'audit-match';
  }
  if (match) {
    stream.pos = match.index;
  } else {
    stream.skipToEnd();
  }

  return null;
}
