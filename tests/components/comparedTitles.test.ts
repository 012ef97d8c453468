// What a comparison calls the policies that it is about.
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { VueWrapper } from '@vue/test-utils';

import { CIS } from '../../audit/presets/cis';
import { METADATA } from '../../audit/presets/metadata';
import PolicyDifferences from '../../components/compare/PolicyDifferences.vue';
import { eventually } from '../eventually';
import { mountPart } from './host';

let part: VueWrapper;
const heads = () => part.findAll('[data-testid="audit-decisions"] thead th').map((head) => head.text()).slice(1);

beforeEach(async () => {
  part = mountPart(PolicyDifferences, { before: { title: 'One', policy: METADATA.policy }, after: { title: 'Own', policy: CIS.policy }, kubernetesVersion: undefined });
  await eventually(() => expect(heads()).toEqual(['One', 'Own']));
});
afterEach(() => part.unmount());

it('are the policies that were compared, until it is about others', async () => {
  await part.setProps({ before: { title: 'Two', policy: METADATA.policy.replace('level: Metadata', 'level: Request') } });
  expect(heads()).toEqual(['One', 'Own']);
  await eventually(() => expect(heads()).toEqual(['Two', 'Own']));
});

it('changes with a title alone, without comparing again', async () => {
  await part.setProps({ before: { title: 'Renamed', policy: METADATA.policy } });
  expect(heads()).toEqual(['Renamed', 'Own']);
  expect(part.get('[role="status"]').text()).toBe('');
});
