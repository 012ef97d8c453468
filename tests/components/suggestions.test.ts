// A list of strings with suggestions: what is typed is never lost, and everything goes by keyboard.
import { afterEach, describe, expect, it } from 'vitest';
import type { VueWrapper } from '@vue/test-utils';
import { defineComponent, h, ref } from 'vue';

import type { Suggestion } from '../../audit/request/suggestions';
import StringListField from '../../components/policy/StringListField.vue';
import { mountPart, press, type Found } from './host';

let part: VueWrapper;

afterEach(() => part?.unmount());

/** A field as its owner keeps it: what it emits comes back. */
function mountList(value: readonly string[], suggestions: readonly Suggestion[] = [{ value: 'get' }, { value: 'list' }, { value: 'watch' }]): { readonly input: Found<HTMLInputElement>; values(): readonly string[] } {
  const values = ref(value);

  part = mountPart(defineComponent(() => () => h(StringListField, { label: 'Verbs', value: values.value, suggestions, empty: 'any', onUpdate: (next: string[]) => {
    values.value = next;
  } })), {});

  return { input: part.get('input'), values: () => values.value };
}

function options(): string[] {
  return part.findAll('[role="option"] .value').map((option) => option.text());
}

describe('a list of strings', () => {
  it.each(['Enter', 'blur'])('takes what was typed on %s', async (how) => {
    const { input, values } = mountList(['get']);

    await input.setValue(' anything ');
    await (how === 'blur' ? input.trigger('blur') : press(input, how));
    expect(values()).toEqual(['get', 'anything']);
    expect(input.element.value).toBe('');
  });

  it('takes nothing twice, and nothing that is blank', async () => {
    const { input, values } = mountList(['get']);

    for (const typed of ['get', '  ']) {
      await input.setValue(typed);
      await press(input, 'Enter');
    }
    expect(values()).toEqual(['get']);
  });

  it('takes and shows an empty string', async () => {
    const { input, values } = mountList([]);

    await input.setValue('""');
    await press(input, 'Enter');
    expect(values()).toEqual(['']);
    expect(part.get('li span').text()).toBe('""');
  });

  it('gives the keyboard back to the input after a removal', async () => {
    const { input, values } = mountList(['get', 'list']);

    await part.get('button[aria-label="Remove get"]').trigger('click');
    expect(values()).toEqual(['list']);
    expect(document.activeElement).toBe(input.element);
  });

  it('leaves Enter to whoever enters a Chinese word', async () => {
    const { input, values } = mountList([]);

    await input.setValue('x');
    await press(input, { key: 'Enter', isComposing: true });
    expect(values()).toEqual([]);
  });
});

describe('its suggestions', () => {
  it('are offered by keyboard alone, as ARIA has it', async () => {
    const { input, values } = mountList(['get']);

    expect([input.attributes('role'), input.attributes('aria-expanded'), input.attributes('aria-controls')]).toEqual(['combobox', 'false', undefined]);
    await press(input, 'ArrowDown');
    expect(options()).toEqual(['list', 'watch']);
    expect(input.attributes('aria-expanded')).toBe('true');
    expect(part.get(`#${ input.attributes('aria-controls') }`).attributes('role')).toBe('listbox');
    expect(part.get(`#${ input.attributes('aria-activedescendant') }`).text()).toBe('list');
    await press(input, 'ArrowDown', 'ArrowDown', 'ArrowUp');
    expect(part.get('[aria-selected="true"]').text()).toBe('watch');
    await press(input, 'Home');
    expect(part.get('[aria-selected="true"]').text()).toBe('list');
    await press(input, 'End', 'Enter');
    expect(values()).toEqual(['get', 'watch']);
    expect(options()).toEqual(['list']); // it stays open for the next one
    await press(input, 'Escape');
    expect(options()).toEqual([]);
    expect(input.attributes('aria-expanded')).toBe('false');
  });

  it('are narrowed down by what is typed, and Enter takes the text unless one is active', async () => {
    const { input, values } = mountList([]);

    await input.setValue('li');
    expect(options()).toEqual(['list']);
    await press(input, 'Enter');
    expect(values()).toEqual(['li']);
    await input.setValue('lis');
    await press(input, 'ArrowDown', 'Enter');
    expect(values()).toEqual(['li', 'list']);
    expect(input.element.value).toBe('');
  });

  it('are picked with the mouse', async () => {
    const { input, values } = mountList([]);

    await input.trigger('click');
    await part.findAll('[role="option"]')[1]?.trigger('click');
    expect(values()).toEqual(['list']);
  });

  it('close without a trace of Escape around them, and leave the text', async () => {
    const { input } = mountList([]);
    const escapes: string[] = [];
    const listen = (event: KeyboardEvent): unknown => escapes.push(event.key);

    document.addEventListener('keydown', listen);
    await input.setValue('li');
    await press(input, 'Escape', 'Escape');
    document.removeEventListener('keydown', listen);
    expect([escapes, input.element.value]).toEqual([['Escape'], 'li']);
  });

  it('of hundreds are cut, and say so', async () => {
    const { input } = mountList([], Array.from({ length: 300 }, (_, index) => ({ value: `name-${ index }` })));

    await input.trigger('click');
    expect(options()).toHaveLength(50);
    expect(part.get('.more').text()).toContain('250 more fit');
    expect(part.get('[role="status"]').text()).toBe('300 suggestions');
  });
});
