/** An editor whose text follows what it emits, as in the tab, for the tests of its rules. */
import type { VueWrapper } from '@vue/test-utils';

import { findingsOfPolicy } from '../../audit/cluster/distributions';
import { readPolicyDocument } from '../../audit/policy/document';
import PolicyEditor from '../../components/policy/PolicyEditor.vue';
import { mountPart, partsOf, settled } from './host';

export const HEAD = 'apiVersion: audit.k8s.io/v1\nkind: Policy\nrules:\n';
export const THREE = `${ HEAD }# one\n- level: None\n  verbs: [get]\n# two\n- level: None\n  users: [jane]\n# three\n- level: Metadata\n`;

let mounted: VueWrapper | undefined;
let now = '';

export const { get, find } = partsOf(() => ({ wrapper: part() }));

/** The editor that is open. */
export function part(): VueWrapper {
  if (!mounted) {
    throw new Error('no editor is open');
  }

  return mounted;
}

/** Its text by now. */
export function text(): string {
  return now;
}

export function closeEditor(): void {
  mounted?.unmount();
  mounted = undefined;
}

export function mountEditor(first: string, props: object = {}): void {
  now = first;
  mounted = mountPart(PolicyEditor, {
    isReadOnly: false,
    ...givenBy(first),
    ...props,
    onUpdate: (next: string) => void setText(next)
  });
}

/** Another text, such as one that somebody types. */
export async function setText(next: string): Promise<void> {
  now = next;
  await part().setProps(givenBy(next));
}

function givenBy(policy: string): object {
  return { document: readPolicyDocument(policy), findings: findingsOfPolicy(policy, undefined) };
}

export async function press(testId: string): Promise<void> {
  await get(testId).trigger('click');
  await settled();
}

/** The numbers of the rules in sight. */
export function numbers(): string[] {
  return part().findAll('[data-testid="audit-rules"] .number').map((number) => number.text());
}

/** Who each rule is about, or which verb. */
export function usersOf(policy: string): (string | undefined)[] | undefined {
  return readPolicyDocument(policy).policy?.rules.map(({ users, verbs }) => users?.[0] ?? verbs?.[0]);
}
