import { loadAll } from 'js-yaml';
import { describe, expect, it } from 'vitest';

import { filesOf, textOf } from '../../../../audit/cluster/documents';
import { draftAuditSettings } from '../../../../audit/cluster/distributions';
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
