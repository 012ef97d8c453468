// Typing in the pane with a policy's text, and a text that comes from outside meanwhile.
import { afterEach, describe, expect, it, vi } from 'vitest';

import { afterPaint } from '../../components/editor/afterPaint';
import { editor } from './codeMirror';
import { area, closePane, emitted, mountPane, part, TEXT, type } from './paneOfYaml';

/** Until what was typed has been told. */
const painted = (): Promise<void> => new Promise(afterPaint);

afterEach(closePane);

describe('a text from outside', () => {
  it('does nothing where the editor holds it already', async () => {
    await mountPane();
    editor.setCursor(3, 5);
    type('x');
    await painted();
    const changed = vi.fn();

    editor.on('changes', changed);
    await part.setProps({ text: emitted<string>('update').at(-1) });
    expect(changed).not.toHaveBeenCalled();
    expect(editor.getCursor()).toMatchObject({ line: 3, ch: 6 });
  });

  it('takes nothing away from someone who types on while it is on its way', async () => {
    await mountPane();
    editor.setCursor(0, 6);
    type(' ');
    await painted();
    type('#');
    await painted();
    const [first, second] = emitted<string>('update');

    await part.setProps({ text: first });
    expect(editor.getValue()).toBe(TEXT.replace('rules:', 'rules: #'));
    await part.setProps({ text: second });
    expect(editor.getValue()).toBe(second);
    expect(emitted('update')).toHaveLength(2);
  });

  it('changes only the lines that differ: the cursor and the folds stay', async () => {
    await mountPane();
    editor.setCursor(7, 4);
    editor.foldCode({ line: 5, ch: 0 }, { scanUp: false }, 'fold');
    await part.setProps({ text: TEXT.replace('None', 'Metadata').replace('# one\n', '# one\n# more\n') });
    expect(editor.getCursor()).toMatchObject({ line: 8, ch: 4 });
    expect(editor.findMarks({ line: 6, ch: 0 }, { line: 7, ch: 20 }).filter(({ __isFold }) => __isFold)).toHaveLength(1);
    expect(emitted('update')).toEqual([]);
    expect(emitted('line')).toEqual([]);
  });

  it('is taken as it is after an undo, even if it was typed before', async () => {
    await mountPane();
    type('a');
    await painted();
    type('b');
    await painted();
    const [first = ''] = emitted<string>('update');

    editor.undo();
    expect(part.emitted('undo')).toHaveLength(1);
    await part.setProps({ text: first });
    expect(editor.getValue()).toBe(first);
  });

  it.each(['a: 1\r\nb: 2', 'a: 1\rb: 2\r'])('keeps its line ends and what stands at its end: %j', async (text) => {
    await mountPane({ text });
    expect(emitted('update')).toEqual([]);
    editor.setCursor(0, 4);
    type('0');
    await painted();
    expect(emitted('update')).toEqual([text.replace('a: 1', 'a: 10')]);
  });
});

describe('what is typed', () => {
  it('is told once it is in sight, all of it at once', async () => {
    await mountPane();
    type('a');
    type('b');
    expect(emitted('update')).toEqual([]);
    await painted();
    expect(emitted('update')).toEqual([`ab${ TEXT }`]);
  });

  it('is told before the keyboard is elsewhere', async () => {
    await mountPane();
    editor.focus();
    type('a');
    area().dispatchEvent(new FocusEvent('blur'));
    expect(emitted('update')).toEqual([`a${ TEXT }`]);
    await painted();
    expect(emitted('update')).toHaveLength(1);
  });

  it('is told before the pane goes', async () => {
    await mountPane();
    type('a');
    part.unmount();
    expect(emitted('update')).toEqual([`a${ TEXT }`]);
  });
});
