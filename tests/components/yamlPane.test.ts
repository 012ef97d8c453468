// The pane with a policy's text, on the real CodeMirror and in a plain text area.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { Finding, Severity } from '../../audit/policy/finding';
import { editor } from './codeMirror';
import { settled } from './host';
import { area, closePane, emitted, mountPane, part, TEXT, type } from './paneOfYaml';

const finding = (line: number, severity: Severity, word: string): Finding => ({ code: 'policy.levelUnknown', severity, at: { object: 'policy', path: [], range: { start: { line, column: 1 }, end: { line, column: 2 } } }, params: { field: word, got: word, wanted: word } });
const tool = (name: string) => part.get(`[data-testid="audit-yaml-${ name }"]`);
const said = (): string => part.get('[data-testid="audit-yaml-state"]').text();

function keydown(target: Element, key: string, modifiers: KeyboardEventInit = {}): boolean {
  return target.dispatchEvent(new KeyboardEvent('keydown', { key, keyCode: key.toUpperCase().charCodeAt(0), bubbles: true, cancelable: true, ...modifiers }));
}

afterEach(() => {
  closePane();
  vi.restoreAllMocks();
});

describe('keys of the editor', () => {
  it.each([['undo', 'z', {}], ['redo', 'z', { shiftKey: true }], ['redo', 'y', {}]] as const)('%s by the keys of the history that others keep: %s %o', async (event, key, modifiers) => {
    await mountPane();
    type('x');
    expect(keydown(area(), key, { ctrlKey: true, ...modifiers })).toBe(false);
    expect(part.emitted(event)).toHaveLength(1);
    expect(editor.getValue()).toBe(`x${ TEXT }`);
  });

  it('show what an undo changes', async () => {
    await mountPane({ onUndo: () => void part.setProps({ text: TEXT.replace('list', 'watch') }) });
    editor.focus();
    editor.undo();
    await settled();
    expect(editor.getCursor()).toMatchObject({ line: 6, ch: 15 });
    expect(emitted('line')).toEqual([]);
  });

  it('undo nothing in a text that can only be read', async () => {
    await mountPane({ isReadOnly: true });
    keydown(area(), 'z', { ctrlKey: true });
    editor.undo();
    expect(part.emitted('undo')).toBeUndefined();
  });

  it('indent by Tab, and leave the text by Tab after Escape', async () => {
    await mountPane();
    expect(keydown(area(), 'Tab', { keyCode: 9 })).toBe(false);
    expect(editor.getLine(0)).toBe('  rules:');
    keydown(area(), 'Escape', { keyCode: 27 });
    keydown(area(), 'Shift', { keyCode: 16 });
    expect(keydown(area(), 'Tab', { keyCode: 9 })).toBe(true);
    expect(editor.getLine(0)).toBe('  rules:');
  });

  it('leave a text that the keyboard only passes through, and indent one that was pressed', async () => {
    await mountPane();
    area().focus();
    expect(keydown(area(), 'Tab', { keyCode: 9 })).toBe(true);
    area().blur();
    area().focus();
    keydown(area(), 'ArrowDown', { keyCode: 40 });
    expect(keydown(area(), 'Tab', { keyCode: 9 })).toBe(false);
    expect(editor.getValue()).not.toBe(TEXT);
  });

  it('do not let Escape close what the text stands in', async () => {
    await mountPane();
    const outside = vi.fn();

    part.element.parentElement?.addEventListener('keydown', outside);
    keydown(area(), 'Escape', { keyCode: 27 });
    expect(outside).not.toHaveBeenCalled();
  });
});

describe('lines', () => {
  it('have a sign and words where there is something to say, which move with them', async () => {
    await mountPane({ findings: [finding(3, 'warn', 'one'), finding(3, 'block', 'two'), finding(6, 'info', 'three')] });
    const signs = () => part.findAll('.audit-note').map((sign) => [sign.classes().at(-1), sign.attributes('title')?.split('\n').length]);

    expect(signs()).toEqual([['audit-note-block', 2], ['audit-note-info', 1]]);
    editor.setCursor(0, 0);
    type('# top\n');
    await part.setProps({ findings: [finding(7, 'info', 'three')] });
    expect(signs()).toEqual([['audit-note-info', 1]]);
    expect(part.get('.CodeMirror-code > div:nth-child(7)').find('.audit-note').exists()).toBe(true);
  });

  it('are gone to by F8 from one that there is something to say of to the next, with its words', async () => {
    await mountPane({ findings: [finding(3, 'block', 'one'), finding(6, 'info', 'two')] });
    for (const [modifiers, line] of [[{}, 3], [{}, 6], [{}, 3], [{ shiftKey: true }, 6]] as const) {
      keydown(area(), 'F8', { keyCode: 119, ...modifiers });
      await settled();
      expect(part.get('[data-testid="audit-yaml-here"]').text()).toContain(`Line ${ line }:`);
    }
    expect(area().getAttribute('aria-describedby')?.split(' ').map((id) => document.getElementById(id)?.textContent).join(' ')).toContain('Line 6:');
    expect(emitted('line')).toEqual([]);
  });

  it('are told to the owner when the user goes there or clicks beside them, and not when the owner does', async () => {
    await mountPane();
    (part.vm as unknown as { showLine(line: number): void }).showLine(4);
    expect(emitted('line')).toEqual([]);
    expect(editor.getCursor().line).toBe(3);
    editor.setCursor(5, 0);
    expect(emitted('line')).toEqual([6]);
    editor.setCursor(5, 3);
    expect(emitted('line')).toEqual([6]);
    const signals = editor as unknown as { constructor: { signal(...args: unknown[]): void } };

    signals.constructor.signal(editor, 'gutterClick', editor, 2, 'CodeMirror-linenumbers');
    signals.constructor.signal(editor, 'gutterClick', editor, 2, 'CodeMirror-foldgutter');
    expect(emitted('line')).toEqual([6, 3]);
    expect(editor.getCursor().line).toBe(2);
  });

  it('stand out by their marks, and only as long as they have them', async () => {
    const marked = () => part.findAll('.CodeMirror-linebackground').map((element) => element.classes().filter((name) => name.startsWith('audit-')).join());

    await mountPane({ marks: [{ from: 3, to: 4, kind: 'passed' }, { from: 6, to: 7, kind: 'decides' }, { from: 8, to: 99, kind: 'unreached' }] });
    expect(marked()).toEqual(['audit-passed', 'audit-passed', 'audit-decides', 'audit-decides', 'audit-unreached', 'audit-unreached']);
    await part.setProps({ marks: [{ from: 3, to: 4, kind: 'decides' }] });
    expect(marked()).toEqual(['audit-decides', 'audit-decides']);
  });

  it('fold, all rules at once too', async () => {
    await mountPane();
    const folds = () => editor.findMarks({ line: 0, ch: 0 }, { line: 99, ch: 0 }).filter(({ __isFold }) => __isFold).length;

    await tool('fold').trigger('click');
    expect(tool('fold').attributes('aria-pressed')).toBe('true');
    expect(folds()).toBe(2);
    (part.vm as unknown as { showLine(line: number): void }).showLine(4);
    expect(folds()).toBe(1);
    await tool('fold').trigger('click');
    expect(folds()).toBe(0);
  });
});

describe.each([['CodeMirror', true], ['a text area', false]])('in %s', (_, hasCodeMirror) => {
  beforeEach(() => {
    Object.defineProperty(navigator, 'clipboard', { value: { writeText: vi.fn(async () => undefined) }, configurable: true });
  });

  it('a search goes from match to match, and leaves the keyboard to the text', async () => {
    const selected = (): string => hasCodeMirror ? editor.getSelection() : area().value.slice(area().selectionStart, area().selectionEnd);
    const count = (): string => part.get('.count').text();

    await mountPane({}, hasCodeMirror);
    expect(keydown(area(), 'f', { ctrlKey: true })).toBe(false);
    await settled();
    const input = part.get<HTMLInputElement>('[data-testid="audit-yaml-find"] input');

    expect(document.activeElement).toBe(input.element);
    await input.setValue('VERBS');
    expect(count()).toBe('1 of 2');
    expect(selected()).toBe('verbs');
    await input.trigger('keydown', { key: 'Enter' });
    expect(count()).toBe('2 of 2');
    await input.trigger('keydown', { key: 'Enter' });
    await input.trigger('keydown', { key: 'Enter', shiftKey: true });
    expect(count()).toBe('2 of 2');
    await input.setValue('nowhere');
    expect(count()).toBe('no match');
    await input.trigger('keydown', { key: 'Escape' });
    await settled();
    expect(part.find('[data-testid="audit-yaml-find"]').exists()).toBe(false);
    expect(document.activeElement).toBe(area());
  });

  it('the text is copied exactly, and restored as it was saved', async () => {
    await mountPane({ text: 'a: 1\r\n', saved: 'a: 0\r\n' }, hasCodeMirror);
    await tool('copy').trigger('click');
    await settled();
    expect(vi.mocked(navigator.clipboard.writeText).mock.calls).toEqual([['a: 1\r\n']]);
    expect(said()).toContain('is copied');
    await tool('restore').trigger('click');
    expect(emitted('update')).toEqual(['a: 0\r\n']);
    await part.setProps({ text: 'a: 0\r\n' });
    expect(tool('restore').attributes('disabled')).toBeDefined();
  });

  it('can only be read where it may not be changed, with what reading needs', async () => {
    await mountPane({ isReadOnly: true, saved: 'a' }, hasCodeMirror);
    expect(area().readOnly).toBe(true);
    expect(area().disabled).toBe(false);
    expect(part.findAll('.tool').map((button) => button.attributes('data-testid'))).toEqual(['info', 'copy', 'download', 'search', ...hasCodeMirror ? ['fold'] : []].map((name) => `audit-yaml-${ name }`));
  });
});

describe('a host', () => {
  it('without the files of its CodeMirror leaves a text area', async () => {
    await mountPane({}, () => Promise.reject(new Error('offline')));
    expect(part.find('.CodeMirror').exists()).toBe(false);
    expect(area().value).toBe(TEXT);
  });

  it('without CodeMirror has line numbers, signs, marks, and the same history', async () => {
    await mountPane({ findings: [finding(3, 'block', 'one')], marks: [{ from: 6, to: 7, kind: 'decides' }] }, false);
    expect(part.get('.numbers').text().split('\n')).toHaveLength(9);
    expect(part.findAll('.audit-note-block, .audit-decides')).toHaveLength(2);
    area().setSelectionRange(TEXT.length, TEXT.length);
    await part.setProps({ text: TEXT.replace('None', 'Metadata') });
    expect(area().value).toBe(TEXT.replace('None', 'Metadata'));
    expect(area().selectionStart).toBe(TEXT.length + 4);
    expect(keydown(area(), 'z', { metaKey: true })).toBe(false);
    expect(part.emitted('undo')).toHaveLength(1);
    area().dispatchEvent(new InputEvent('beforeinput', { inputType: 'historyRedo', cancelable: true }));
    expect(part.emitted('redo')).toHaveLength(1);
  });
});
