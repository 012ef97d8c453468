import { afterEach, describe, expect, it, vi } from 'vitest';
import { nextTick } from 'vue';

import { readPolicyDocument } from '../../audit/policy/document';
import YamlPane from '../../components/policy/YamlPane.vue';
import { settled } from './host';
import { closeEditor, find, get, HEAD, mountEditor, numbers, part, press, text, THREE, usersOf } from './policyEditor';

afterEach(closeEditor);

describe('moving rules', () => {
  it('goes by Alt with an arrow, takes the comment and the keyboard along, and is said', async () => {
    mountEditor(THREE);
    await part().get('[data-testid="audit-rule-1"] .sentence').trigger('keydown', { key: 'ArrowUp', altKey: true });
    await settled();
    expect(text()).toBe(`${ HEAD }# two\n- level: None\n  users: [jane]\n# one\n- level: None\n  verbs: [get]\n# three\n- level: Metadata\n`);
    expect(document.activeElement?.textContent).toContain('by jane');
    expect(get('audit-said').text()).toBe('Rule 2 is now rule 1 of 3.');

    await part().get('[data-testid="audit-rule-0"] .sentence').trigger('keydown', { key: 'ArrowUp', altKey: true });
    expect(usersOf(text())).toEqual(['jane', 'get', undefined]);
  });

  it('keeps the open rule open, wherever it goes', async () => {
    mountEditor(THREE);
    await part().get('[data-testid="audit-rule-1"] .sentence').trigger('click');
    await part().get('[aria-label="Move rule 2 down"]').trigger('click');
    await settled();
    expect(part().get('[data-testid="audit-rule-2"]').find('[data-testid="audit-rule-editor"]').exists()).toBe(true);
  });

  it('leaves the keyboard to go from rule to rule by arrows, Home and End', async () => {
    mountEditor(THREE);
    const focusAfter = async (key: string) => {
      await (part().findAll('.sentence').find(({ element }) => element === document.activeElement) ?? part().get('.sentence')).trigger('keydown', { key });
      await settled();

      return document.activeElement?.closest('[data-index]')?.getAttribute('data-index');
    };

    expect([await focusAfter('ArrowDown'), await focusAfter('End'), await focusAfter('ArrowUp'), await focusAfter('Home')]).toEqual(['1', '2', '1', '0']);
  });
});

describe('several rules', () => {
  it('are removed at once, with their comments, and the keyboard stays in the list', async () => {
    mountEditor(THREE);
    await part().get('[aria-label="Select rule 1"]').setValue(true);
    await part().get('[aria-label="Select rule 3"]').setValue(true);
    await press('audit-remove-selected');
    expect(text()).toBe(`${ HEAD }# two\n- level: None\n  users: [jane]\n`);
    expect(document.activeElement?.textContent).toContain('by jane');
    expect(get('audit-said').text()).toBe('2 rules are removed. Undo brings them back.');
  });

  it('that are selected stay so when a rule comes in above them', async () => {
    mountEditor(THREE);
    await part().get('[aria-label="Select rule 2"]').setValue(true);
    await part().setProps({ document: readPolicyDocument(THREE.replace('# one', '- level: None\n  users: [new]\n# one')) });
    expect(part().findAll<HTMLInputElement>('.select').map(({ element }) => element.checked)).toEqual([false, false, true, false]);
  });

  it('are found by what they are about and keep their numbers', async () => {
    mountEditor(THREE);
    await get('audit-filter').setValue('METADATA');
    expect(numbers()).toEqual(['3']);
    expect(get('audit-filtered').text()).toBe('1 of 3 rules');
    await get('audit-filter').setValue('by jane');
    expect(numbers()).toEqual(['2']);
    await get('audit-select-all').setValue(true);
    await press('audit-remove-selected');
    expect(usersOf(text())).toEqual(['get', undefined]);
    await get('audit-filter').setValue('nobody');
    expect(get('audit-no-rules').text()).toContain('No rule fits');
  });
});

describe('what was found', () => {
  const WRONG = `${ HEAD }- level: Metadata\n  resources:\n  - group: core # wrong\n    resources: [pods]\n- level: Metadata\n`;

  it('stands with its rule, with the exact fix shown before it is made', async () => {
    mountEditor(WRONG);
    const badge = part().get('[data-testid="audit-rule-0"] [data-code="lint.groupCore"]');

    expect(badge.text()).toContain('Warning');
    await badge.get('[data-testid="audit-fix"]').trigger('click');
    expect(badge.findAll('ins').map((line) => line.get('.text').text())).toEqual(['- group: "" # wrong']);
    expect(text()).toBe(WRONG);

    await press('audit-fix-apply');
    expect(text()).toBe(WRONG.replace('core', '""'));
    expect(document.activeElement?.textContent).toContain('pods');
  });

  it('teaches why', async () => {
    mountEditor(WRONG);
    await part().get('[data-code="lint.groupCore"] [data-testid="audit-why"]').trigger('click');
    expect(get('audit-lesson').text()).toContain('written ""');
    await part().get('[data-code="lint.groupCore"] [data-testid="audit-why"]').trigger('click');
    expect(find('audit-lesson').exists()).toBe(false);
  });

  it('leads to its line, and each rule to its own', async () => {
    mountEditor(WRONG);
    const area = part().get<HTMLTextAreaElement>('[data-testid="audit-yaml"] textarea').element;
    const line = () => area.value.slice(0, area.selectionStart).split('\n').length;

    await part().get('[data-code="lint.groupCore"] [data-testid="audit-show-me"]').trigger('click');
    await settled();
    expect([document.activeElement, line()]).toEqual([area, 6]);
    await part().get('[aria-label="Show rule 2 in the YAML, line 8"]').trigger('click');
    await settled();
    expect(line()).toBe(8);
  });

  it('is said once of a field by a wrong name, which gets the one that was meant and keeps its lines', async () => {
    const misspelt = `${ HEAD }- level: Metadata\n  verb: # of all\n  - get # one\n`;

    mountEditor(misspelt);
    const findings = get('audit-rule-0').findAll('[data-code]').filter((finding) => finding.text().includes('verb'));

    expect(findings.map((finding) => finding.attributes('data-code'))).toEqual(['lint.fieldMeant']);
    expect(part().get('.pane-findings').text()).toContain('Did you mean verbs?');
    await findings[0]?.get('[data-testid="audit-fix"]').trigger('click');
    await press('audit-fix-apply');
    expect(text()).toBe(misspelt.replace('verb', 'verbs'));
  });

  it('of the policy as a whole is mended as well', async () => {
    mountEditor(WRONG);
    await get('audit-policy-findings').get('[data-code="lint.requestReceived"] [data-testid="audit-fix"]').trigger('click');
    await press('audit-fix-apply');
    expect(readPolicyDocument(text()).policy?.omitStages).toEqual(['RequestReceived']);
  });
});

describe('a rule and its lines', () => {
  it('marks the rule whose line the cursor is on', async () => {
    mountEditor(THREE);
    part().getComponent(YamlPane).vm.$emit('line', 8);
    await settled();
    expect(part().findAll('[aria-current]').map((rule) => rule.attributes('data-testid'))).toEqual(['audit-rule-1']);
  });

  it('marks the lines of the rule that is open', async () => {
    mountEditor(THREE);
    await part().get('[data-testid="audit-rule-1"] .sentence').trigger('click');
    expect(part().getComponent(YamlPane).vm.$attrs['marks'] ?? (part().getComponent(YamlPane).props() as { marks?: unknown }).marks).toEqual([{ from: 8, to: 9, kind: 'open' }]);
  });
});

describe('a request’s way through the rules', () => {
  it('shows which rule decides, why those before do not match, and what comes after', async () => {
    mountEditor(THREE, { trace: { decidedBy: 1, reasons: new Map([[0, 'verb list is not get']]) } });
    expect(part().get('[data-testid="audit-rule-0"]').text()).toContain('verb list is not get');
    expect(part().get('[data-testid="audit-rule-1"]').text()).toContain('Decides the request.');
    expect(part().findAll('li.rule').map((rule) => ['passed', 'decides', 'unreached'].find((name) => rule.classes(name)))).toEqual(['passed', 'decides', 'unreached']);
  });

  it('can leave rules out, which is said', async () => {
    mountEditor(THREE, { skipped: new Set([2]) });
    expect(get('audit-skip-2').attributes('aria-pressed')).toBe('true');
    expect(get('audit-rules-pane').text()).toContain('Simulating without rule 3 – not saved.');
    await press('audit-skip-0');
    expect(part().emitted('skip')).toEqual([[0]]);
  });

  it('offers nothing to leave out where there is no simulation', () => {
    mountEditor(THREE);
    expect(find('audit-skip-0').exists()).toBe(false);
  });
});

describe('a text that is no policy', () => {
  it('leaves the last rules in sight, without controls, and says on which line the error is', async () => {
    mountEditor(THREE);
    await part().setProps({ document: readPolicyDocument(`${ THREE }  users: [` ), findings: [] });
    expect(get('audit-stale').text()).toMatch(/^Form shows the last valid version – error on line \d+\.$/);
    expect(numbers()).toEqual(['1', '2', '3']);
    expect(get('audit-rules').findAll('button, input')).toEqual([]);
    await part().setProps({ document: readPolicyDocument(THREE) });
    expect(find('audit-stale').exists()).toBe(false);
  });
});

describe('new rules', () => {
  it('come from templates to where they belong, and are opened', async () => {
    mountEditor(THREE);
    await press('audit-from-template');
    await press('audit-template-rbac');
    expect(readPolicyDocument(text()).policy?.rules[2]?.level).toBe('RequestResponse');
    expect(part().get('[data-testid="audit-rule-2"]').find('[data-testid="audit-rule-editor"]').exists()).toBe(true);
    expect(document.activeElement?.textContent).toContain('rbac.authorization.k8s.io');
  });

  it('are not taken when the templates are left by Escape', async () => {
    mountEditor(THREE);
    await press('audit-from-template');
    await get('audit-templates').trigger('keydown', { key: 'Escape' });
    await settled();
    expect(find('audit-templates').exists()).toBe(false);
    expect(document.activeElement).toBe(get('audit-from-template').element);
  });

  it.each([
    ['templates', 'audit-from-template', 'audit-templates'],
    ['why a finding matters', 'audit-why', 'audit-lesson'],
    ['a fix', 'audit-fix', 'audit-fix-apply'],
    ['what the YAML pane tells of itself', 'audit-yaml-info', 'audit-yaml-help']
  ])('close %s by Escape on their button, and nothing around them', async (_, button, shown) => {
    const isShown = () => find(shown).exists() && find(shown).isVisible();
    let heard = 0;

    mountEditor(`${ HEAD }- level: Metadata\n  resources:\n  - group: core\n    resources: [pods]\n`);
    part().element.parentElement?.addEventListener('keydown', () => heard++);
    (get(button).element as HTMLElement).focus();
    await press(button);
    expect(isShown()).toBe(true);
    await get(button).trigger('keydown', { key: 'Escape' });
    await settled();
    expect([isShown(), heard, document.activeElement === get(button).element]).toEqual([false, 0, true]);
    await get(button).trigger('keydown', { key: 'Escape' });
    expect(heard).toBe(1);
  });

  it('can be given by others', async () => {
    mountEditor(THREE);
    await (part().vm as unknown as { addRule(rule: object): Promise<void> }).addRule({ level: 'Request', users: ['tried'] });
    expect(usersOf(text())).toEqual(['get', 'jane', 'tried', undefined]);
  });

  it('are offered where there is none', () => {
    mountEditor(`${ HEAD.replace('rules:\n', 'rules: []\n') }`);
    expect(get('audit-no-rules').text()).toContain('take one from a template');
  });

  it('are not offered to those who may only read', () => {
    mountEditor(`${ HEAD.replace('rules:\n', 'rules: []\n') }`, { isReadOnly: true });
    expect(get('audit-no-rules').text()).toMatch(/^There are no rules: .* such a policy\.$/);
  });
});

describe('very many rules', () => {
  it('are in the page only as far as they are in sight, and all are within reach of the keyboard', async () => {
    const heights = [vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(500), vi.spyOn(HTMLElement.prototype, 'offsetHeight', 'get').mockReturnValue(50)];

    mountEditor(`${ HEAD }${ Array.from({ length: 1000 }, (_, index) => `- level: None\n  users: [user-${ index }]\n` ).join('') }`);
    await settled();
    const rows = part().findAll('li.rule');

    expect(rows.length).toBeGreaterThan(5);
    expect(rows.length).toBeLessThan(60);
    expect(rows[0]?.attributes()).toMatchObject({ 'aria-setsize': '1000', 'aria-posinset': '1' });

    await part().get('[data-testid="audit-rule-0"] .sentence').trigger('keydown', { key: 'End' });
    await settled();
    expect(document.activeElement?.textContent).toContain('user-999');
    await get('audit-filter').setValue('user-77');
    expect(numbers()).toEqual(['78', ...Array.from({ length: 10 }, (_, index) => `${ 771 + index }`)]);
    heights.forEach((height) => height.mockRestore());
  });
});

describe('the whole screen', () => {
  it('is a dialog with both panes, which Escape leaves without closing what is around', async () => {
    const around = vi.fn();

    document.body.addEventListener('keydown', around);
    mountEditor(THREE);
    await press('audit-full-screen');
    expect(get('audit-policy-editor').attributes()).toMatchObject({ 'role': 'dialog', 'aria-modal': 'true', 'aria-label': 'Audit policy', 'popover': 'manual' });
    await get('audit-full-screen').trigger('keydown', { key: 'Escape' });
    await settled();
    expect(get('audit-policy-editor').attributes('role')).toBeUndefined();
    expect(around).not.toHaveBeenCalled();
    document.body.removeEventListener('keydown', around);
  });

  it('can show either pane alone, and shows both to lead to a line', async () => {
    mountEditor(THREE);
    await press('audit-panes-rules');
    expect(get('audit-yaml').isVisible()).toBe(false);
    await part().get('[aria-label="Show rule 1 in the YAML, line 5"]').trigger('click');
    await nextTick();
    expect(get('audit-yaml').isVisible()).toBe(true);
  });
});
