// Files that are opened as a policy's text.
import { afterEach, describe, expect, it } from 'vitest';
import type { VueWrapper } from '@vue/test-utils';

import YamlPane from '../../components/policy/YamlPane.vue';
import { Codemirror, setLoader } from './codeMirror';
import { mountPart, settled } from './host';

let part: VueWrapper;

const said = (): string => part.get('[data-testid="audit-yaml-state"]').text();

async function mountPane(isReadOnly = false): Promise<void> {
  setLoader(async () => undefined);
  part = mountPart(YamlPane, { text: 'rules: []\n', isReadOnly }, { components: { Codemirror } });
  await settled();
}

afterEach(() => {
  part?.unmount();
  setLoader(undefined);
});

describe('a file', () => {
  const drop = async (files: readonly File[], type = 'drop'): Promise<boolean> => {
    const event = Object.assign(new Event(type, { bubbles: true, cancelable: true }), { dataTransfer: { types: ['Files'], files } });
    const goesOn = part.get('.CodeMirror-scroll').element.dispatchEvent(event);

    await settled();
    await settled();

    return goesOn;
  };
  const file = (content: BlobPart, name = 'mine.yaml'): File => Object.assign(new File([content], name), { arrayBuffer: async () => content instanceof Uint8Array ? content.buffer : new TextEncoder().encode(String(content)).buffer });

  it('takes the place of the text when it is dropped, byte for byte', async () => {
    await mountPane();
    await drop([], 'dragenter');
    expect(part.text()).toContain('Drop the file');
    expect(await drop([file('a: 1\r\nb')])).toBe(false);
    expect(part.text()).not.toContain('Drop the file');
    expect(part.emitted('update')).toEqual([['a: 1\r\nb']]);
    expect(said()).toContain('mine.yaml is open');
  });

  it.each([
    ['no UTF-8', [file(new Uint8Array([255, 254]))], 'no text in UTF-8'],
    ['two of them', [file('a'), file('b')], 'not several'],
    ['a folder', [Object.assign(file(''), { arrayBuffer: () => Promise.reject(new Error()) })], 'could not be read'],
    ['a large one, which is not even read', [Object.defineProperty(file('a'), 'size', { value: 2 ** 31 })], 'larger than 1,024 KiB']
  ] as const)('is refused with a reason: %s', async (_, files, words) => {
    await mountPane();
    await drop(files);
    expect(said()).toContain(words);
    expect(part.emitted('update')).toBeUndefined();
  });

  it('that takes long to read does not take the place of one that was dropped since', async () => {
    let release: (() => void) | undefined;
    const late = new Promise<void>((resolve) => {
      release = resolve;
    });
    const slow = file('late: 1', 'late.yaml');
    const { arrayBuffer } = slow;

    await mountPane();
    await drop([Object.assign(slow, { arrayBuffer: async () => late.then(arrayBuffer) })]);
    await drop([file('a: 1')]);
    release?.();
    await settled();
    await settled();
    expect(part.emitted('update')).toEqual([['a: 1']]);
    expect(said()).toContain('mine.yaml is open');
  });

  it('is not taken where the text may not be changed, and does not lead away from the page', async () => {
    await mountPane(true);
    expect(await drop([file('a: 1')])).toBe(false);
    expect(part.emitted('update')).toBeUndefined();
  });
});
