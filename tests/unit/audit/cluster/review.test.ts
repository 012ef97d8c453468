import { loadAll } from 'js-yaml';
import { describe, expect, it } from 'vitest';

import { filesOf, textOf } from '../../../../audit/cluster/documents';
import { clusterAfter, draftAuditSettings, planAuditSettings, readAuditSettings, sourcesAfter } from '../../../../audit/cluster/distributions';
import { deliveryPlaceOf } from '../../../../audit/cluster/deliveryPlace';
import { selectorText } from '../../../../audit/cluster/machineLabels';
import { hunksOf, type Hunk } from '../../../../audit/cluster/sideBySide';
import { sourcesOf } from '../../../../audit/cluster/sources';
import { casesOf } from '../../tables';
import { clusterOf } from './given';

interface SideBySideCase { readonly before: string[]; readonly after: string[]; readonly rows: string[] }

function rowsOf({ type, before, after }: Hunk): string[] {
  return type === 'gap' ? ['…'] : type === 'same'
    ? before.map(({ number, text }, index) => `${ number }|${ after[index]?.number } ${ text }`)
    : [...before.map(({ number, text }) => `${ number }- ${ text }`), ...after.map(({ number, text }) => `${ number }+ ${ text }`)];
}

describe('two texts side by side', () => {
  it.each(casesOf<SideBySideCase>('cluster/side-by-side'))('$name', ({ before, after, rows }) => {
    const textFrom = (lines: string[]): string => lines.map((line) => `${ line }\n`).join('');

    expect(hunksOf(textFrom(before), textFrom(after)).flatMap(rowsOf)).toEqual(rows);
  });

  it('stand beside each other as a whole where they share too little to look for it', () => {
    const text = (word: string): string => Array.from({ length: 5_000 }, (_, index) => `${ word } ${ index }\n`).join('');

    expect(hunksOf(text('old'), text('new')).map(({ type, before, after }) => [type, before.length, after.length])).toEqual([['changed', 5_000, 5_000]]);
  });
});

describe('the manifests of a change', () => {
  const asRead = { ...clusterOf({ version: 'v1.34.2+k3s1' }), id: 'fleet-default/demo', type: 'provisioning.cattle.io.cluster', links: { self: 'x' }, status: { ready: true } };
  const cluster = { ...asRead, metadata: { ...asRead.metadata, labels: { a: 'b' }, resourceVersion: '7', uid: 'u', state: { name: 'active' } } };
  const { operations } = draftAuditSettings(cluster, sourcesOf([]), { state: 'on', delivery: 'secret', policy: 'rules: []' });
  const files = filesOf(operations);
  const documents = loadAll(textOf(files)) as Readonly<Record<string, unknown>>[];

  it('are a file an object, what the cluster needs before the cluster', () => {
    expect(files.map(({ name }) => name)).toEqual(['secret-demo-audit-policy-00eb8a0e.yaml', 'cluster-demo.yaml']);
    expect(documents.map(({ apiVersion, kind }) => [apiVersion, kind])).toEqual([['v1', 'Secret'], ['provisioning.cattle.io/v1', 'Cluster']]);
  });

  it('hold what one applies, and nothing that an API adds', () => {
    expect(documents[0]).toMatchObject({ type: 'Opaque', data: { 'audit-policy': 'cnVsZXM6IFtd' } });
    expect(Object.keys(documents[1] ?? {})).toEqual(['apiVersion', 'kind', 'metadata', 'spec']);
    expect(documents[1]?.['metadata']).toEqual({ name: 'demo', namespace: 'fleet-default', labels: { a: 'b' } });
  });

  it('leave out what is deleted', () => {
    const [source] = operations;

    expect(source?.kind).toBe('Secret');
    expect(filesOf(source?.kind === 'Secret' && source.after ? [{ ...source, action: 'delete', before: source.after, after: null }] : [])).toEqual([]);
  });
});

describe('the place of a delivery', () => {
  it.each([
    ['inline', { field: 'spec.rkeConfig.machineGlobalConfig.audit-policy-file', fieldSelector: '', fileSelector: undefined, file: '/var/lib/rancher/rke2/etc/config-files/audit-policy-file' }],
    ['inline-selector', { field: 'spec.rkeConfig.machineSelectorConfig[0].config.audit-policy-file', fieldSelector: 'rke.cattle.io/control-plane-role=true', fileSelector: undefined, file: '/var/lib/rancher/rke2/etc/config-files/audit-policy-file' }],
    ['configmap-selector', { field: 'spec.rkeConfig.machineSelectorConfig[0].config.kube-apiserver-arg', fieldSelector: 'rke.cattle.io/control-plane-role=true', fileSelector: 'rke.cattle.io/control-plane-role=true', file: '/etc/rancher/rke2/kubernetes-audit/policy.yaml' }]
  ] as const)('is told for %s', (delivery, place) => {
    const cluster = clusterOf({ version: 'v1.34.2+rke2r1' });
    const { operations } = draftAuditSettings(cluster, sourcesOf([]), { state: 'on', delivery, policy: 'rules: []' });
    const after = clusterAfter(cluster, operations);

    expect(deliveryPlaceOf(after, readAuditSettings(after, sourcesAfter(sourcesOf([]), operations)))).toEqual(place);
  });

  it('names machines as kubectl does', () => {
    expect(selectorText({ matchLabels: { a: 'b' }, matchExpressions: [{ key: 'c', operator: 'In', values: ['d', 'e'] }, { key: 'f', operator: 'NotIn', values: ['g'] }, { key: 'h', operator: 'Exists' }, { key: 'i', operator: 'DoesNotExist' }] })).toBe('a=b,c in (d,e),f notin (g),h,!i');
    expect(selectorText(undefined)).toBe('');
  });
});

it('an object that may not be read is pointed to, and its text is not judged', () => {
  const change = planAuditSettings(clusterOf({ version: 'v1.34.2+k3s1' }), () => 'forbidden', { state: 'on', delivery: 'secret', policy: '' }, { pointTo: { kind: 'Secret', namespace: 'fleet-default', name: 'hidden', key: 'audit-policy' } });

  expect(change.operations.map(({ action, kind }) => `${ action } ${ kind }`)).toEqual(['update Cluster']);
  expect(change.findings.map(({ severity }) => severity)).not.toContain('block');
});
