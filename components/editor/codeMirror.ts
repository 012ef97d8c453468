/**
 * The host's CodeMirror 5, as far as we call it.
 *
 * All hosts from 2.10 to 2.15 register codemirror-editor-vue3 as the component `Codemirror`, and load its modes, themes and key maps by
 * `window.__codeMirrorLoader`. Of its add-ons folding is there; a search dialog is not.
 */
import { getCurrentInstance, type Component } from 'vue';

/** Both count from 0. */
export interface Position {
  readonly line: number;
  readonly ch: number;
}

/** A line that stays the same one while others come and go. */
export interface LineHandle {
  readonly text: string;
}

export interface TextMark {
  /** Whether folding made it. */
  readonly __isFold?: boolean;
  clear(): void;
}

interface Events {
  blur: () => void;
  focus: () => void;
  mousedown: () => void;
  changes: () => void;
  cursorActivity: () => void;
  gutterClick: (editor: CodeMirrorEditor, line: number, gutter: string) => void;
  keydown: (editor: CodeMirrorEditor, event: KeyboardEvent & { codemirrorIgnore?: boolean }) => void;
}

export interface CodeMirrorEditor {
  /** What every key map calls: replaced where someone else keeps the history. */
  undo: () => void;
  redo: () => void;
  undoSelection: () => void;
  redoSelection: () => void;
  on<Name extends keyof Events>(event: Name, handler: Events[Name]): void;
  setOption(name: string, value: unknown): void;
  operation(run: () => void): void;
  execCommand(name: string): void;
  refresh(): void;
  focus(): void;
  hasFocus(): boolean;
  getInputField(): HTMLElement;
  getScrollerElement(): HTMLElement;
  getValue(): string;
  getLine(line: number): string | undefined;
  getLineHandle(line: number): LineHandle | null;
  getLineNumber(handle: LineHandle): number | null;
  /** Ends at the first line that `then` gives a value for. */
  eachLine(from: number, to: number, then: (handle: LineHandle) => void): void;
  lineCount(): number;
  posFromIndex(index: number): Position;
  indexFromPos(position: Position): number;
  replaceRange(text: string, from: Position, to: Position): void;
  getCursor(end?: 'from' | 'to'): Position;
  setCursor(line: number, ch: number): void;
  getSelection(): string;
  setSelection(anchor: Position, head: Position, options: { readonly scroll: boolean }): void;
  somethingSelected(): boolean;
  scrollIntoView(what: Position | { readonly from: Position; readonly to: Position }, margin: number): void;
  scrollTo(left: null, top: number): void;
  getScrollInfo(): { readonly top: number };
  lineAtHeight(height: number, mode: 'local'): number;
  heightAtLine(line: number, mode: 'local'): number;
  setGutterMarker(line: LineHandle, gutter: string, marker: HTMLElement | null): void;
  addLineClass(line: LineHandle, where: 'background' | 'gutter', name: string): void;
  removeLineClass(line: LineHandle, where: 'background' | 'gutter', name: string): void;
  markText(from: Position, to: Position, options: { readonly className: string }): TextMark;
  findMarks(from: Position, to: Position): TextMark[];
  addOverlay(overlay: object): void;
  /** By its name, too. */
  removeOverlay(overlay: object | string): void;
  foldCode(position: Position, options: { readonly scanUp: boolean }, force: 'fold' | 'unfold'): void;
}

export interface HostCodeMirror {
  readonly component: Component;
  /** Rejects where the host's files can't be had. */
  load(): Promise<unknown>;
}

/** Undefined where the host has none. Call it in `setup`. */
export function useHostCodeMirror(): HostCodeMirror | undefined {
  const component = getCurrentInstance()?.appContext.components['Codemirror'];
  const load = window.__codeMirrorLoader;

  return component && load ? { component, load } : undefined;
}
