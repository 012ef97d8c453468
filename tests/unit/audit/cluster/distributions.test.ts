import { describe, expect, it } from 'vitest';

import type { Operation } from '../../../../audit/cluster/change';
import { clusterAfter, draftAuditSettings, planAuditSettings, readAuditSettings, sourcesAfter } from '../../../../audit/cluster/distributions';
import type { PlanOptions } from '../../../../audit/cluster/distribution';
import { diskBoundOf } from '../../../../audit/cluster/reading';
import type { MachineConfig, MachineSelectorConfig, MachineSelectorFiles } from '../../../../audit/cluster/rancherCluster';
import type { AuditSettings, WantedSettings } from '../../../../audit/cluster/settings';
import { AUTHORIZED, NOTHING_READ, sourcesOf, textIn, type SourceObject } from '../../../../audit/cluster/sources';
import { fieldName, type Finding } from '../../../../audit/policy/finding';
import { wordsOf } from '../../../../cli/words';
import { casesOf } from '../../tables';
import { clusterOf, sourceOf, type Given } from './given';

interface ReadCase extends Given { readonly settings: AuditSettings; readonly findings: string[]; readonly flags?: Readonly<Record<string, string>>; readonly isUnread?: boolean }
interface PlanCase extends Given {
  readonly wanted: WantedSettings;
  readonly options?: PlanOptions;
  /** The lists of the cluster after the plan; `same` where it isn't touched. */
  readonly expect?: { readonly config?: MachineConfig; readonly selectors?: MachineSelectorConfig[]; readonly files?: MachineSelectorFiles[] } | 'same';
  /** `create Secret name`, `update Cluster demo` and so on, in their order. */
  readonly operations?: string[];
  /** Annotation and text of a source after the plan. */
  readonly source?: { readonly name: string; readonly authorized: string | null; readonly text: string };
  readonly findings?: string[];
}
interface HazardCase extends Given { readonly triggers: string[]; readonly not?: Given }

const WORDS = ['C', 'zh_CN.UTF-8'].map((LANG) => wordsOf({ LANG }));
const said = (findings: readonly Finding[]): string[] => findings.map(({ severity, code, at }) => `${ severity } ${ code } ${ fieldName(at.path) }`.trimEnd());

describe('reading a cluster', () => {
  it.each(casesOf<ReadCase>('cluster/read'))('$name', ({ settings, findings, flags, isUnread, ...given }) => {
    const reading = readAuditSettings(clusterOf(given), isUnread ? NOTHING_READ : sourcesOf((given.sources ?? []).map(sourceOf)));

    expect(reading.settings).toEqual(settings);
    expect(said(reading.findings)).toEqual(findings);
    expect(Object.fromEntries(reading.flags.filter(({ name }) => flags?.[name] !== undefined).map(({ name, value, from }) => [name, `${ value } by ${ from }`]))).toEqual(flags ?? {});
  });
});

describe('the disk space of a log', () => {
  const GIBIBYTE = 1024 ** 3;

  it.each([
    ['RKE2’s own retention', 'v1.34.2+rke2r1', { 'audit-policy-file': 'rules: []' }, 1.07],
    ['a size of 0 before Kubernetes 1.36 is 100 MB', 'v1.35.2+rke2r1', { 'kube-apiserver-arg': ['audit-log-maxsize=0', 'audit-log-maxbackup=1'] }, 0.2],
    ['from 1.36 it is no rotation', 'v1.36.0+rke2r1', { 'kube-apiserver-arg': ['audit-log-maxsize=0', 'audit-log-maxbackup=1'] }, undefined],
    ['backups that are kept for ever', 'v1.34.2+k3s1', { 'kube-apiserver-arg': ['audit-log-maxsize=10'] }, undefined],
    ['Kubernetes’ own retention since 1.36', 'v1.36.0+k3s1', {}, 9.86]
  ])('%s', (_, version, config, gibibytes) => {
    const bytes = diskBoundOf(readAuditSettings(clusterOf({ version, config })), version);

    expect(bytes === undefined ? undefined : Number((bytes / GIBIBYTE).toFixed(2))).toBe(gibibytes);
  });
});

describe('planning a change', () => {
  it.each(casesOf<PlanCase>('cluster/plan'))('$name', ({ wanted, options, expect: expected, operations, source, findings = [], ...given }) => {
    const cluster = clusterOf(given);
    const before = JSON.stringify(cluster);
    const sources = sourcesOf((given.sources ?? []).map(sourceOf));
    const draft = draftAuditSettings(cluster, sources, wanted, options);
    const after = clusterAfter(cluster, draft.operations);
    const names = draft.operations.map(({ action, kind, name }) => `${ action } ${ kind } ${ name }`);

    expect(said(draft.findings)).toEqual(findings);
    expect(names).toEqual(operations ?? (expected === undefined || expected === 'same' ? [] : ['update Cluster demo']));
    // As text, because the order of keys counts.
    expect(JSON.stringify(after)).toBe(expected === undefined || expected === 'same' ? before : JSON.stringify(clusterOf({ ...without(given), ...expected })));
    expect(source && sourceAfter(draft.operations, source.name)).toEqual(source);
    expect(JSON.stringify(cluster)).toBe(before);
    expect(draftAuditSettings(after, sourcesAfter(sources, draft.operations), wanted).operations).toEqual([]);
  });

  it('shares what stays, so that a form can tell what to touch', () => {
    const cluster = clusterOf({ version: 'v1.34.2+rke2r1', config: { tls: ['a'] }, selectors: [{ config: {} }] });
    const after = clusterAfter(cluster, draftAuditSettings(cluster, NOTHING_READ, { state: 'on', delivery: 'inline', policy: 'rules: []' }).operations);

    expect(after.spec?.rkeConfig?.machineSelectorConfig).toBe(cluster.spec?.rkeConfig?.machineSelectorConfig);
    expect(after.spec?.rkeConfig?.machineGlobalConfig?.['tls']).toBe(cluster.spec?.rkeConfig?.machineGlobalConfig?.['tls']);
  });

  it('leaves no binary data under the key that a text gets', () => {
    const source = sourceOf({ name: 'm', kind: 'ConfigMap', binaryData: { p: 'aGk=', q: 'aGk=' } });
    const [operation] = draftAuditSettings(clusterOf({ version: 'v1.34.2+rke2r1' }), sourcesOf([source]), { state: 'on', delivery: 'configmap', policy: 'x' }, { adopt: { kind: 'ConfigMap', namespace: 'fleet-default', name: 'm', key: 'p' } }).operations;

    expect(operation?.after).toMatchObject({ data: { p: 'x' }, binaryData: { q: 'aGk=' } });
    expect((operation?.after as SourceObject).binaryData).not.toHaveProperty('p');
  });

  it('does nothing where a finding blocks, and says all that is wrong', () => {
    const change = planAuditSettings(clusterOf({ version: 'v1.34.2+rke2r1' }), NOTHING_READ, { state: 'on', delivery: 'inline', policy: 'kind: Policy' });

    expect(change.operations).toEqual([]);
    expect(change.findings.some(({ severity }) => severity === 'block')).toBe(true);
  });
});

describe('a cluster that someone else manages', () => {
  it('says so where auditing is turned off, and not where nothing is done', () => {
    const managed = (config: MachineConfig) => clusterOf({ version: 'v1.34.2+rke2r1', config, metadata: { labels: { 'app.kubernetes.io/managed-by': 'Helm' } } });
    const codesOf = (config: MachineConfig): string[] => planAuditSettings(managed(config), NOTHING_READ, { state: 'off' }).findings.map(({ code }) => code);

    expect(codesOf({ 'audit-policy-file': 'rules: []' })).toContain('cluster.managedElsewhere');
    expect(codesOf({})).toEqual([]);
  });
});

describe('hazards', () => {
  it.each(casesOf<HazardCase>('cluster/hazards'))('$name', ({ triggers, not, ...given }) => {
    const findingsOf = (cluster: Given): readonly Finding[] => readAuditSettings(clusterOf(cluster), sourcesOf((cluster.sources ?? []).map(sourceOf))).findings;
    const of = (cluster: Given): string[] => said(findingsOf(cluster));

    // A word's parameter that a finding lacks is an error.
    findingsOf(given).forEach(({ code, params }) => WORDS.forEach((t) => expect(t(`finding.${ code }`, params)).not.toBe('')));
    expect(of(given)).toEqual(expect.arrayContaining(triggers));
    // Each case has its counterpart: the same without what is wrong.
    expect(not && of({ ...given, ...not }).filter((finding) => triggers.some((trigger) => finding.split(' ')[1] === trigger.split(' ')[1]))).toEqual(not && []);
  });
});

function without({ config: _, selectors: __, files: ___, ...given }: Given): Given {
  return given;
}

function sourceAfter(operations: readonly Operation[], name: string): object {
  const { after } = operations.find((operation) => operation.kind !== 'Cluster' && operation.name === name) ?? {};
  const source = after as SourceObject | undefined;

  const others = Object.keys(source?.data ?? {}).filter((key) => key !== 'audit-policy').map((key) => [key, source && textIn(source, key)]);

  return { name, authorized: source?.metadata.annotations?.[AUTHORIZED] ?? null, text: source && textIn(source, 'audit-policy'), ...(others.length ? { others: Object.fromEntries(others) as object } : {}) };
}
