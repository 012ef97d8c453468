import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { PlanOptions } from '../../../../audit/cluster/distribution';
import { clusterAfter, deliveriesOf, draftAuditSettings, readAuditSettings, sourcesAfter } from '../../../../audit/cluster/distributions';
import { previousSettings, revertOf, type PreviousSettings } from '../../../../audit/cluster/previous';
import type { RancherCluster } from '../../../../audit/cluster/rancherCluster';
import { DELIVERIES, type AuditSettings, type WantedSettings } from '../../../../audit/cluster/settings';
import { sourcesOf } from '../../../../audit/cluster/sources';
import { blocks } from '../../../../audit/policy/finding';
import { clusterOf, sourceOf, type Given } from './given';

const NO_SOURCES = sourcesOf([]);
const CONTROL_PLANE = { matchLabels: { 'rke.cattle.io/control-plane-role': 'true' } };
const SELECTORS = fc.constantFrom(undefined, {}, CONTROL_PLANE, { matchLabels: { 'rke.cattle.io/worker-role': 'true' } }, { matchLabels: { team: 'a' } }, { matchExpressions: [{ key: 'rke.cattle.io/control-plane-role', operator: 'Exists' }] });
const FOREIGN_ARGS = fc.array(fc.constantFrom('event-ttl=2h', '--v=4', 'admission-control-config-file=/x', 'feature-gates+=A=true', 'profiling'), { minLength: 1, maxLength: 3 });
const FOREIGN_CONFIG = fc.record({ 'cni': fc.constantFrom('calico', 'none'), 'profile': fc.constantFrom('cis', null), 'kube-apiserver-arg': fc.oneof(FOREIGN_ARGS, fc.constant('event-ttl=2h')), 'tls-san': fc.constant(['a']) }, { requiredKeys: [] });
const FILE = fc.record({ fileSources: fc.constantFrom([{ secret: { name: 'x', items: [{ key: 'k', path: '/x' }] } }], [{ configMap: { name: 'm', items: [{ key: 'k', path: '/m' }, { key: 'l', path: '/l' }] } }], []), machineLabelSelector: SELECTORS });

/** Clusters that ask for no auditing, in all forms that people and Rancher write. */
const CLUSTERS = fc.record({
  version:   fc.constantFrom('v1.34.2+rke2r1', 'v1.28.3+k3s1', 'v1.36.0+rke2r1'),
  config:    FOREIGN_CONFIG,
  selectors: fc.array(fc.record({ config: FOREIGN_CONFIG, machineLabelSelector: SELECTORS }), { maxLength: 2 }),
  files:     fc.array(FILE, { maxLength: 2 }),
  spec:      fc.constantFrom({}, { defaultPodSecurityAdmissionConfigurationTemplateName: 'rancher-restricted' })
}, { requiredKeys: ['version'] }).map((given) => clusterOf(given as unknown as Given));

const WANTED = fc.record({
  state:    fc.constant('on' as const),
  delivery: fc.constantFrom(...DELIVERIES),
  policy:   fc.constantFrom('rules: []', 'kind: Policy\n', '# ü\n'),
  options:  fc.dictionary(fc.constantFrom('audit-log-path', 'audit-log-maxage', 'audit-log-format', 'audit-webhook-mode', 'audit-log-compress'), fc.constantFrom('/var/log/a/b', '7', 'json', ''), { noNullPrototype: true })
});

/** The cluster, its sources and the findings after a plan; undefined where it is refused. */
function after(cluster: RancherCluster, wanted: WantedSettings, sources = NO_SOURCES, options: PlanOptions = {}) {
  const draft = draftAuditSettings(cluster, sources, wanted, options);

  return blocks(draft.findings) ? undefined : { cluster: clusterAfter(cluster, draft.operations), sources: sourcesAfter(sources, draft.operations), findings: draft.findings };
}

function wasWithdrawn(previous: PreviousSettings | undefined): boolean {
  return previous?.state === 'on' && 'source' in previous && previous.source.isWithdrawn === true;
}

describe('for every cluster and every wish', () => {
  it('what was planned is read again, and a second plan is empty', () => fc.assert(fc.property(CLUSTERS, WANTED, (cluster, wanted) => {
    const result = after(cluster, wanted);

    fc.pre(result !== undefined);
    expect(readAuditSettings(result.cluster, result.sources).settings).toEqual(wanted);
    expect(draftAuditSettings(result.cluster, result.sources, wanted).operations).toEqual([]);
  }), { numRuns: 2000, seed: 1 }));

  it('off after on restores every byte, or says what it can’t', () => fc.assert(fc.property(CLUSTERS, WANTED, (cluster, wanted) => {
    const on = after(cluster, wanted);

    fc.pre(on !== undefined);
    const off = after(on.cluster, { state: 'off' }, on.sources);

    expect(JSON.stringify(off?.cluster) === JSON.stringify(cluster) || on.findings.some(({ code }) => code === 'cluster.notRestored')).toBe(true);
  }), { numRuns: 2000, seed: 1 }));

  it('from any delivery to any other, what is wanted comes about and nothing else is left', () => fc.assert(fc.property(CLUSTERS, WANTED, WANTED, (cluster, first, second) => {
    const one = after(cluster, first);
    const both = one && after(one.cluster, second, one.sources);
    const direct = after(cluster, second);

    fc.pre(both !== undefined && direct !== undefined && ![...one?.findings ?? [], ...direct.findings].some(({ code }) => code === 'cluster.notRestored'));
    expect(readAuditSettings(both.cluster, both.sources).settings).toEqual(second);
    expect(JSON.stringify(after(both.cluster, { state: 'off' }, both.sources)?.cluster)).toBe(JSON.stringify(after(direct.cluster, { state: 'off' }, direct.sources)?.cluster));
  }), { numRuns: 2000, seed: 1 }));

  it('a plan for what is there is empty', () => fc.assert(fc.property(CLUSTERS, WANTED, (cluster, wanted) => {
    const result = after(cluster, wanted);

    fc.pre(result !== undefined);
    const { settings } = readAuditSettings(result.cluster, result.sources);

    expect(draftAuditSettings(result.cluster, result.sources, settings as Extract<AuditSettings, { state: 'on' }>).operations).toEqual([]);
  }), { numRuns: 500, seed: 1 }));

  it('the last change is taken back by what the cluster remembers, also where its Secrets may not be read', () => fc.assert(fc.property(CLUSTERS, WANTED, fc.oneof(WANTED, fc.constant<WantedSettings>({ state: 'off' })), fc.boolean(), (cluster, first, second, isReadable) => {
    const one = after(cluster, first);
    const two = one && after(one.cluster, second, one.sources, { remember: true });

    fc.pre(two !== undefined && two.cluster !== one?.cluster);
    const previous = previousSettings(two.cluster);
    const readable = isReadable ? two.sources : () => 'forbidden' as const;
    const revert = revertOf(previous ?? { state: 'off' }, { cluster: two.cluster, sources: readable });
    const back = revert && after(two.cluster, revert.wanted, readable, revert.options);

    expect(previous?.state).toBe('on');
    expect(revert === undefined).toBe(!isReadable && wasWithdrawn(previous));
    fc.pre(revert !== undefined);
    expect(readAuditSettings(back?.cluster ?? {}, isReadable ? back?.sources : two.sources).findings.map(({ code }) => code)).not.toContain('source.unauthorized');
    expect(readAuditSettings(back?.cluster ?? {}, isReadable ? back?.sources : two.sources).settings).toEqual(first);
  }), { numRuns: 1000, seed: 1 }));

  it('a delivery is offered where, and only where, its plan is not refused', () => fc.assert(fc.property(CLUSTERS, WANTED, (cluster, wanted) => {
    const offered = deliveriesOf(cluster);

    expect(offered.has(wanted.delivery) && offered.get(wanted.delivery) === undefined).toBe(after(cluster, wanted) !== undefined);
  }), { numRuns: 500, seed: 1 }));
});

it('a source that others may not read stays as it is', () => {
  const cluster = clusterOf({ version: 'v1.34.2+rke2r1', config: { 'kube-apiserver-arg': ['audit-policy-file=/p'] }, files: [{ fileSources: [{ secret: { name: 's', items: [{ key: 'audit-policy', path: '/p' }] } }] }] });
  const { settings } = readAuditSettings(cluster, () => 'forbidden');

  expect(settings).toMatchObject({ state: 'unread', reason: 'forbidden' });
  expect(draftAuditSettings(cluster, () => 'forbidden', { state: 'off' }).operations.map(({ kind }) => kind)).toEqual(['Cluster']);
  expect(sourcesOf([sourceOf({ name: 's' })])({ kind: 'Secret', namespace: 'fleet-default', name: 't' })).toBe('notFound');
});
