/** A form whose policy requests are tried on, for the tests of what is below its rules. */
import { nextTick } from 'vue';

import { base64Of, type SourceObject } from '../../audit/cluster/sources';
import type { Expectation } from '../../audit/request/expectations';
import { clusterWith, secret } from './given';
import { mountForm, partsOf, settled, type MountedForm } from './host';
import { fakeRancher, type FakeRancher } from './rancher';

export const POLICY = `apiVersion: audit.k8s.io/v1
kind: Policy
# everybody's health checks
rules:
- level: None
  users: [root]
- level: Request
  verbs: [create, update]
- level: Metadata
  resources:
  - group: ""
    resources: [secrets]
`;

let mounted: MountedForm | undefined;

export const { get, find, press } = partsOf(() => form());

/** The form that is open. */
export function form(): MountedForm {
  if (!mounted) {
    throw new Error('no form is open');
  }

  return mounted;
}

export function closeForm(): void {
  mounted?.wrapper.unmount();
  mounted = undefined;
}

export function expectationOf(line: string, level: Expectation['level']): Expectation {
  return { asked: { who: { user: 'jane', groups: [] }, what: { form: 'kubectl', line } }, level };
}

export async function openForm(given: { readonly inline?: boolean; readonly expectations?: string; readonly mode?: 'view' } = {}): Promise<FakeRancher> {
  const source = secret('dev', 'demo', POLICY);
  const stored: SourceObject = given.expectations === undefined ? source : { ...source, data: { ...source.data, 'audit-policy-expectations': base64Of(given.expectations) } };
  const rancher = fakeRancher(stored);
  const inline = { metadata: { name: 'demo', namespace: 'fleet-default', resourceVersion: '1' }, spec: { kubernetesVersion: 'v1.34.2+rke2r1', rkeConfig: { machineGlobalConfig: { 'audit-policy-file': POLICY } } } };

  mounted = mountForm({ cluster: given.inline ? inline : clusterWith('dev'), request: rancher.request, ...(given.mode ? { mode: given.mode } : {}) });
  await settled();

  return rancher;
}

export async function open(testId: string): Promise<void> {
  const details = form().wrapper.get<HTMLDetailsElement>(`[data-testid="${ testId }"] > details`);

  details.element.open = true;
  await details.trigger('toggle');
  await nextTick();
}

export async function ask(line: string): Promise<void> {
  await get('audit-request-form-kubectl').setValue(true);
  await get('audit-request-kubectl').get('input').setValue(line);
}
