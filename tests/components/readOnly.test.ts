// Whoever may only read has all that changes nothing: every field, the ways to the lines, the reasons, and what can be downloaded.
import { afterEach, describe, expect, it } from 'vitest';

import { textOfExpectations } from '../../audit/request/expectationFile';
import { settled } from './host';
import { closeEditor, find, get, HEAD, mountEditor, part, press, setText, text } from './policyEditor';
import * as requestForm from './requestForm';

const WRONG = `omitStages: [Panic]\nextra: 1\n${ HEAD }- level: Metadata\n  omitManagedFields: true\n  verb: [get]\n  resources:\n  - group: core\n- level: Metadata\n`;

afterEach(() => {
  closeEditor();
  requestForm.closeForm();
});

/** What can be pressed or typed in, by its name. */
function controls(): string[] {
  return get('audit-rules-pane').findAll('button:enabled, input:enabled, select:enabled, textarea:enabled').filter(({ element }) => !element.closest('fieldset:disabled')).map((control) => control.attributes('aria-label') ?? (control.text() || control.attributes('placeholder') || ''));
}

function lineOfCursor(): number {
  const area = part().get<HTMLTextAreaElement>('[data-testid="audit-yaml"] textarea').element;

  return document.activeElement === area ? area.value.slice(0, area.selectionStart).split('\n').length : 0;
}

describe('whoever may only read', () => {
  it('has the controls that change nothing', () => {
    mountEditor(WRONG, { isReadOnly: true, skipped: new Set() });
    expect([...new Set(controls())]).toEqual([
      'Filter by level, verb, resource, user …',
      expect.stringContaining('without managed fields'), 'Leave rule 1 out of the simulation', 'Show rule 1 in the YAML, line 6', 'Show me', 'Why',
      'every request', 'Leave rule 2 out of the simulation', 'Show rule 2 in the YAML, line 11', '2 more findings'
    ]);
    expect(text()).toBe(WRONG);
  });

  it('sees all fields of a rule and of the policy, and those that the form has no field for', async () => {
    mountEditor(WRONG, { isReadOnly: true });
    await part().get('[data-testid="audit-rule-0"] .sentence').trigger('click');
    await settled();
    const editor = get('audit-rule-editor');

    expect(editor.element).toHaveProperty('disabled', true);
    expect((editor.get('[data-testid="audit-rule-omitManagedFields"]').element as HTMLSelectElement).selectedIndex).toBe(1);
    expect(editor.text()).toContain('no field verb');
    expect(get('audit-policy-omitStages').text()).toContain('Panic');
    expect(get('audit-policy-omitStages').element.closest('fieldset:disabled')).not.toBeNull();
    expect(get('audit-rules-pane').text()).toContain('no field extra');
  });

  it('is led to lines, and told why', async () => {
    mountEditor(WRONG, { isReadOnly: true });
    await part().get('[aria-label="Show rule 2 in the YAML, line 11"]').trigger('click');
    await settled();
    expect(lineOfCursor()).toBe(11);
    const finding = part().get('[data-code="lint.groupCore"]');

    await finding.get('[data-testid="audit-show-me"]').trigger('click');
    await settled();
    expect(lineOfCursor()).toBe(10);
    await finding.get('[data-testid="audit-why"]').trigger('click');
    expect(get('audit-lesson').text()).toContain('written ""');
    expect(find('audit-fix').exists()).toBe(false);
  });

  it('goes from rule to rule by arrows, which move none', async () => {
    mountEditor(WRONG, { isReadOnly: true });
    const sentence = part().get<HTMLElement>('[data-testid="audit-rule-0"] .sentence');

    sentence.element.focus();
    await sentence.trigger('keydown', { key: 'ArrowDown', altKey: true });
    await settled();
    expect([text(), document.activeElement]).toEqual([WRONG, sentence.element]);
    await sentence.trigger('keydown', { key: 'ArrowDown' });
    await settled();
    expect(document.activeElement?.closest('[data-index]')?.getAttribute('data-index')).toBe('1');
  });

  it('has no way to a line of a text that is no policy', async () => {
    mountEditor(WRONG, { isReadOnly: true });
    await setText(`${ WRONG }  users: [`);
    expect(get('audit-rules').findAll('button, input')).toEqual([]);
  });

  it('can export expectations, and import none', async () => {
    await requestForm.openForm({ mode: 'view', expectations: textOfExpectations([requestForm.expectationOf('get secrets', 'Metadata')]) });
    expect(requestForm.get('audit-expectations-export').text()).toBe('Export for cluster-audit test');
    expect(requestForm.find('audit-expectations-import').exists()).toBe(false);
  });

  it('can leave a rule out of the simulation', async () => {
    await requestForm.openForm({ mode: 'view' });
    await requestForm.press('audit-skip-2');
    expect(requestForm.get('audit-request-verdict').text()).toContain('No rule matches');
  });
});

it('whoever may edit still has all that edits', async () => {
  mountEditor(WRONG);
  await press('audit-add-rule');
  expect(get('audit-rule-editor').element).toHaveProperty('disabled', false);
});
