// The product documentation's examples are read as written, and planned.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

import { clusterAfter, draftAuditSettings, readAuditSettings, sourcesAfter } from '../../../audit/cluster/distributions';
import type { AuditOn, WantedSettings } from '../../../audit/cluster/settings';
import { sourcesOf, type SourceObject, type Sources } from '../../../audit/cluster/sources';
import type { RancherCluster } from '../../../audit/cluster/rancherCluster';
import type { Operation } from '../../../audit/cluster/change';
import { casesOf } from '../tables';
import { runCommand } from './run';

interface Case {
  readonly cluster: string;
  readonly source?: string;
  readonly api: { readonly metadata?: object; readonly spec?: object };
  readonly settings: AuditOn;
  /** What another policy changes, by the same delivery. */
  readonly changed: string[];
  readonly off: string[];
}

const OTHER = 'apiVersion: audit.k8s.io/v1\nkind: Policy\nrules:\n- level: None\n';

const textOf = (name: string): string => readFileSync(resolve(__dirname, '../../cases/docs', `${ name }.yaml`), 'utf8');

describe.each(casesOf<Case>('cli/docs'))('the documentation’s $name', ({ cluster: name, source, api, settings, changed, off }) => {
  const { spec, ...written } = parse(textOf(name)) as { readonly spec?: object };
  const cluster = { ...written, ...(api.metadata ? { metadata: api.metadata } : {}), ...(spec ? { spec: { ...spec, ...api.spec } } : {}) } as RancherCluster;
  const sources = sourcesOf(source === undefined ? [] : [parse(textOf(source)) as SourceObject]);
  const plan = async (...args: string[]): Promise<{ readonly code: number; readonly operations: Operation[] }> => {
    const files = { 'c.json': JSON.stringify(cluster), 's.yaml': source === undefined ? '' : textOf(source), 'same.yaml': settings.policy, 'other.yaml': OTHER };
    const { code, out } = await runCommand(['plan', '--cluster', 'c.json', '--sources', 's.yaml', '-o', 'json', ...args], { files });

    return { code, operations: (JSON.parse(out) as { operations: Operation[] }).operations };
  };
  const names = ({ operations }: { readonly operations: readonly Operation[] }): string[] => operations.map(({ action, kind, name: object }) => `${ action } ${ kind } ${ object }`);

  it('is read as it is meant', () => {
    expect(readAuditSettings(cluster, sources).settings).toEqual(settings);
  });

  it('needs nothing for the policy that it has', async () => {
    expect(await plan('--policy', 'same.yaml', '--delivery', settings.delivery)).toEqual({ code: 0, operations: [] });
  });

  it('changes to another policy, and off', async () => {
    expect(names(await plan('--policy', 'other.yaml', '--delivery', settings.delivery))).toEqual(changed);
    expect(names(await plan('--off'))).toEqual(off);
  });

  it('comes back after another policy', () => {
    const [other, next] = planned(cluster, sources, { ...settings, policy: OTHER });
    const [back, last] = planned(other, next, settings);

    expect(readAuditSettings(back, last).settings).toMatchObject({ state: 'on', delivery: settings.delivery, policy: settings.policy });
  });
});

function planned(cluster: RancherCluster, sources: Sources, wanted: WantedSettings): readonly [RancherCluster, Sources] {
  const { operations } = draftAuditSettings(cluster, sources, wanted);

  return [clusterAfter(cluster, operations), sourcesAfter(sources, operations)];
}
