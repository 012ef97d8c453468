// Which rules are in sight under a filter, what becomes of the others, and where a rule that comes in opens.
import { afterEach, describe, expect, it } from 'vitest';

import { closeEditor, find, get, HEAD, mountEditor, numbers, part, press, setText, text, THREE, usersOf } from './policyEditor';
import { settled } from './host';

const FIVE = `${ HEAD }${ ['anna', 'bob', 'anna-b', 'carl', 'anna-c'].map((user) => `- level: None\n  users: [${ user }]\n`).join('') }`;

afterEach(closeEditor);

function openRules(): (string | undefined)[] {
  return part().findAll('[data-testid="audit-rule-editor"]').map(({ element }) => element.closest<HTMLElement>('[data-index]')?.dataset['index']);
}

function focused(): string | undefined {
  return document.activeElement?.closest<HTMLElement>('[data-index]')?.dataset['index'];
}

async function act(label: string): Promise<void> {
  await part().get(`[aria-label="${ label }"]`).trigger('click');
  await settled();
}

async function setLevel(level: string): Promise<void> {
  await get('audit-level').setValue(level);
  await settled();
}

async function filter(words: string): Promise<void> {
  await get('audit-filter').setValue(words);
}

async function select(...rules: readonly number[]): Promise<void> {
  for (const rule of rules) {
    await part().get(`[aria-label="Select rule ${ rule }"]`).setValue(true);
  }
}

describe('a copy of a rule', () => {
  it('is opened, has the keyboard, and is what the next edit changes', async () => {
    mountEditor(THREE);
    await act('Duplicate rule 1');
    expect([openRules(), focused()]).toEqual([['1'], '1']);
    expect(get('audit-said').text()).toBe('Rule 2 is added.');
    await setLevel('Request');
    expect(text()).toContain('# one\n- level: None\n  verbs: [get]\n');
    expect(text()).toContain('- level: Request\n  verbs: [get]\n');
    expect(usersOf(text())).toEqual(['get', 'get', 'jane', undefined]);
  });

  it('is opened where it takes the place of an open one, and goes where it is moved', async () => {
    mountEditor(THREE);
    await part().get('[data-testid="audit-rule-1"] .sentence').trigger('click');
    await act('Duplicate rule 2');
    expect([openRules(), focused()]).toEqual([['2'], '2']);
    await act('Move rule 3 up');
    expect(openRules()).toEqual(['1']);
  });
});

describe('the filter', () => {
  it('can be emptied where the rules that it fits are gone', async () => {
    mountEditor(`${ HEAD }- level: None\n  users: [anna]\n- level: Metadata\n`);
    await filter('anna');
    await act('Remove rule 1');
    expect(numbers()).toEqual([]);
    await filter('');
    expect(numbers()).toEqual(['1']);
    expect(find('audit-filter').exists()).toBe(false);
  });

  it('is there while the text is no policy, and for whoever may only read', async () => {
    mountEditor(FIVE);
    await filter('carl');
    await setText(`${ FIVE }  users: [`);
    expect([numbers(), find('audit-select-all').exists()]).toEqual([['4'], false]);
    await filter('bob');
    expect(numbers()).toEqual(['2']);
    closeEditor();
    mountEditor(FIVE, { isReadOnly: true });
    await filter('anna');
    expect([numbers(), get('audit-filtered').text(), find('audit-select-all').exists()]).toEqual([['1', '3', '5'], '3 of 5 rules', false]);
  });

  it('leaves the open rule in sight until it is closed', async () => {
    mountEditor(FIVE.replaceAll('None', 'RequestResponse'));
    await filter('requestresponse anna');
    await part().get('[data-testid="audit-rule-2"] .sentence').trigger('click');
    await setLevel('None');
    expect([numbers(), openRules()]).toEqual([['1', '3', '5'], ['2']]);
    part().get<HTMLElement>('[data-testid="audit-rule-2"] .sentence').element.focus();
    await part().get('[data-testid="audit-rule-2"] .sentence').trigger('click');
    await settled();
    expect([numbers(), focused()]).toEqual([['1', '5'], '4']);
  });

  it('leaves the open rule in sight until the words change', async () => {
    mountEditor(FIVE.replaceAll('None', 'RequestResponse'));
    await part().get('[data-testid="audit-rule-2"] .sentence').trigger('click');
    await filter('requestresponse anna');
    await setLevel('None');
    expect(numbers()).toEqual(['1', '3', '5']);
    await filter('requestresponse');
    expect(numbers()).toEqual(['1', '2', '4', '5']);
  });
});

describe('rules that are selected', () => {
  it('are removed only as far as they are in sight, and the others are counted', async () => {
    mountEditor(FIVE);
    await select(1, 2, 4);
    expect(get('audit-selected').text()).toBe('3 rules selected');
    await filter('anna');
    expect(get('audit-selected').text()).toBe('1 rule selected, 2 more that are not shown and stay');
    await press('audit-remove-selected');
    expect(usersOf(text())).toEqual(['bob', 'anna-b', 'carl', 'anna-c']);
    expect([get('audit-selected').text(), find('audit-remove-selected').exists(), focused()]).toEqual(['0 rules selected, 2 more that are not shown and stay', false, '1']);
    await filter('');
    expect(part().findAll<HTMLInputElement>('.select').map(({ element }) => element.checked)).toEqual([true, false, true, false]);
  });
});

describe('moving under a filter', () => {
  it('goes past the next rule in sight, and is said', async () => {
    mountEditor(FIVE);
    await filter('anna');
    await act('Move rule 5 up');
    expect(usersOf(text())).toEqual(['anna', 'bob', 'anna-c', 'anna-b', 'carl']);
    expect([numbers(), focused(), get('audit-said').text()]).toEqual([['1', '3', '4'], '2', 'Rule 5 is now rule 3 of 5.']);
    await part().get('[data-testid="audit-rule-0"] .sentence').trigger('keydown', { key: 'ArrowDown', altKey: true });
    await settled();
    expect(usersOf(text())).toEqual(['bob', 'anna-c', 'anna', 'anna-b', 'carl']);
    expect([focused(), get('audit-said').text()]).toEqual(['2', 'Rule 1 is now rule 3 of 5.']);
  });

  it('ends where the rules in sight end', async () => {
    mountEditor(FIVE);
    await filter('anna-');
    expect(numbers()).toEqual(['3', '5']);
    expect(['Move rule 3 up', 'Move rule 3 down', 'Move rule 5 up', 'Move rule 5 down'].map((label) => part().get(`[aria-label="${ label }"]`).attributes('disabled'))).toEqual(['', undefined, undefined, '']);
    await part().get('[data-testid="audit-rule-2"] .sentence').trigger('keydown', { key: 'ArrowUp', altKey: true });
    expect([text(), get('audit-said').text()]).toEqual([FIVE, '']);
  });
});
