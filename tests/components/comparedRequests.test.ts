// How a comparison counts requests, and names those who send them.
import { afterEach, expect, it } from 'vitest';
import type { VueWrapper } from '@vue/test-utils';

import PolicyDifferences from '../../components/compare/PolicyDifferences.vue';
import { eventually } from '../eventually';
import { mountPart } from './host';

const NOTHING = '- level: None';

let part: VueWrapper;
const policyOf = (rules: string): string => `apiVersion: audit.k8s.io/v1\nkind: Policy\nrules:\n${ rules }\n`;

async function compare(before: string, after: string): Promise<string> {
  part = mountPart(PolicyDifferences, { before: { title: 'One', policy: policyOf(before) }, after: { title: 'Own', policy: policyOf(after) }, kubernetesVersion: undefined });
  await eventually(() => expect(part.find('[data-testid="audit-decisions-result"]').exists()).toBe(true));

  return part.get('[data-testid="audit-decisions-result"]').text();
}

afterEach(() => part.unmount());

it('counts a kind twice that logs less for some and more for others, and says so', async () => {
  expect(await compare('- level: Metadata\n  users: [jane]\n- level: None', '- level: None\n  users: [jane]\n- level: Metadata')).toContain('A kind counts for each of these');
});

it('counts a kind once that logs more, and says no more', async () => {
  expect(await compare(NOTHING, '- level: Metadata')).toMatch(/log more\.$/);
});

it('names users before the members of groups', async () => {
  await compare(NOTHING, '- level: None\n  userGroups: [dev]\n- level: None\n  users: [jane]\n- level: Metadata');
  expect(part.find('tbody').text()).toContain('by anyone but jane, members of dev');
});
