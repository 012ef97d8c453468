// The expectations that are kept with the policy of a form.
import { afterEach, describe, expect, it } from 'vitest';

import { textIn, type SourceObject } from '../../audit/cluster/sources';
import { MAX_EXPECTATIONS, MAX_FILE_BYTES, readExpectations, textOfExpectations } from '../../audit/request/expectationFile';
import { identityNamed } from '../../audit/request/identities';
import YamlPane from '../../components/policy/YamlPane.vue';
import { settled } from './host';
import { ask, closeForm, expectationOf, find, form, get, open, openForm, POLICY, press } from './requestForm';

type Chosen = Pick<File, 'name' | 'size' | 'arrayBuffer'>;

const fileOf = (content: string | Uint8Array, name = 'e.yaml'): Chosen => {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;

  return { name, size: bytes.length, arrayBuffer: async () => bytes.buffer };
};
const gone: Chosen = { name: 'gone.yaml', size: 1, arrayBuffer: () => Promise.reject(new DOMException('not found', 'NotFoundError')) };
const edit = async (text: string): Promise<void> => {
  form().wrapper.findComponent(YamlPane).vm.$emit('update', text);
  await settled();
};
const levels = (): string[] => form().wrapper.findAll('[data-testid="audit-expectation-level"]').map((level) => level.text());

/** Chooses a file as a user does in the browser's dialog. */
async function choose(file: Chosen): Promise<void> {
  const input = get('audit-expectations-file');

  Object.defineProperty(input.element, 'files', { configurable: true, value: [file] });
  Object.defineProperty(input.element, 'value', { configurable: true, writable: true, value: `C:\\fakepath\\${ file.name }` });
  await input.trigger('change');
  await settled();
}

afterEach(closeForm);

describe('expectations', () => {
  it('go into a second key of the Secret, and nothing else is written', async () => {
    const rancher = await openForm();
    const before = JSON.stringify(form().model);

    await open('audit-request');
    await press('audit-request-expect');
    expect(get('audit-expectations-sum').text()).toBe('1 of 1 holds');
    expect(get('audit-pending').text()).toContain('No machine restarts for it.');
    expect(JSON.stringify(form().model)).toBe(before);
    await form().save(form().model);
    const stored = { ...rancher.objects.get('secrets/fleet-default/dev'), kind: 'Secret' } as SourceObject;

    expect(readExpectations(textIn(stored, 'audit-policy-expectations') ?? '').expectations).toMatchObject([{ level: 'Metadata', asked: { what: { verb: 'get', resource: 'secrets', namespace: 'default' } } }]);
    expect(textIn(stored, 'audit-policy')).toBe(POLICY);
    expect(JSON.stringify(form().model)).toBe(before);
  });

  it('are checked on each edit, with what it was before', async () => {
    await openForm({ expectations: textOfExpectations([expectationOf('get secrets', 'Metadata'), expectationOf('get pods', 'None')]) });
    expect(get('audit-expectations-sum').text()).toBe('2 of 2 hold');
    await edit(POLICY.replace('- level: None\n  users: [root]', '- level: Request'));
    expect(get('audit-expectations-sum').text()).toBe('0 of 2 hold');
    expect(get('audit-expectation-0').text()).toContain('differs');
    expect(get('audit-expectation-0').get('[data-testid="audit-expectation-level"]').text()).toBe('Request, was Metadata (rule 1)');
    expect(get('audit-expectation-1').get('[data-testid="audit-expectation-level"]').text()).toBe('Request, was None (rule 1)');
    await get('audit-expectation-0').get('select').setValue('Request');
    expect(get('audit-expectation-0').text()).toContain('holds');
    expect(get('audit-expectations-sum').text()).toBe('1 of 2 hold');
  });

  it('are removed one by one, until their key goes, too', async () => {
    const rancher = await openForm({ expectations: textOfExpectations([expectationOf('get secrets', 'Metadata')]) });

    await get('audit-expectation-0').get('[data-remove]').trigger('click');
    expect(get('audit-expectations-sum').text()).toBe('none yet');
    expect(get('audit-expectations-sum').classes()).toContain('none');
    await form().save(form().model);
    expect(Object.keys((rancher.objects.get('secrets/fleet-default/dev') as SourceObject).data ?? {})).toEqual(['audit-policy']);
  });

  it('say what came of each, by the button, until another request is asked', async () => {
    const expectIt = async (): Promise<string> => {
      await press('audit-request-expect');
      await settled();

      return get('audit-request-said').text();
    };

    await openForm({ expectations: textOfExpectations([expectationOf('get pods', 'None')]) });
    expect(get('audit-expectations-sum').classes()).not.toContain('none');
    await open('audit-request');
    expect(await expectIt()).toBe('Expected: get secrets -n default at Metadata (2 of 2 hold).');
    expect(await expectIt()).toBe('It is expected already, at Metadata.');
    await ask('get nodes');
    expect(get('audit-request-said').text()).toBe('');
    expect(await expectIt()).toBe('Expected: kubectl get nodes at None (3 of 3 hold).');
    await edit(POLICY.replace('- level: None\n  users: [root]', '- level: Request'));
    expect(get('audit-request-said').text()).toBe('');
  });

  it.each([
    [identityNamed('rancherKubectl'), ['u-abc12, with kubectl through Rancher', 'system:serviceaccount:cattle-impersonation-system:cattle-impersonation-u-abc12']],
    [identityNamed('scheduler'), ['kube-scheduler', 'system:kube-scheduler']],
    [identityNamed('unauthenticated'), ['without a user (authentication failed)']],
    [{ user: 'jane', groups: [] }, ['jane']]
  ])('name those first who ask, then their account: %j', async (who, words) => {
    await openForm({ expectations: textOfExpectations([{ ...expectationOf('get secrets', 'Metadata'), asked: { who, what: { form: 'kubectl', line: 'get secrets' } } }]) });
    expect(get('audit-expectation-0').findAll('.request > :not(code)').map((part) => part.text())).toEqual(words);
  });

  it('go with the policy into the next Secret', async () => {
    const text = textOfExpectations([expectationOf('get secrets', 'Metadata')]);
    const rancher = await openForm({ expectations: text });

    await edit(POLICY.replace('users: [root]', 'users: [admin]'));
    await form().save(form().model);
    const next = [...rancher.objects].find(([key]) => key.startsWith('secrets/fleet-default/demo-audit-policy-'))?.[1] as SourceObject | undefined;

    expect(next && textIn({ ...next, kind: 'Secret' }, 'audit-policy-expectations')).toBe(text);
  });

  it('of an inline policy last as long as the page, and go along into a Secret', async () => {
    await openForm({ inline: true });
    await open('audit-request');
    await press('audit-request-expect');
    expect(get('audit-expectations').text()).toContain('as long as this page is open');
    expect(find('audit-pending').exists()).toBe(false);
    await get('audit-delivery-secret').setValue(true);
    await settled();
    expect(get('audit-expectations').text()).toContain('saved with the policy');
    expect(get('audit-expectations-sum').text()).toBe('1 of 1 holds');
    await get('audit-delivery-inline').setValue(true);
    await settled();
    expect(get('audit-expectations-sum').text()).toBe('1 of 1 holds');
    expect(find('audit-pending').exists()).toBe(false);
  });

  it('that can’t be read stay as they are, and are named', async () => {
    await openForm({ expectations: 'expectations:\n- level: Metadta\n' });
    expect(get('audit-expectations-sum').text()).toBe('can’t be read');
    expect(get('audit-expectations').text()).toContain('expectations[0].level must be one of');
    await open('audit-request');
    await press('audit-request-expect');
    await settled();
    expect(get('audit-expectations-sum').text()).toBe('can’t be read');
    expect(get('audit-expectations-problem').text()).toContain('nothing was added');
    expect(get('audit-expectations').get<HTMLDetailsElement>('details').element.open).toBe(true);
    expect(document.activeElement?.textContent).toContain('can’t be read');
    expect(find('audit-pending').exists()).toBe(false);
    await choose(fileOf(textOfExpectations([expectationOf('get secrets', 'Metadata')])));
    expect(get('audit-expectations-problem').text()).toBe('');
  });

  it('come from a file, into the list that is there', async () => {
    await openForm({ expectations: textOfExpectations([expectationOf('get secrets', 'None')]) });
    await choose(fileOf('expectations: [{ kubectl: get pods }]'));
    expect(get('audit-expectations').text()).toContain('expectations[0].level must be one of');
    await choose(fileOf('- kubectl: get pods'));
    expect(get('audit-expectations-problem').text()).toContain('Nothing was imported.');
    expect(get('audit-expectations-problem').text()).toContain('The file must be a map with the key expectations.');
    await choose(fileOf(textOfExpectations([expectationOf('get secrets', 'Metadata'), expectationOf('get pods', 'None')])));
    expect(get('audit-expectations').text()).not.toContain('must be one of');
    expect(get('audit-expectations-sum').text()).toBe('2 of 2 hold');
  });

  it('are not taken in where their file could not be read again', async () => {
    const longOnes = (first: string): string => textOfExpectations(Array.from({ length: 24 }, (_, index) => expectationOf(`get pods ${ first }${ index }${ 'a'.repeat(4000) }`, 'None')));

    await openForm({ expectations: longOnes('a') });
    await choose(fileOf(longOnes('b')));
    expect(get('audit-expectations').text()).toContain('more than 131,072 characters');
    expect(get('audit-expectations-sum').text()).toBe('24 of 24 hold');
  });

  it('can be tried again', async () => {
    await openForm({ expectations: textOfExpectations([expectationOf('get pods -A', 'None')]) });
    await form().wrapper.get('[aria-label="Try the request of expectation 1"]').trigger('click');
    await settled();
    expect(get('audit-request-kubectl').get<HTMLInputElement>('input').element.value).toBe('get pods -A');
    expect(document.activeElement?.textContent).toContain('Try a request');
  });

  it.each([
    ['bytes that are no text', fileOf(new Uint8Array([0xc3, 0x28]), 'a.zip'), 'a.zip is no text in UTF-8, and was not opened.'],
    ['zeros', fileOf('expectations: []\0', 'a.bin'), 'a.bin is no text, and was not opened.'],
    ['nothing', fileOf(''), 'e.yaml is empty, and was not opened.'],
    ['a file that is gone', gone, 'gone.yaml could not be read.'],
    ['more than anyone reads', { ...gone, size: MAX_FILE_BYTES + 1 }, 'gone.yaml is larger than 384 KiB, and was not opened']
  ])('don’t come from %s, which is named', async (_, file, words) => {
    await openForm({ expectations: textOfExpectations([expectationOf('get secrets', 'Metadata')]) });
    await choose(file);
    expect(get('audit-expectations-problem').text()).toContain(words);
    expect(get('audit-expectations-sum').text()).toBe('1 of 1 holds');
    expect((get('audit-expectations-file').element as HTMLInputElement).value).toBe('');
    await choose(fileOf(textOfExpectations([expectationOf('get pods', 'None')])));
    expect(get('audit-expectations-problem').text()).toBe('');
    expect(get('audit-expectations-sum').text()).toBe('2 of 2 hold');
  });

  it('come from the file that was chosen last, whichever is read first', async () => {
    let release: (() => void) | undefined;
    const late = new Promise<void>((resolve) => {
      release = resolve;
    });
    const first = fileOf(textOfExpectations([expectationOf('get secrets', 'Metadata')]));

    await openForm();
    await choose({ ...first, arrayBuffer: () => late.then(() => first.arrayBuffer()) });
    expect((get('audit-expectations-file').element as HTMLInputElement).value).toBe('');
    await choose(fileOf(textOfExpectations([expectationOf('get pods', 'None'), expectationOf('get nodes', 'None')])));
    release?.();
    await settled();
    expect(get('audit-expectations-sum').text()).toBe('2 of 2 hold');
  });

  it('are no more than a file may have', async () => {
    const many = Array.from({ length: MAX_EXPECTATIONS }, (_, index) => expectationOf(`get pods p${ index }`, 'None'));

    await openForm({ expectations: textOfExpectations(many.slice(0, 3)) });
    await choose(fileOf(textOfExpectations(many.slice(2))));
    expect(get('audit-expectations-sum').text()).toBe(`${ MAX_EXPECTATIONS } of ${ MAX_EXPECTATIONS } hold`);
    await choose(fileOf(textOfExpectations([expectationOf('get secrets', 'Metadata')])));
    expect(get('audit-expectations-problem').text()).toContain('expectations has more than 500 entries.');
    expect(get('audit-expectations-sum').text()).toBe(`${ MAX_EXPECTATIONS } of ${ MAX_EXPECTATIONS } hold`);
  });

  it('say why, one by one', async () => {
    await openForm({ expectations: textOfExpectations([expectationOf('get secrets', 'Metadata'), expectationOf('get pods', 'None')]) });
    const details = get('audit-expectation-0').get<HTMLDetailsElement>('details');

    expect(details.get('summary').attributes('aria-label')).toBe('Why expectation 1 has this level');
    expect(details.findAll('li')).toHaveLength(0);
    details.element.open = true;
    await details.trigger('toggle');
    expect(details.text()).toContain('Rule 3 decides.');
    expect(details.findAll('li').map((reason) => reason.text())).toEqual(['Rule 1: user jane is not root.', 'Rule 2: verb list is not in create, update.']);
    await get('audit-expectation-0').get('[data-remove]').trigger('click');
    await settled();
    expect(get('audit-expectation-0').get<HTMLDetailsElement>('details').element.open).toBe(false);
    expect(document.activeElement?.getAttribute('aria-label')).toBe('Remove expectation 1');
  });

  it('can be shown without those that no rule matches', async () => {
    await openForm({ expectations: textOfExpectations([expectationOf('get pods', 'None'), expectationOf('get secrets', 'Metadata'), expectationOf('get nodes', 'None')]) });
    expect(get('audit-expectation-0').text()).toContain('no rule matches – not logged');
    expect(find('audit-expectations-unmatched').exists()).toBe(false);
    expect(get('audit-expectations-hide').element.closest('label')?.textContent).toContain('Hide requests that no rule matches (2)');
    await get('audit-expectations-hide').setValue(true);
    expect([0, 1, 2].map((index) => find(`audit-expectation-${ index }`).exists())).toEqual([false, true, false]);
    await get('audit-expectation-1').get('select').setValue('None');
    expect(get('audit-expectation-1').text()).toContain('differs');
    await get('audit-expectation-1').get('[data-remove]').trigger('click');
    expect(get('audit-expectations-unmatched').text()).toBe('No rule matches any of these requests: the policy logs none of them.');
    await get('audit-expectations-hide').setValue(false);
    expect(levels()).toHaveLength(2);
  });

  it('are marked as those of the last policy while the text is none, and get no new ones', async () => {
    await openForm({ expectations: textOfExpectations([expectationOf('get secrets', 'Metadata')]) });
    await open('audit-request');
    expect(find('audit-expectations-stale').exists()).toBe(false);
    expect(get('audit-request-expect').attributes('disabled')).toBeUndefined();
    await edit(POLICY.replace('[root]', '[root'));
    expect(get('audit-expectations-sum').text()).toBe('1 of 1 held by the last valid policy');
    expect(get('audit-expectations-stale').text()).toContain('kube-apiserver does not start with the text as it is.');
    expect(get('audit-expectations').find('.outdated').exists()).toBe(true);
    expect(get('audit-request-answer').classes()).toContain('outdated');
    expect(get('audit-request-expect').attributes('disabled')).toBeDefined();
    expect(document.getElementById(get('audit-request-expect').attributes('aria-describedby') ?? '')?.textContent).toContain('it can’t become an expectation or a rule');
    await edit(POLICY);
    expect(get('audit-expectations-sum').text()).toBe('1 of 1 holds');
    expect(find('audit-request-stale').exists()).toBe(false);
    expect(get('audit-request-answer').classes()).not.toContain('outdated');
  });
});
