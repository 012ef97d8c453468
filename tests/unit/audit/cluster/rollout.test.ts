import { describe, expect, it } from 'vitest';

import type { PlanOptions } from '../../../../audit/cluster/distribution';
import { draftAuditSettings } from '../../../../audit/cluster/distributions';
import { rolloutOf, type RolloutStep } from '../../../../audit/cluster/rollout';
import type { WantedSettings } from '../../../../audit/cluster/settings';
import { sourcesOf } from '../../../../audit/cluster/sources';
import { casesOf } from '../../tables';
import { clusterOf, sourceOf, type Given } from './given';

interface RolloutCase extends Given {
  readonly wanted: WantedSettings;
  readonly options?: PlanOptions;
  readonly steps: string[];
}

const WORDS = { all: '', controlPlane: 'control plane alone', noControlPlane: 'no control plane' };

function lineOf({ tier, pools, count, those, atOnce, isDrained }: RolloutStep): string {
  return [tier, pools ? pools.join(' ') || 'custom' : '', count, WORDS[those], tier === 'init' ? '' : `at once ${ atOnce }`, isDrained ? 'drained' : ''].filter((part) => part !== '' && part !== undefined).join(' ');
}

describe('the machines that restart', () => {
  it.each(casesOf<RolloutCase>('cluster/rollout'))('$name', ({ wanted, options, steps, ...given }) => {
    const cluster = clusterOf(given);
    const sources = sourcesOf((given.sources ?? []).map(sourceOf));
    const { operations } = draftAuditSettings(cluster, sources, wanted, options);

    expect(operations.length).toBeGreaterThan(0);
    expect(rolloutOf(cluster, sources, operations).map(lineOf)).toEqual(steps);
  });
});
