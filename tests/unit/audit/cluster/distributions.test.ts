import { describe, expect, it } from 'vitest';

import type { WantedSettings } from '../../../../audit/cluster/distribution';
import { planAuditSettings, readAuditSettings } from '../../../../audit/cluster/distributions';
import type { MachineConfig, MachineSelectorConfig, RancherCluster } from '../../../../audit/cluster/rancherCluster';
import type { AuditSettings } from '../../../../audit/cluster/settings';
import { fieldName, type Finding } from '../../../../audit/policy/finding';
import { casesOf } from '../../tables';

interface Given { readonly version: string; readonly config?: MachineConfig; readonly selectors?: MachineSelectorConfig[] }
interface ReadCase extends Given { readonly settings: AuditSettings; readonly findings: string[] }
interface PlanCase extends Given { readonly wanted: WantedSettings; readonly expect?: MachineConfig; readonly findings?: string[] }

/** A cluster with keys that are not ours around the ones that are. */
function clusterOf({ version, config, selectors }: Given): RancherCluster {
  const rkeConfig = { chartValues: {}, networking: {}, ...(config ? { machineGlobalConfig: config } : {}), ...(selectors ? { machineSelectorConfig: selectors } : {}) };

  return { metadata: { name: 'demo' }, spec: { kubernetesVersion: version, rkeConfig } };
}

const said = (findings: readonly Finding[]) => findings.map(({ severity, code, at }) => `${ severity } ${ code } ${ fieldName(at.path) }`);

describe('reading a cluster', () => {
  it.each(casesOf<ReadCase>('cluster/read'))('$name', ({ settings, findings, ...given }) => {
    const reading = readAuditSettings(clusterOf(given));

    expect(reading.settings).toEqual(settings);
    expect(said(reading.findings)).toEqual(findings);
  });
});

describe('planning a change', () => {
  it.each(casesOf<PlanCase>('cluster/plan'))('$name', ({ wanted, expect: expected, findings = [], ...given }) => {
    const cluster = clusterOf(given);
    const before = JSON.stringify(cluster);
    const change = planAuditSettings(cluster, wanted);

    expect(said(change.findings)).toEqual(findings);
    // As text, because the order of keys counts.
    expect(change.operations.map(({ after }) => JSON.stringify(after))).toEqual(expected ? [JSON.stringify(clusterOf({ ...given, config: expected }))] : []);
    expect(JSON.stringify(cluster)).toBe(before);
  });

  it('shares what stays, so that a form can tell what to touch', () => {
    const cluster = clusterOf({ version: 'v1.34.2+rke2r1', config: { tls: ['a'] }, selectors: [{ config: {} }] });
    const [operation] = planAuditSettings(cluster, { state: 'on', delivery: 'inline', policy: 'rules: []' }).operations;

    expect(operation?.after.spec?.rkeConfig?.machineSelectorConfig).toBe(cluster.spec?.rkeConfig?.machineSelectorConfig);
    expect(operation?.after.spec?.rkeConfig?.machineGlobalConfig?.['tls']).toBe(cluster.spec?.rkeConfig?.machineGlobalConfig?.['tls']);
  });
});
