// The settings of the dialog that enables the audit log: each wish adds to what was wished before.
import { afterEach, expect, it } from 'vitest';
import type { VueWrapper } from '@vue/test-utils';
import { defineComponent, h } from 'vue';

import { PREVIOUS_ANNOTATION } from '../../audit/cluster/previous';
import { METADATA } from '../../audit/presets/metadata';
import AuditDialog from '../../components/cluster/AuditDialog.vue';
import { useClusterAudit, type ClusterAudit } from '../../components/cluster/useClusterAudit';
import { clusterStore } from '../../rancher/clusterStore';
import { sourceStore } from '../../rancher/sourceStore';
import { useRancherApi } from '../../rancher/store';
import { clusterOf } from '../unit/audit/cluster/given';
import { mountPart, settled } from './host';

let part: VueWrapper;

afterEach(() => part?.unmount());

async function dialogOf(cluster: object): Promise<ClusterAudit> {
  let audit: ClusterAudit | undefined;

  part = mountPart(defineComponent({
    setup() {
      const api = useRancherApi();

      audit = useClusterAudit('enable', METADATA.policy, clusterStore(api, { namespace: 'fleet-default', name: 'c' }), sourceStore(api));

      return () => h('div');
    }
  }), {}, { request: () => Promise.resolve(cluster) });
  await settled();
  if (!audit) {
    throw new Error('it has not been set up');
  }

  return audit;
}

it('keeps options of the log when the policy or the delivery changes after them', async () => {
  const { log, loaded } = await dialogOf(clusterOf({ version: 'v1.34.2+rke2r1' }));

  expect(loaded.value).toBeDefined();
  log.want({ state: 'on', delivery: 'inline', policy: METADATA.policy, options: { maxAge: '45' } });
  log.want({ state: 'on', delivery: 'secret', policy: `# ours\n${ METADATA.policy }` });
  expect(log.settings.value).toMatchObject({ state: 'on', delivery: 'secret', policy: expect.stringMatching(/^# ours/) as string, options: { maxAge: '45' } });
});

it.each([[true, 'says'], [false, 'says nothing']])('of lost expectations (%s) a revert %s before it is applied', async (areExpectationsLost) => {
  const previous = { state: 'on', delivery: 'secret', options: {}, policy: METADATA.policy, areExpectationsLost };

  part = mountPart(AuditDialog, { goal: 'revert', cluster: { namespace: 'fleet-default', name: 'demo' } }, {
    request: ({ url }) => url.includes('/secrets') ? Promise.reject(Object.assign(new Error('not found'), { status: 404 })) : Promise.resolve({ ...clusterOf({ version: 'v1.34.2+rke2r1', metadata: { annotations: { [PREVIOUS_ANNOTATION]: JSON.stringify(previous) } } }), links: { update: '/u' } })
  });
  await settled();
  expect(part.text()).toContain('What will be written');
  expect(part.text().includes('too long to be remembered')).toBe(areExpectationsLost);
});

it('closes without a question where nothing was changed, and after a change with one', async () => {
  const close = () => part.get('[data-testid="audit-dialog-close"]').trigger('click');

  part = mountPart(AuditDialog, { goal: 'enable', cluster: { namespace: 'fleet-default', name: 'demo' } }, { request: () => Promise.resolve({ ...clusterOf({ version: 'v1.34.2+rke2r1' }), links: { update: '/u' } }) });
  await close();
  expect(part.emitted('close')).toHaveLength(1);
  await settled();
  await close();
  expect(part.emitted('close')).toHaveLength(2);

  await part.get('[data-testid="audit-preset-cis"]').trigger('change');
  await close();
  await part.get('[data-testid="audit-leave-stay"]').trigger('click');
  await close();
  expect(part.emitted('close')).toHaveLength(2);
  await part.get('[data-testid="audit-leave-go"]').trigger('click');
  expect(part.emitted('close')).toHaveLength(3);

  await part.get('[data-testid="audit-leave-stay"]').trigger('click');
  await part.get('[data-testid="audit-preset-metadata"]').trigger('change');
  await close();
  expect(part.emitted('close')).toHaveLength(4);
});
