// What a comparison calls the policies that it is about.
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { VueWrapper } from '@vue/test-utils';

import { CIS } from '../../audit/presets/cis';
import { METADATA } from '../../audit/presets/metadata';
import PolicyDifferences from '../../components/compare/PolicyDifferences.vue';
import { mountPart } from './host';

let part: VueWrapper;
const heads = () => part.findAll('[data-testid="audit-decisions"] thead th').map((head) => head.text()).slice(1);

beforeEach(async () => {
  part = mountPart(PolicyDifferences, { before: { title: 'One', policy: METADATA.policy }, after: { title: 'Own', policy: CIS.policy }, kubernetesVersion: undefined });
  await vi.waitFor(() => expect(heads()).toEqual(['One', 'Own']));
});
afterEach(() => part.unmount());

it('are the policies that were compared, until it is about others', async () => {
  await part.setProps({ before: { title: 'Two', policy: METADATA.policy.replace('level: Metadata', 'level: Request') } });
  expect(heads()).toEqual(['One', 'Own']);
  await vi.waitFor(() => expect(heads()).toEqual(['Two', 'Own']));
});

it('changes with a title alone, without comparing again', async () => {
  await part.setProps({ before: { title: 'Renamed', policy: METADATA.policy } });
  expect(heads()).toEqual(['Renamed', 'Own']);
  expect(part.get('[role="status"]').text()).toBe('');
});
