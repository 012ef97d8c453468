// Changes as directories for Fleet and Terraform, file by file; the words in their comments stand as keys.
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';

import { draftAuditSettings } from '../../../../audit/cluster/distributions';
import type { PlanOptions } from '../../../../audit/cluster/distribution';
import { fleetFiles } from '../../../../audit/cluster/exports/fleet';
import { terraformFiles } from '../../../../audit/cluster/exports/terraform';
import type { RancherCluster } from '../../../../audit/cluster/rancherCluster';
import type { WantedSettings } from '../../../../audit/cluster/settings';
import { sourcesOf } from '../../../../audit/cluster/sources';
import { casesOf } from '../../tables';
import { clusterOf, sourceOf, type Given } from './given';

interface Case extends Given {
  /** An RKE1 cluster, in place of one of RKE2 or K3s. */
  readonly rke1?: RancherCluster;
  readonly wanted: WantedSettings;
  readonly options?: PlanOptions;
  readonly fleet?: Readonly<Record<string, string>>;
  readonly terraform?: Readonly<Record<string, string>>;
}

const KEYS = (key: string): string => key;

describe('an export', () => {
  it.each(casesOf<Case>('cluster/exports'))('of $name', ({ rke1, wanted, options, fleet, terraform, ...given }) => {
    const cluster = rke1 ?? clusterOf(given);
    const { operations } = draftAuditSettings(cluster, sourcesOf((given.sources ?? []).map(sourceOf)), wanted, options);
    const written = (files: readonly { readonly path: string; readonly content: string }[]): object => Object.fromEntries(files.map(({ path, content }) => [path, content]));

    if (fleet) {
      expect(written(fleetFiles(cluster, operations, KEYS))).toEqual(fleet);
    }
    if (terraform) {
      expect(written(terraformFiles(operations, wanted.state === 'on' ? wanted.policy : undefined, KEYS))).toEqual(terraform);
    }
  });

  it('of nothing has no file', () => {
    expect([fleetFiles({}, [], KEYS), terraformFiles([], 'x', KEYS)]).toEqual([[], []]);
  });

  it('is YAML for Fleet, whatever the words are', () => {
    const cluster = clusterOf({ version: 'v1.34.2+rke2r1' });
    const { operations } = draftAuditSettings(cluster, sourcesOf([]), { state: 'on', delivery: 'secret', policy: 'x' });
    const errors = fleetFiles(cluster, operations, (key) => `${ key }: "\n\n- x\n`).flatMap(({ content }) => parseAllDocuments(content).flatMap((document) => document.errors));

    expect(errors).toEqual([]);
  });
});
