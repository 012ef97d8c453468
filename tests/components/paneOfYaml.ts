// The pane with a policy's text on the real CodeMirror, or in a plain text area, and what tests do with it.
import type { VueWrapper } from '@vue/test-utils';

import YamlPane from '../../components/policy/YamlPane.vue';
import { Codemirror, editor, setLoader } from './codeMirror';
import { mountPart, settled } from './host';

export const TEXT = 'rules:\n# one\n- level: None\n  verbs: [get]\n# two\n- level: Request\n  verbs: [list]\n- level: Metadata\n';

export let part: VueWrapper;

/** On a host that loads its CodeMirror so, if it has one. */
export async function mountPane(props: Record<string, unknown> = {}, load: boolean | (() => Promise<unknown>) = true): Promise<void> {
  setLoader(typeof load === 'function' ? load : load ? async () => undefined : undefined);
  part = mountPart(YamlPane, { text: TEXT, isReadOnly: false, ...props }, { components: { Codemirror } });
  await settled();
}

export function closePane(): void {
  part?.unmount();
  setLoader(undefined);
}

/** The field that has the keyboard. */
export function area(): HTMLTextAreaElement {
  return part.get<HTMLTextAreaElement>('textarea').element;
}

/** What came with an event, each time. */
export function emitted<Value>(event: string): Value[] {
  return (part.emitted<[Value]>(event) ?? []).map(([value]) => value);
}

/** Types at the cursor, as CodeMirror sees it. */
export function type(text: string): void {
  editor.replaceRange(text, editor.getCursor('from'), editor.getCursor('to'));
}
