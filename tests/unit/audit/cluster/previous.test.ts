// What a cluster remembers of a policy whose object is deleted.
import { describe, expect, it } from 'vitest';

import { clusterAfter, draftAuditSettings, readAuditSettings, sourcesAfter } from '../../../../audit/cluster/distributions';
import { PREVIOUS_ANNOTATION, previousSettings, revertOf, type PreviousSettings } from '../../../../audit/cluster/previous';
import type { RancherCluster } from '../../../../audit/cluster/rancherCluster';
import { sourcesOf } from '../../../../audit/cluster/sources';
import { clusterOf, sourceOf } from './given';

const POLICY = 'kind: Policy\n';

/** A cluster whose policy is in the Secret `dev`. */
const ON = clusterOf({ version: 'v1.34.2+k3s1', config: { 'kube-apiserver-arg': ['audit-policy-file=/p'] }, files: [{ fileSources: [{ secret: { name: 'dev', items: [{ key: 'audit-policy', path: '/p' }] } }] }] });

/** The cluster after its audit log was turned off and the Secret deleted. */
function off(policy: string, expectations: string): RancherCluster {
  const sources = sourcesOf([sourceOf({ name: 'dev', authorized: 'demo', text: { 'audit-policy': policy, 'audit-policy-expectations': expectations } })]);

  return clusterAfter(ON, draftAuditSettings(ON, sources, { state: 'off' }, { remember: true, deleteSource: true }).operations);
}

function revertIn(cluster: RancherCluster): ReturnType<typeof revertOf> {
  return revertOf(previousSettings(cluster) as PreviousSettings, { cluster, sources: sourcesOf([]) });
}

describe('expectations of a deleted object', () => {
  it('are remembered with its policy', () => {
    expect(revertIn(off(POLICY, 'e'))).toEqual({ wanted: { state: 'on', delivery: 'secret', policy: POLICY, options: {}, expectations: 'e' }, options: {}, losesExpectations: false });
  });

  it.each([['none', {}], ['too many to be remembered', { 'audit-policy-expectations': 'e'.repeat(96 * 1024) }]])('are not those of the policy that a revert takes away, where there were %s', (_, text) => {
    const secret = sourcesOf([sourceOf({ name: 'dev', authorized: 'demo', text: { 'audit-policy': POLICY, ...text } })]);
    const { operations } = draftAuditSettings(ON, secret, { state: 'on', delivery: 'configmap', policy: '# newer\n', expectations: 'newer' }, { remember: true, deleteSource: true });
    const [cluster, sources] = [clusterAfter(ON, operations), sourcesAfter(secret, operations)];
    const { wanted, options } = revertOf(previousSettings(cluster) as PreviousSettings, { cluster, sources }) ?? { wanted: { state: 'off' } };
    const back = draftAuditSettings(cluster, sources, wanted, options).operations;

    expect(readAuditSettings(cluster, sources).settings).toMatchObject({ expectations: 'newer' });
    expect(readAuditSettings(clusterAfter(cluster, back), sourcesAfter(sources, back)).settings).toEqual({ state: 'on', delivery: 'secret', policy: POLICY, options: {} });
  });

  it.each([
    ['as a text', 'e'.repeat(96 * 1024)],
    ['as bytes', '中'.repeat(33 * 1024)]
  ])('are left out where they are too long %s, and that is said', (_, expectations) => {
    const cluster = off(POLICY, expectations);

    expect(cluster.metadata?.annotations?.[PREVIOUS_ANNOTATION]?.length).toBeLessThan(200);
    expect(revertIn(cluster)).toEqual({ wanted: { state: 'on', delivery: 'secret', policy: POLICY, options: {}, expectations: '' }, options: {}, losesExpectations: true });
  });

  it('don’t matter where the policy alone is too long', () => {
    expect(off('p'.repeat(96 * 1024), 'e').metadata?.annotations?.[PREVIOUS_ANNOTATION]).toBeUndefined();
  });

  it('have no place in an inline policy, whatever an annotation says', () => {
    expect(revertOf({ state: 'on', delivery: 'inline', policy: POLICY, options: {}, expectations: 'e' }, { cluster: {}, sources: sourcesOf([]) })?.wanted).not.toHaveProperty('expectations');
  });
});
