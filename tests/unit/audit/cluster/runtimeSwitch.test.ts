import { describe, expect, it } from 'vitest';

import type { Operation } from '../../../../audit/cluster/change';
import { clusterAfter, draftAuditSettings, sourcesAfter } from '../../../../audit/cluster/distributions';
import { switchOf, type Parked } from '../../../../audit/cluster/runtimeSwitch';
import type { WantedSettings } from '../../../../audit/cluster/settings';
import { sourcesOf, type SourceKind } from '../../../../audit/cluster/sources';
import { fieldName, type Finding } from '../../../../audit/policy/finding';
import { withValueAt } from '../../../../audit/policy/valueAt';
import { casesOf } from '../../tables';
import { clusterOf, type Given } from './given';

interface SwitchCase extends Given {
  readonly wanted: WantedSettings;
  readonly to: string[];
  /** What the user wants then, and the version after that. */
  readonly then?: WantedSettings;
  readonly back?: string;
  /** Every kind, unless said otherwise. */
  readonly mayCreate?: SourceKind[];
  readonly expect: Pick<Given, 'config' | 'selectors' | 'files'>;
  readonly findings: string[];
}

describe('a new cluster that goes from one runtime to the other', () => {
  it.each(casesOf<SwitchCase>('cluster/runtime-switch'))('$name', ({ wanted, to, then, back, mayCreate, expect: expected, findings, ...given }) => {
    const { operations } = draftAuditSettings(clusterOf(given), sourcesOf([]), wanted);
    let cluster = clusterAfter(clusterOf(given), operations);
    let sources = sourcesAfter(sourcesOf([]), operations);
    let parked: Parked | undefined;
    let said: readonly Finding[] = [];

    const take = (changed: readonly Operation[]): void => {
      cluster = clusterAfter(cluster, changed);
      sources = sourcesAfter(sources, changed);
    };

    for (const version of [...to, ...back === undefined ? [] : [back]]) {
      const from = cluster.spec?.kubernetesVersion ?? '';

      if (version === back && then) {
        take(draftAuditSettings(cluster, sources, then).operations);
      }
      cluster = withValueAt(cluster, ['spec', 'kubernetesVersion'], version);
      const change = switchOf({ cluster, from, sources, parked, mayCreate: (kind) => mayCreate?.includes(kind) ?? true, options: {} });

      take(change?.operations ?? []);
      parked = change?.parked;
      said = change?.findings ?? [];
    }
    const { config: _, selectors: __, files: ___, ...others } = given;

    expect(cluster.spec).toEqual(clusterOf({ ...others, version: back ?? to.at(-1) ?? '', ...expected }).spec);
    expect(said.map(({ severity, code, at }) => `${ severity } ${ code } ${ fieldName(at.path) }`)).toEqual(findings);
  });
});
